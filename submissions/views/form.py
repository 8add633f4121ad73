"""The steps of the form and its check page."""

from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assises.forms.fields import TextField
from assises.french import dates
from assises.web.unsaved import show_unsaved
from submissions.answering import drafts, holding, lifecycle, steps
from submissions.answering.form_progress import Progress
from submissions.models import Application
from submissions.people import identity
from submissions.reading import dossier, visibility
from submissions.views.common import (
    find_answer,
    keeps_typed_text,
    words_for,
)

# The page says by it that it saves what is typed, by itself.
AUTOSAVE = "X-Autosave"
# The steps that write to the structure, which others may share.
SHARED = {"structure", "public"}


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@keeps_typed_text
def step(request, key, step):
    """Show one step as it was left; keep whatever is typed in it."""
    return of_answer(request, find_answer(request, key), step)


def of_answer(request, application, step):
    if step not in steps.PATHS[application.kind]:
        raise Http404("this door has no such step")
    if application.state == Application.State.WITHDRAWN:
        return withdrawn(request, application)
    own = application.is_owned_by(request.applicant)
    if step == "contact" and not own:
        messages.info(
            request, "Les coordonnées appartiennent à la personne qui a répondu."
        )
        return redirect("submissions:receipt", application.key)
    options = {
        "words": words_for(request),
        "locked": step in SHARED and identity.is_locked(application),
        "own": own,
    }
    if request.method == "POST":
        leaves = own and step == "structure"
        if leaves and _leaves_picked(application, request.POST):
            return _describe(request, application, step, **options | {"locked": False})
        return _save_typed_step(request, application, step, **options)
    if application.is_sent and not is_open(application, request.at):
        return redirect("submissions:receipt", application.key)
    form = steps.step_form(application, step, **options)
    return _show_step(request, form, step)


def _leaves_picked(application, posted):
    """Say whether « Non » is said where a known structure had been picked: what the page
    lets describe is then kept, and a sent answer needs a structure at every moment."""
    picked = application.structure_picked and posted.get("known") == ""
    return picked and (application.is_sent or "name" in posted)


def _describe(request, application, step, **options):
    """Let the answer describe its structure in place of the picked one."""
    if "name" in request.POST:
        return _save_typed_step(request, application, step, **options)
    form = steps.step_form(application, step, request.POST, **options)
    return _show_step(request, form, step)


def is_open(application, at):
    """Say whether ``application`` may still be changed and sent at ``at``."""
    own = Application.objects.filter(pk=application.pk)
    return own.open_for_changes(at).exists()


def _show_step(request, form, step, *, conflict=(), status=200):
    application = form.application
    progress = Progress(application, here=step, words=form.words)
    return render(
        request,
        "submissions/step.html",
        {
            "application": application,
            "step": steps.STEPS[step],
            "form": form,
            "progress": progress,
            "seen": steps.fingerprint(application, step),
            "conflict": conflict,
            "locked": form.locked,
            "saves": not application.is_sent,
            "closed": not application.is_changeable(request.at),
            "kinds": application.edition.open_kinds(request.at),
        },
        status=status,
    )


def _save_typed_step(request, application, step, **options):
    form = steps.step_form(application, step, request.POST, **options)
    if request.POST.get("seen", "") != steps.fingerprint(application, step):
        stored = steps.step_form(application, step, **options)
        if conflict := differing(form, stored):
            return _show_step(request, form, step, conflict=conflict, status=409)
    try:
        if application.is_sent:
            return _amend_sent(request, form, step)
        if AUTOSAVE in request.headers:
            return _autosave(request, form, step)
        valid = drafts.save_step(form, step, by=request.applicant, at=request.at)
    except holding.StaleError:
        # Saved by another page since we read it: read it again and compare.
        return of_answer(request, find_answer(request, application.key), step)
    tell_altered(request, form)
    if form.too_much():
        return _show_step(request, form, step)
    if chosen := _chosen_address(request, application):
        return redirect(chosen)
    if not valid:
        # What is shown again, with its errors, is read back from what was kept.
        return redirect(request.get_full_path())
    if form.locked and application.structure is None:
        messages.info(request, "Décrivez maintenant votre structure.")
        return redirect(request.get_full_path())
    return redirect(_next_address(request, application, step))


def _autosave(request, form, step):
    """Answer the page that saves by itself: when, and the fingerprint that it carries now."""
    if form.too_much():
        return HttpResponse("not kept", status=413, content_type="text/plain")
    drafts.autosave_step(form, step, by=request.applicant, at=request.at)
    seen = steps.fingerprint(form.application, step)
    return JsonResponse({"at": dates.clock_time(request.at), "seen": seen})


def _chosen_address(request, application):
    """Return where the list of steps leads once the step is saved, if it was used."""
    chosen = request.POST.get("vers", "")
    if chosen in steps.PATHS[application.kind]:
        return reverse("submissions:step", args=[application.key, chosen])
    if chosen == "verifier":
        return reverse("submissions:check", args=[application.key])
    return None


def withdrawn(request, application):
    """Lead to the page that resumes a withdrawn answer; a post keeps its text in sight."""
    if request.method == "POST":
        return show_unsaved(request, "submissions/unsaved.html#withdrawn", status=409)
    messages.info(
        request,
        f"La réponse n° {application.reference} est retirée. Vous pouvez la reprendre"
        " ici tant que l’appel est ouvert.",
    )
    return redirect("committee:space")


def differing(form, stored):
    """Return the :class:`Conflict` list of ``form`` and of the same one as it is stored."""
    posted, kept = form.posted(), stored.posted()
    return [
        dossier.conflict(form, stored, name)
        for name in posted
        if not _says_same(form.fields[name], posted[name], kept[name])
    ]


def _says_same(field, posted, stored):
    """Say whether two texts mean the same answer: « 0199001234 » and « 01 99 00 12 34 »."""
    if not isinstance(field, TextField):
        return sorted(posted) == sorted(stored)
    if posted == stored:
        return True
    try:
        return field.clean(posted[0]) == field.clean(stored[0])
    except ValidationError:
        return False


def _amend_sent(request, form, step):
    """Save a change of a sent answer, or show it again: it is stored whole or not at all."""
    application = form.application
    if not form.is_valid():
        return _show_step(request, form, step)
    try:
        lifecycle.amend(form, step, applicant=request.applicant, at=request.at)
    except lifecycle.MoveRefusedError:
        if find_answer(request, application.key).state == Application.State.WITHDRAWN:
            return withdrawn(request, application)
        reason = "submissions/unsaved.html#closed"
        return show_unsaved(request, reason, status=403, application=application)
    except lifecycle.IncompleteError as error:
        for lack in error.lacks:
            form.add_error(
                lack.field if lack.field in form.fields else None, lack.message
            )
        return _show_step(request, form, step)
    tell_altered(request, form)
    messages.success(request, "Vos modifications sont enregistrées et transmises.")
    return redirect("submissions:receipt", application.key)


def tell_altered(request, form):
    if labels := form.altered():
        messages.info(
            request, f"Des signes invisibles ont été retirés de : {', '.join(labels)}."
        )


def _next_address(request, application, step):
    following = steps.after(application.kind, step)
    if following is None or request.GET.get("retour") == "verifier":
        return reverse("submissions:check", args=[application.key])
    return reverse("submissions:step", args=[application.key, following])


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@keeps_typed_text
def check_answer(request, key):
    """List everything and what is missing; its button alone sends."""
    application = find_answer(request, key, own=request.method == "POST")
    if application.is_sent:
        return redirect("submissions:receipt", application.key)
    if application.state == Application.State.WITHDRAWN:
        return withdrawn(request, application)
    words, status = words_for(request), 200
    if request.method == "POST":
        try:
            applicant = request.applicant
            lifecycle.send(application, applicant=applicant, at=request.at, words=words)
            return redirect("submissions:receipt", application.key)
        except lifecycle.IncompleteError:
            status = 422
        except lifecycle.MoveRefusedError:
            return _sending_refused(request, application)
    if not is_open(application, request.at):
        return answer_closed(request, application, status=200)
    lacks = lifecycle.missing(application, words=words)
    return render(
        request,
        "submissions/check.html",
        {
            "application": application,
            "sections": visibility.sections_for(
                application, request.applicant, words=words
            ),
            "lacks": _by_step(lacks),
            "tried": status == 422,
            "progress": Progress(
                application, here="verifier", words=words, lacks=lacks
            ),
            "kinds": application.edition.open_kinds(request.at),
            "own": application.is_owned_by(request.applicant),
            "address": application.said("contact", "email") or application.email,
        },
        status=status,
    )


def _by_step(lacks):
    """Return pairs of step title and what it lacks, in order."""
    return [
        (steps.STEPS[slug].title, list(group))
        for slug, group in groupby(lacks, key=lambda lack: lack.step)
    ]


def _sending_refused(request, application):
    """Land on the receipt if the other click sent it; else explain."""
    current = find_answer(request, application.key)
    if current.is_sent:
        return redirect("submissions:receipt", application.key)
    if is_open(current, request.at):
        messages.warning(
            request,
            "Cette réponse a été modifiée entre-temps : relisez-la avant d’envoyer.",
        )
        return redirect("submissions:check", application.key)
    return answer_closed(request, current)


def answer_closed(request, application, *, status=403):
    """Explain that the door is closed, and offer what is still open."""
    edition = application.edition
    return render(
        request,
        "submissions/closed.html",
        {
            "edition": edition,
            "application": application,
            "before": request.at < edition.opens_at,
            "kinds": edition.open_kinds(request.at),
        },
        status=status,
    )
