"""Which answers, members and browsers is the site measured with?"""

import uuid
from copy import copy
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction
from django.db.models import Max

from assises.models import Contact, Kind, Structure
from assises.models.keys import new_key
from assises.people.permissions import Role
from committee.models import Member
from committee.reviewing import assignment
from submissions.answering import snapshots
from submissions.models import Application, Snapshot
from tests import factories, team
from tests.committee.factories import MemberFactory, criteria
from tests.factories import SENT_AT

MEMBERS = 20
# Of ten answers: four proposals, four declarations, two who only come.
TRAITS = {
    Kind.PROPOSE: "proposed",
    Kind.DECLARE: "declared",
    Kind.PARTICIPATE: "complete",
}
KINDS = [Kind.PROPOSE] * 4 + [Kind.DECLARE] * 4 + [Kind.PARTICIPATE] * 2
COMMUNES = ["91225", "91228", "91286", "77251", "91521", "91553"]
STARTED = (
    "started"  # The key of a session under which it keeps the answers begun in it.
)
CSRF = "b" * 32


@transaction.atomic
def prepare():
    """Create the edition, its partners and pages, and the committee; return the edition."""
    edition = factories.EditionFactory()
    criteria(edition)
    factories.PartnerFactory.create_batch(4, edition=edition)
    factories.PageFactory.create_batch(3)
    for number in range(MEMBERS):
        role, seat = Role.MEMBERS, Member.Role.MEMBER
        if number == 0:
            role, seat = Role.CHAIR, Member.Role.CHAIR
        MemberFactory(user=team.member(role, password=None), edition=edition, role=seat)
    return edition


@transaction.atomic
def grow(edition, number):
    """Bring the sent answers up to ``number``, each given to every member."""
    patterns = [
        factories.ApplicationFactory(**{TRAITS[kind]: True}, sent=True)
        for kind in KINDS
    ]
    for pattern in patterns:
        snapshots.take_snapshot(pattern, at=SENT_AT)
    _copy_answers(patterns, number - Application.objects.sent().count())
    assignment.assign(edition, at=SENT_AT)


def _copy_answers(patterns, number):
    """Write ``number`` answers like ``patterns``, each with its structure and its person."""
    first = Application.objects.aggregate(Max("pk"))["pk__max"]
    answers = [copy(patterns[place % len(patterns)]) for place in range(number)]
    for place, answer in enumerate(answers):
        answer.pk, answer.key, answer.start_key = None, new_key(), uuid.uuid4()
        answer.email = f"structure{first + place}@example.org"
        answer.structure = factories.StructureFactory.build(seat=answer.structure.seat)
        answer.contact = factories.ContactFactory.build(
            structure=answer.structure, email=answer.email, phone="+33199001234"
        )
    Structure.objects.bulk_create([answer.structure for answer in answers])
    Contact.objects.bulk_create([answer.contact for answer in answers])
    Application.objects.bulk_create(answers, batch_size=500)
    _describe(patterns, answers)


def _describe(patterns, answers):
    """Give the copies their communes, their terms and the version that was sent."""
    terms = list(patterns[0].terms.values_list("pk", flat=True))
    actions = [answer for answer in answers if answer.is_action]
    places, words = Application.communes.through, Application.terms.through
    places.objects.bulk_create(
        [
            places(application=answer, commune_id=COMMUNES[rank % len(COMMUNES)])
            for rank, answer in enumerate(actions)
        ]
    )
    words.objects.bulk_create(
        [
            words(application=answer, term_id=term)
            for answer in actions
            for term in terms
        ]
    )
    sent = {pattern.kind: pattern.snapshots.get() for pattern in patterns}
    Snapshot.objects.bulk_create(
        [
            Snapshot(
                application=answer,
                number=1,
                at=SENT_AT,
                content=sent[answer.kind].content,
                sha256=sent[answer.kind].sha256,
            )
            for answer in answers
        ],
        batch_size=500,
    )


def draft():
    """Return a proposal that is whole, and not sent: it has no row but its own yet."""
    answer = factories.ApplicationFactory(proposed=True)
    structure, answer.structure, answer.contact = answer.structure, None, None
    answer.save()
    structure.contacts.all().delete()
    structure.delete()
    return answer


def browser_of(*drafts):
    """Return the cookies of a browser in which ``drafts`` were begun."""
    return _cookies({STARTED: [each.key for each in drafts]})


def browser_signed_in(user):
    """Return the cookies of a browser in which ``user`` has signed in."""
    return _cookies(
        {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
    )


def _cookies(values):
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session.update(values)
    session.create()
    return {"sessionid": session.session_key, "csrftoken": CSRF}
