"""Which structures have answered, hence are invited, with how many seats?"""

from collections import defaultdict

from assises.guests.invitations import Wanted
from assises.packages import packages
from submissions.models import Application


def wanted(edition):
    """Return the :class:`~assises.guests.invitations.Wanted` of each structure that sent an
    answer by any way, in the order in which they did.

    Seats: the quota of the edition or the number of its people if that is more, and those
    who present. Whoever has confirmed their address is written to, the newest first.
    """
    answers = Application.objects.of(edition).sent().filter(contested_at=None)
    answers = answers.order_by("dated_at", "pk")
    people, written_to = defaultdict(set), {}
    rows = answers.select_related("contact", "second_contact", "structure")
    for answer in rows:
        structure = answer.structure.merged_into_id or answer.structure_id
        if answer.is_confirmed or structure not in people:
            people[structure].add(answer.contact.email)
        if answer.is_confirmed and answer.second_contact:
            people[structure].add(answer.second_contact.email)
        if answer.is_confirmed or structure not in written_to:
            written_to[structure] = answer.contact_id
    besides = _seats_besides(edition)
    return [
        Wanted(
            structure,
            written_to[structure],
            max(edition.seats_per_structure, len(people[structure]))
            + besides.get(structure, 0),
        )
        for structure in people
    ]


def _seats_besides(edition):
    seats = defaultdict(int)
    for package in packages():
        for structure, number in package.seats_besides(edition).items():
            seats[structure] += number
    return seats


def unconfirmed(edition):
    """Return how many structures have sent answers whose links nobody has used."""
    sent = Application.objects.of(edition).sent()
    confirmed = sent.confirmed().values("structure")
    left = sent.exclude(structure__in=confirmed)
    return left.values("structure").distinct().count()
