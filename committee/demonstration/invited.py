"""Whom does the invented call invite, and who answers? The moment before the day."""

from datetime import timedelta

from assises.guests import answering, invitations
from assises.guests.answering import Answer
from assises.models import Contact, Invitation, Mail, User
from committee.demonstration.invented import DOMAIN
from submissions.reading import respondents

# How long before the day the rehearsal stands.
BEFORE_THE_DAY = timedelta(days=40)
# Of three invitations, one is not answered; of those answered, one in six says no.
UNANSWERED, DECLINED = 3, 6
CAPACITY = 18
OTHERS = [
    ("elu", "Awa", "Démonstration", "Adjointe à la culture"),
    ("presse", "Tristan", "Fictif", "Journaliste"),
    ("intervention", "Nour", "Exemple", "Modératrice de l’après-midi"),
]


def moment_of(edition):
    """Return the instant at which the rehearsal of invitations stands."""
    return edition.comes_at() - BEFORE_THE_DAY + timedelta(hours=10)


def load_invitations(edition, at):
    """Invite who answered and a few others; let most of them answer at ``at``."""
    organiser = User.objects.get(email=f"organisation@{DOMAIN}")
    edition.capacity = CAPACITY
    edition.answers_until = edition.held_on - timedelta(days=26)
    edition.save()
    sent = at - timedelta(days=12)
    wanted = respondents.wanted(edition)
    invitations.prepare(edition, wanted, by=organiser, at=sent)
    invite_others(edition, sent)
    invitations.send(Invitation.objects.of(edition), by=organiser, at=sent)
    rows = Invitation.objects.of(edition).select_related(
        "edition", "structure", "contact"
    )
    for place, invitation in enumerate(rows.order_by("pk")):
        if place % UNANSWERED:
            _answer(invitation, place, sent + timedelta(hours=3 + 5 * place))
    Mail.objects.filter(sent_at=None).update(state=Mail.State.SENT, sent_at=at)
    failed = Mail.objects.filter(kind="invited").order_by("pk").first()
    failed.state, failed.sent_at = Mail.State.FAILED, None
    failed.error = "550 5.1.1 User unknown"
    failed.save()


def invite_others(edition, at):
    for category, first_name, last_name, function in OTHERS:
        contact = Contact.objects.create(
            first_name=first_name,
            last_name=last_name,
            function=function,
            email=f"{first_name}.{last_name}@{DOMAIN}".lower(),
        )
        Invitation.objects.create(
            edition=edition, category=category, contact=contact, prepared_at=at
        )


def _answer(invitation, place, at):
    """Answer as its structure would: one person, sometimes a class, or nobody."""
    if place % DECLINED == 1:
        word = Answer(
            word="Ce jour-là nous recevons trois classes. Bonne journée\u202f!"
        )
        answering.decline(invitation, word, at=at)
        return
    said = {
        "function": invitation.contact.function,
        "headcount": 1,
        "morning": True,
        "lunch": bool(place % 4),
        "afternoon": bool(place % 5),
        "meal": "vegetarien" if place % 7 == 2 else "tout",
        "access": "Une place près de la scène" if place % 11 == 4 else "",
        "no_photo": place % 9 == 5,
    }
    people = [(None, said | {"name": str(invitation.contact)})]
    if invitation.seats > 1 and place % 4 == 2:
        people.append((None, said | {"name": "Une personne de l’équipe"}))
    answering.accept(invitation, people, Answer(), at=at)
