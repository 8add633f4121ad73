"""What do the pages of an applicant share: finding the answer, keeping typed text, closing?"""

from contextlib import suppress
from functools import partial, wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assises.forms import posted_texts
from assises.web import unsaved
from submissions.answering import holding, lifecycle
from submissions.answering.choice_lists import ChoiceLists, pickable
from submissions.models import Application, normalise_key
from submissions.people import identity


class OpensOtherwiseError(Http404):
    """The answer does not open here any more; a part of ``moved.html`` says what opens it."""

    def __init__(self, part, application):
        super().__init__()
        self.reason = f"submissions/moved.html#{part}"
        self.context = {"part": part, "moved": application}


def applicant_page(*methods):
    """Open a view by these ``methods`` to who needs no account."""

    def decorate(view):
        @wraps(view)
        def telling(request, *args, **kwargs):
            try:
                return view(request, *args, **kwargs)
            except OpensOtherwiseError as error:
                page = "submissions/moved.html"
                return render(request, page, error.context, status=404)

        return login_not_required(require_http_methods(methods)(telling))

    return decorate


keeps_typed_text = unsaved.keeps_typed_text(
    Http404, "submissions/unsaved.html#lost", status=404
)


def find_answer(request, key, *, own=False):
    """Return the answer ``key`` if this applicant may edit it; unknown and foreign: 404.

    ``own`` leaves out the second contact, who decides nothing for who answered.
    """
    answers = Application.objects.all()
    if request.method == "POST":
        related = ("edition", "structure__seat", "contact", "second_contact")
        answers = answers.select_related(*related).defer("structure__seat__outline")
    key, applicant = normalise_key(key), request.applicant
    answer = answers.filter(key=key).first()
    if answer and _opens_to(applicant, answer, own=own):
        if request.method != "POST":
            _take_known_edition(answer, request.site.edition)
        return answer
    for part, answers in _opening_otherwise(applicant):
        if found := answers.filter(key=key).first():
            raise OpensOtherwiseError(part, found)
    raise Http404(key)


def _opens_to(applicant, answer, *, own):
    second = not own and answer.is_seconded_by(applicant)
    return second or answer.is_owned_by(applicant)


def _take_known_edition(answer, edition):
    """Let ``answer``, which is shown, have the edition that the frame of its page reads
    anyway. A draft has no structure nor contact yet: one row is all that it takes."""
    if edition is not None and edition.pk == answer.edition_id:
        answer.edition = edition


def _opening_otherwise(applicant):
    """Yield parts of ``moved.html``, each with the answers that it speaks of: those whose
    former address was told of another one, those begun here that open by a link alone
    since, and those begun elsewhere under this person's address."""
    answers = Application.objects.select_related("edition")
    yield "moved", identity.moved_from(applicant.email).select_related("edition")
    yield (
        "claimed",
        answers.filter(key__in=applicant.started, claimed_at__isnull=False),
    )
    yield "asked", answers.to_recognise(applicant)


def lists_for(request):
    """Return the lists to choose from, with the structures this applicant may pick."""
    known = partial(pickable, request.applicant.email)
    return ChoiceLists(known, site=request.site)


def rereads_if_stale(view):
    """Run a view again if the answer was changed since it read it: now it compares."""

    @wraps(view)
    def rereading(request, *args, **kwargs):
        for _ in range(3):
            with suppress(holding.StaleError, lifecycle.MoveRefusedError):
                return view(request, *args, **kwargs)
        busy = "submissions/unsaved.html#busy"
        return unsaved.show_unsaved(request, busy, status=409)

    return rereading


def show_withdrawn(request, application):
    """Lead to the page that resumes a withdrawn answer; a post keeps its text in sight."""
    if request.method == "POST":
        reason = "submissions/unsaved.html#withdrawn"
        return unsaved.show_unsaved(request, reason, status=409)
    messages.info(
        request,
        f"La réponse n° {application.reference} est retirée. Vous pouvez la reprendre"
        " ici tant que l’appel est ouvert.",
    )
    return redirect("committee:space")


def show_closed(request, edition, application=None):
    """Explain that no answer is taken now, and offer what is still open; show what was
    typed in a page kept from another time."""
    return render(
        request,
        "submissions/closed.html",
        {
            "edition": edition,
            "application": application,
            "before": edition is not None and request.at < edition.opens_at,
            "kinds": edition.open_kinds(request.at) if edition else [],
            "typed": posted_texts.labelled_texts(request.POST),
            "chosen": posted_texts.labelled_choices(request.POST),
        },
        status=403 if request.method == "POST" else 200,
    )


def tell_altered(request, form):
    if labels := form.altered():
        messages.info(
            request,
            f"Des caractères invisibles ont été retirés de : {', '.join(labels)}.",
        )
