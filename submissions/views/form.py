"""The steps of the form and its check page."""

from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from assises.french import dates
from assises.web.unsaved import show_unsaved
from submissions.answering import drafts, lifecycle, steps
from submissions.answering.form_progress import Progress
from submissions.people import identity
from submissions.reading import dossier, visibility
from submissions.views.common import (
    applicant_page,
    find_answer,
    keeps_typed_text,
    lists_for,
    rereads_if_stale,
    show_closed,
    show_withdrawn,
    tell_altered,
)

# The page says by it that it saves what is typed, by itself.
AUTOSAVE = "X-Autosave"
# The steps that write to the structure, which others may share.
SHARED = {"structure", "public"}
CHECK = "verifier"


@applicant_page("GET", "POST")
@keeps_typed_text
@rereads_if_stale
def step(request, key, step):
    """Show one step as it was left; keep whatever is typed in it."""
    return show_or_save_step(request, find_answer(request, key), step)


def show_or_save_step(request, application, step):
    if step not in steps.PATHS[application.kind]:
        raise Http404("this kind of answer has no such step")
    if application.is_withdrawn:
        return show_withdrawn(request, application)
    own = application.is_owned_by(request.applicant)
    if step == "contact" and not own:
        messages.info(
            request, "Les coordonnées appartiennent à la personne qui a répondu."
        )
        return redirect("submissions:receipt", application.key)
    if application.is_sent and not application.is_changeable(request.at):
        return _sent_for_good(request, application)
    describes = (
        own and step == "structure" and _leaves_picked(application, request.POST)
    )
    locked = step in SHARED and not describes and identity.is_locked(application)
    options = {"lists": lists_for(request), "locked": locked, "own": own}
    if request.method != "POST":
        form = steps.step_form(application, step, **options)
        return _show_step(request, form, step)
    form = steps.step_form(application, step, request.POST, **options)
    if describes and "name" not in request.POST:
        return _show_step(request, form, step)
    if request.POST.get("seen", "") != steps.fingerprint(application, step):
        stored = steps.step_form(application, step, **options)
        if conflicts := dossier.conflicts(form, stored, form.fields):
            return _show_step(request, form, step, conflict=conflicts, status=409)
    if application.is_sent:
        return _amend_sent(request, form, step)
    if AUTOSAVE in request.headers:
        return _autosave(request, form, step)
    return _save_typed_step(request, form, step)


def _sent_for_good(request, application):
    """Lead to the receipt; a post keeps its text in sight."""
    if request.method == "POST":
        reason = "submissions/unsaved.html#closed"
        return show_unsaved(request, reason, status=403, application=application)
    return redirect("submissions:receipt", application.key)


def _leaves_picked(application, posted):
    """Say whether « Non » is said where a known structure had been picked: what the page
    lets describe is then kept, and a sent answer needs a structure at every moment."""
    picked = application.structure_picked and posted.get("known") == ""
    return picked and (application.is_sent or "name" in posted)


def _show_step(request, form, step, *, conflict=(), status=200):
    application = form.application
    progress = Progress(application, here=step, lists=form.lists)
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
            "saves": not application.is_sent,
            "closed": not application.is_changeable(request.at),
            "kinds": application.edition.open_kinds(request.at),
        },
        status=status,
    )


def _save_typed_step(request, form, step):
    application, before = form.application, form.application.email
    valid = drafts.save_step(form, step, by=request.applicant, at=request.at)
    tell_altered(request, form)
    _tell_address(request, application, before)
    if form.too_much():
        return _show_step(request, form, step)
    chosen = request.POST.get("vers", "")
    if chosen in (*steps.PATHS[application.kind], CHECK):
        return redirect("submissions:step", application.key, chosen)
    if not valid:
        # What is shown again, with its errors, is read back from what was kept.
        return redirect(request.get_full_path())
    if form.locked and application.structure is None:
        messages.info(request, "Décrivez maintenant votre structure.")
        return redirect(request.get_full_path())
    following = steps.after(application.kind, step)
    if request.GET.get("retour") == CHECK:
        following = CHECK
    return redirect("submissions:step", application.key, following or CHECK)


def _tell_address(request, application, before):
    """Say where a new link leaves to, and which address opens the answer until it is used."""
    if application.email == before:
        return
    told = f"Un nouveau lien part à {application.email}."
    if application.former_email:
        told += f" Jusqu’à ce qu’il serve, {application.former_email} ouvre toujours ce dossier."
    messages.info(request, told)


def _autosave(request, form, step):
    """Answer the page that saves by itself: when, and the fingerprint that it carries now."""
    if form.too_much():
        return HttpResponse("not kept", status=413, content_type="text/plain")
    drafts.autosave_step(form, step, by=request.applicant, at=request.at)
    seen = steps.fingerprint(form.application, step)
    return JsonResponse({"at": dates.clock_time(request.at), "seen": seen})


def _amend_sent(request, form, step):
    """Save a change of a sent answer, or show it again: it is stored whole or not at all."""
    before = form.application.email
    if not form.is_valid():
        return _show_step(request, form, step)
    try:
        lifecycle.amend(form, step, applicant=request.applicant, at=request.at)
    except lifecycle.IncompleteError as error:
        for lack in error.lacks:
            form.add_error(
                lack.field if lack.field in form.fields else None, lack.message
            )
        return _show_step(request, form, step)
    tell_altered(request, form)
    _tell_address(request, form.application, before)
    messages.success(request, "Vos modifications sont enregistrées et transmises.")
    return redirect("submissions:receipt", form.application.key)


@applicant_page("GET", "POST")
@keeps_typed_text
@rereads_if_stale
def check_answer(request, key):
    """List everything and what is missing, and ask what comes last; its button alone sends."""
    application = find_answer(request, key, own=request.method == "POST")
    if application.is_sent:
        return redirect("submissions:receipt", application.key)
    if application.is_withdrawn:
        return show_withdrawn(request, application)
    if not application.is_changeable(request.at):
        return show_closed(request, application.edition, application)
    if request.method != "POST":
        return _show_check(request, _last_form(request, application))
    if "seen" in request.POST:
        form = _last_form(request, application, request.POST)
        if answered := _keep_last(request, form):
            return answered
    return _send_checked(request, application)


def _last_form(request, application, data=None):
    """Return the form of what the check page asks besides, as it was left or as it came."""
    options = {
        "lists": lists_for(request),
        "locked": identity.is_locked(application),
        "own": application.is_owned_by(request.applicant),
    }
    return steps.step_form(application, steps.LAST, data, **options)


def _keep_last(request, form):
    """Keep what came with the check page; return the answer to it, or ``None`` to send."""
    if request.POST["seen"] != steps.fingerprint(form.application, steps.LAST):
        stored = _last_form(request, form.application)
        if conflicts := dossier.conflicts(form, stored, form.fields):
            return _show_check(request, form, conflict=conflicts, status=409)
    if AUTOSAVE in request.headers:
        return _autosave(request, form, steps.LAST)
    valid = drafts.save_step(form, steps.LAST, by=request.applicant, at=request.at)
    tell_altered(request, form)
    if form.too_much() or not valid:
        return _show_check(request, form, status=422)
    chosen = request.POST.get("vers", "")
    if chosen in (*steps.PATHS[form.application.kind], CHECK):
        return redirect("submissions:step", form.application.key, chosen)
    return None


def _send_checked(request, application):
    """Send what the check page shows, or show it again with what is missing."""
    lists = lists_for(request)
    try:
        lifecycle.send(
            application, applicant=request.applicant, at=request.at, lists=lists
        )
        return redirect("submissions:receipt", application.key)
    except lifecycle.IncompleteError:
        return _show_check(request, _last_form(request, application), status=422)
    except lifecycle.MoveRefusedError:
        return _sending_refused(request, application.key)


def _show_check(request, form, *, conflict=(), status=200):
    application, lists = form.application, form.lists
    forms = lifecycle.whole_form(application, lists=lists)
    lacks = lifecycle.lacks_of(forms)
    sections = visibility.sections_for(
        application, request.applicant, lists=lists, forms=forms
    )
    if form.own:
        sections = [part for part in sections if part.slug != steps.LAST]
    return render(
        request,
        "submissions/check.html",
        {
            "application": application,
            "sections": sections,
            "form": form,
            "last": steps.STEPS[steps.LAST],
            "seen": steps.fingerprint(application, steps.LAST),
            "conflict": conflict,
            "lacks": _by_step(lacks),
            "tried": status == 422,
            "saves": form.own,
            "progress": Progress(application, here=CHECK, lists=lists, lacks=lacks),
            "kinds": application.edition.open_kinds(request.at),
            "own": form.own,
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


def _sending_refused(request, key):
    """Land on the receipt if the other click sent it; else ask to read it again."""
    application = find_answer(request, key)
    if application.is_sent:
        return redirect("submissions:receipt", application.key)
    messages.warning(
        request,
        "Cette réponse a été modifiée entre-temps : relisez-la avant d’envoyer.",
    )
    return redirect("submissions:check", application.key)
