"""Whom does the invented call still look for, and who is asked to keep the day free?"""

from datetime import timedelta

from assises.guests import mails, outreach
from assises.models import Contact, Invitation, Mail, Outreach, Structure, User
from committee.demonstration import invited
from committee.demonstration.invented import DOMAIN, read_data

BETWEEN_NOTES = timedelta(days=6)
OF_STRUCTURE = ("name", "kind", "seat")


def load_outreach(edition, at):
    """Follow some structures that have not answered, one for each state, with notes."""
    organiser = User.objects.get(email=f"organisation@{DOMAIN}")
    for line in read_data("called")["structure"]:
        state, notes = line.pop("state"), line.pop("notes", [])
        name, kind, seat = map(line.pop, OF_STRUCTURE)
        structure = Structure.objects.create(name=name, kind=kind, seat_id=seat)
        Contact.objects.create(structure=structure, **line)
        follower = None if state == Outreach.State.TO_CONTACT else organiser
        outreach.follow(
            [structure],
            edition=edition,
            by=organiser,
            at=at,
            state=state,
            followed_by=follower,
        )
        for ago, note in enumerate(reversed(notes)):
            noted = at - BETWEEN_NOTES * ago - timedelta(hours=1)
            outreach.add_note(structure, note, by=organiser, at=noted)


def hold_the_day(edition, at):
    """Prepare some invitations, and hold the mails that ask to keep the day free."""
    invited.invite_others(edition, at)
    rows = Invitation.objects.of(edition).select_related("edition", "contact")
    mails.day_kept(list(rows), at=at)
    Mail.objects.filter(kind="day_kept").update(state=Mail.State.HELD)
