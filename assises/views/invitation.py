"""« Votre invitation »: who comes, by the link that people have; a seat that was handed over."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from assises.forms.invitation import (
    NO,
    YES,
    GuestsForm,
    HandOverForm,
    InvitationForm,
)
from assises.french.numbers import plural
from assises.guests import answering
from assises.guests.invitations import MoveRefusedError
from assises.models import Guest, Invitation
from assises.models.keys import normalise_key
from assises.web import calendar_file, unsaved

State = Invitation.State
REFUSED = (
    "Cette place n’est pas cédée\u00a0: elle l’est déjà, votre réponse attend encore des"
    " places, ou trop de messages sont partis aujourd’hui. Réessayez demain, ou écrivez-nous."
)
CLOSED = "assises/invitation/closed.html"
# Who has said no asks for the rows again by this.
AFTER_ALL = "nous-venons"
keeps_typed_text = unsaved.keeps_typed_text(
    Http404, "assises/invitation/lost.html", status=404
)


def invited_page(view):
    """Open a view to whom a link has brought; without one, lead to where it is asked for."""

    @login_not_required
    @require_http_methods(["GET", "HEAD", "POST"])
    @keeps_typed_text
    def opening(request, *args, **kwargs):
        if request.method != "POST" and not request.applicant.email:
            return redirect("submissions:access")
        try:
            return view(request, *args, **kwargs)
        except Guest.DoesNotExist:
            raise Http404("this seat was freed meanwhile") from None

    return opening


@invited_page
def invitation(request, key):
    """Show an invitation, and take its answer."""
    invitation = _find(request, key)
    if request.method == "POST":
        if _is_open(invitation, request.at):
            return _save(request, invitation)
        return unsaved.show_unsaved(request, CLOSED, status=403)
    after_all = invitation.state == State.DECLINED and AFTER_ALL in request.GET
    guests, answered = _own_guests(invitation), _answered(invitation)
    begins = invitation.answered_at is None or after_all
    if begins and invitation.contact.email_confirmed_at:
        own = invitation.contact
        guests = [Guest(name=str(own), function=own.function)]
    if after_all:
        answered["coming"] = YES
    form = InvitationForm(initial=answered, seats=_own_seats(invitation), guests=guests)
    return _show(request, invitation, form, after_all=after_all)


@login_not_required
@require_safe
def invitation_agenda(request, key):
    """Give the day to the calendar of who comes; take it out of that of who has said no."""
    invitation = _find(request, key)
    declined = invitation.state == State.DECLINED
    return calendar_file.as_download(
        invitation.edition, at=request.at, cancelled=declined
    )


def _find(request, key):
    """Return the invitation ``key`` if this person may answer it; else 404."""
    opened = answering.opened_by(request.applicant)
    rows = opened.select_related("edition", "structure", "contact")
    return get_object_or_404(rows, key=normalise_key(key))


def _is_open(invitation, at):
    return at < invitation.edition.invitations_close_at()


def _own_guests(invitation):
    return list(invitation.guests.filter(handed_at=None).in_order())


def _own_seats(invitation):
    """Return how many seats are left to name, less those handed to others."""
    handed = invitation.guests.exclude(handed_at=None)
    return max(invitation.seats - handed.seats(), 1)


def _answered(invitation):
    coming = {State.ACCEPTED: YES, State.WAITING: YES, State.DECLINED: NO}
    return {
        "coming": coming.get(invitation.state, ""),
        "seats_wanted": invitation.seats_wanted or "",
        "word": invitation.word,
        "wants_summary": invitation.wants_summary,
    }


def _show(request, invitation, form, *, after_all=False, conflict=(), status=200):
    """Show the rows to fill in; to who has said no, what was said and how to change it."""
    handed = invitation.guests.exclude(handed_at=None).in_order()
    asks = invitation.state != State.DECLINED or after_all or form.is_bound
    return render(
        request,
        "assises/invitation/invitation.html",
        {
            "invitation": invitation,
            "form": form,
            "conflict": conflict,
            "handed": handed,
            "is_open": _is_open(invitation, request.at),
            "asks": asks,
            "after_all": AFTER_ALL,
        },
        status=status,
    )


def _save(request, invitation):
    """Take the answer if it is whole; show again what is wrong, or what was changed since."""
    form = InvitationForm(
        request.POST,
        initial=_answered(invitation),
        seats=_own_seats(invitation),
        guests=_own_guests(invitation),
        more="ligne" in request.POST,
    )
    if "ligne" in request.POST:
        return _show(request, invitation, _as_typed(form))
    if not form.is_valid():
        return _show(request, invitation, form, status=422)
    stale = request.POST.get("seen") != str(invitation.version)
    if stale and (conflict := form.conflicts()):
        return _show(request, invitation, form, conflict=conflict, status=409)
    try:
        _answer(invitation, form, request)
    except answering.TooManyError as error:
        form.add_error(None, _too_many(invitation, error.args[0]))
        return _show(request, invitation, form, status=422)
    except MoveRefusedError:
        fresh = _find(request, invitation.key)
        return _show(request, fresh, form, conflict=form.conflicts(), status=409)
    messages.success(request, _told(invitation))
    return redirect("assises:invitation", invitation.key)


def _as_typed(form):
    """Return ``form`` with what was typed and no error: it only asked for one more row."""
    form.is_valid()
    form._errors.clear()
    return form


def _answer(invitation, form, request):
    said = {name: form.cleaned_data[name] for name in answering.Answer._fields}
    if form.comes:
        people = form.people()
        answering.accept(invitation, people, answering.Answer(**said), at=request.at)
    else:
        answering.decline(invitation, answering.Answer(**said), at=request.at)


def _too_many(invitation, number):
    more = number - invitation.seats
    if more <= 0:
        return (
            f"Il ne reste pas de place pour {number} personnes. Gardez celles que vous aviez,"
            " et demandez plus bas des places en plus."
        )
    return (
        f"Vous nommez {number} personnes et vous avez {invitation.seats} places. Gardez-en"
        f" {invitation.seats}, et demandez plus bas {more} place{plural(more)} en plus."
    )


def _told(invitation):
    if invitation.state == State.DECLINED:
        return "C’est noté\u00a0: vous ne viendrez pas. Merci de l’avoir dit."
    if invitation.state == State.WAITING:
        return (
            "Il ne reste pas assez de places\u00a0: vous êtes sur la liste d’attente. Nous vous écrivons"
            " dès que des places se libèrent."
        )
    return "C’est noté\u00a0: nous vous attendons. Un courriel vous le confirme."


@invited_page
def hand_over(request, key, seat):
    """Give one seat to somebody else, who gets a link of their own."""
    invitation = _find(request, key)
    guest = get_object_or_404(invitation.guests, key=normalise_key(seat))
    if not _is_open(invitation, request.at):
        raise Http404("closed")
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and "reprendre" in request.POST:
        answering.reclaim(guest, at=request.at)
        messages.success(request, "Cette place est de nouveau à vous.")
        return redirect("assises:invitation", invitation.key)
    if request.method == "POST" and form.is_valid():
        email, by = form.cleaned_data["email"], str(invitation.contact)
        try:
            answering.hand_over(guest, email, by=by, at=request.at)
        except answering.HandOverRefusedError:
            form.add_error(None, REFUSED)
        else:
            told = f"Un lien part vers {email}\u00a0: cette place est à cette personne."
            messages.success(request, told)
            return redirect("assises:invitation", invitation.key)
    return render(
        request,
        "assises/invitation/hand_over.html",
        {"invitation": invitation, "guest": guest, "form": form},
        status=422 if form.errors else 200,
    )


@invited_page
def seat(request, key):
    """Show one seat that was handed over, and let its person alone change it."""
    guest = get_object_or_404(
        answering.seats_of(request.applicant).select_related(
            "invitation__edition", "invitation__structure", "invitation__contact"
        ),
        key=normalise_key(key),
    )
    is_open = _is_open(guest.invitation, request.at)
    form = GuestsForm(request.POST or None, guests=[guest], rows=1)
    if request.method == "POST":
        if not is_open:
            return unsaved.show_unsaved(request, CLOSED, status=403)
        if "rendre" in request.POST:
            answering.give_up(guest, at=request.at)
            messages.success(request, "C’est noté\u00a0: vous ne viendrez pas.")
            return redirect("submissions:home")
        if form.is_valid() and form.people():
            answering.describe(guest, form.people()[0][1], at=request.at)
            told = (
                "C’est noté\u00a0: nous vous attendons. Un courriel vous le confirme."
            )
            messages.success(request, told)
            return redirect("assises:seat", guest.key)
        if not form.errors:
            form.add_error("p0-name", "Indiquez votre nom.")
    return render(
        request,
        "assises/invitation/seat.html",
        {"guest": guest, "form": form, "is_open": is_open},
        status=422 if form.errors else 200,
    )
