"""« Lettre d’invitation »: whose letter may one have, and how does one wait for it?"""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from assises.guests import answering
from assises.models import Guest
from assises.models.keys import normalise_key
from assises.views.invitation import invited_page
from assises.views.papers import paper_page


@invited_page
def letter(request, key, seat):
    """Give the letter of one person of an invitation that this person may answer."""
    opened = answering.opened_by(request.applicant).filter(key=normalise_key(key))
    own = Guest.objects.coming().filter(invitation__in=opened, handed_at=None)
    guest = get_object_or_404(own, key=normalise_key(seat))
    return _show(request, guest, reverse("assises:invitation", args=[key]))


@invited_page
def letter_of_seat(request, key):
    """Give their own letter to who was given a seat."""
    own = answering.seats_of(request.applicant).coming()
    guest = get_object_or_404(own, key=normalise_key(key))
    return _show(request, guest, reverse("assises:seat", args=[key]))


def _show(request, guest, back):
    return paper_page(
        request,
        "assises.letter",
        guest.key,
        title="Lettre d’invitation",
        told=f"Pour l’employeur ou l’établissement de {guest}.",
        back=back,
    )
