"""How do organisers say a mail of their edition otherwise, and read it before it leaves?"""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_http_methods, require_safe

from assises.admin.screens import admin_screen, show_screen
from assises.forms.base import BaseForm, Conflict
from assises.forms.fields import ProseField, TextField
from assises.mail import outbox, wordings
from assises.models import Wording
from assises.people.permissions import ORGANISE

KEPT = "C’est enregistré\u00a0: les prochains courriels le diront ainsi."


class WordingForm(BaseForm):
    """Subject and body of one mail, with its placeholders alone."""

    subject = TextField(
        label="Objet", limit=200, counted=True, missing="Écrivez l’objet."
    )
    body = ProseField(label="Texte", limit=10_000, rows=18, missing="Écrivez le texte.")

    def __init__(self, data=None, *, words):
        self.words = words
        initial = {"subject": words.subject, "body": words.body}
        super().__init__(
            data, initial=initial, needed=initial, strict=True, auto_id="id_%s"
        )

    def clean(self):
        said = [self.cleaned_data.get(name, "") for name in ("subject", "body")]
        if all(said):
            for name, told in wordings.faults(self.words.name, *said):
                self.add_error(name, forms.ValidationError(told, code="placeholder"))

    @property
    def typed(self):
        """The :class:`Words` as they are typed."""
        said = {name: self.cleaned_data[name] for name in ("subject", "body")}
        said["body"] = said["body"].replace("\r\n", "\n")
        return self.words._replace(**said)


@admin_screen(ORGANISE)
@require_safe
def list_wordings(request):
    """List the mails that organisers may say otherwise."""
    edition = _edition(request)
    own = set(Wording.objects.filter(edition=edition).values_list("mail", flat=True))
    return show_screen(
        request,
        "admin/assises/mail/wordings.html",
        title="Textes des courriels",
        rows=[(words, words.name in own) for words in wordings.offered()],
        edition=edition,
    )


@admin_screen(ORGANISE, keeps_typed_text=True)
@require_http_methods(["GET", "POST"])
def word_mail(request, package, name):
    """Show a mail as it leaves today; keep, try on oneself, or give back our own words."""
    edition = _edition(request)
    name = f"{package}/{name}"
    if name not in {words.name for words in wordings.offered()}:
        raise Http404("no such mail")
    words = wordings.of(name, edition)
    if request.method != "POST":
        return _show(request, WordingForm(words=words), edition)
    if "rendre" in request.POST:
        _keep(request, wordings.ours(name), edition)
        return redirect(request.path)
    form = WordingForm(request.POST, words=words)
    if not form.is_valid():
        return _show(request, form, edition, status=422)
    if "essai" in request.POST:
        _try(request, form.typed, edition)
        return _show(request, form, edition)
    if "lire" in request.POST:
        return _show(request, form, edition)
    conflict = _conflicts(form) if request.POST.get("seen") != _seen(words) else []
    if conflict:
        return _show(request, form, edition, conflict=conflict, status=409)
    _keep(request, form.typed, edition)
    return redirect(request.path)


def _edition(request):
    if request.site.edition is None:
        raise Http404("no edition")
    return request.site.edition


def _show(request, form, edition, *, conflict=(), status=200):
    words = form.words
    read = form.typed if form.is_bound and form.is_valid() else words
    subject, body = wordings.example(read, edition)
    return show_screen(
        request,
        "admin/assises/mail/wording.html",
        title=words.title,
        status=status,
        form=form,
        seen=_seen(words),
        conflict=conflict,
        placeholders=wordings.examples_of(words, edition),
        is_ours=words == wordings.ours(words.name),
        subject_read=subject,
        body_read=body,
        edition=edition,
    )


def _seen(words):
    """Return what tells a page of before that others have changed the text since."""
    said = f"{words.subject}\n{words.body}"
    return salted_hmac("assises.wordings", said, algorithm="sha256").hexdigest()[:16]


def _conflicts(form):
    now, typed = form.words, form.typed
    return [
        Conflict(form.fields[name].label, stored=stored, typed=said)
        for name, stored, said in (
            ("subject", now.subject, typed.subject),
            ("body", now.body, typed.body),
        )
        if stored != said
    ]


def _keep(request, words, edition):
    wordings.rewrite(words, edition, by=request.user, at=request.at)
    messages.success(request, KEPT)


def _try(request, words, edition):
    """Write to whoever asks what an invented person would receive."""
    subject, body = wordings.example(words, edition)
    to = request.user.email
    outbox.queue_mail(
        "trial", to=to, subject=subject, body=body, at=request.at, edition=edition
    )
    messages.info(request, f"Un essai part à {to}.")
