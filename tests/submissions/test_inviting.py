"""From « 31 réponses » to « 31 invitations parties », as the secretary does it."""

import pytest
from django.urls import reverse

from assises.models import Event, Invitation, Mail
from committee.models import Decision
from submissions.answering import lifecycle
from submissions.reading import respondents
from tests.committee.factories import DecisionFactory
from tests.factories import (
    SENT_AT,
    WHILE_OPEN,
    ApplicationFactory,
    ContactFactory,
    InvitationFactory,
    StructureFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]
INVITE = reverse("admin:submissions_application_invite")
SEND = reverse("admin:assises_invitation_send")
LIST = reverse("admin:assises_invitation_changelist")
State = Invitation.State


def seats_of(edition):
    return {one.structure: one.seats for one in respondents.wanted(edition)}


def test_every_structure_that_sent_an_answer_is_wanted_once(edition):
    twice = StructureFactory()
    for kind in ("complete", "declared", "proposed"):
        ApplicationFactory(
            sent=True,
            structure=twice,
            email_confirmed_at=WHILE_OPEN,
            **{kind: True},
        )
    ApplicationFactory(sent=True, structure=twice)  # by anybody
    other = ApplicationFactory(sent=True)
    ApplicationFactory(complete=True)  # a draft
    ApplicationFactory(sent=True, state="withdrawn", withdrawn_at=SENT_AT)

    assert seats_of(edition) == {twice.pk: 3, other.structure_id: 2}


def test_who_presents_has_a_seat_besides(edition):
    application = ApplicationFactory(
        proposed=True, sent=True, presenters="Chloé Martin\nInès Diallo\n"
    )
    DecisionFactory(application=application, outcome=Decision.Outcome.SELECTED)
    kept, merged = StructureFactory(), StructureFactory()
    one_of_two = ApplicationFactory(proposed=True, sent=True, structure=merged)
    DecisionFactory(application=one_of_two, outcome=Decision.Outcome.SELECTED)
    merged.merged_into = kept
    merged.save()
    reserve = ApplicationFactory(proposed=True, sent=True)
    DecisionFactory(application=reserve, outcome=Decision.Outcome.RESERVE)

    assert seats_of(edition) == {
        application.structure_id: 4,
        kept.pk: 3,
        reserve.structure_id: 2,
    }


def test_who_has_confirmed_their_address_is_written_to(edition):
    structure = StructureFactory()
    confirmed = ApplicationFactory(
        sent=True, structure=structure, email_confirmed_at=WHILE_OPEN
    )
    ApplicationFactory(sent=True, structure=structure)

    assert [one.contact for one in respondents.wanted(edition)] == [
        confirmed.contact_id
    ]
    assert respondents.unconfirmed(edition) == 0


def test_merged_structures_are_invited_as_one(edition):
    kept = StructureFactory()
    ApplicationFactory(sent=True, structure=StructureFactory(merged_into=kept))
    ApplicationFactory(sent=True, structure=kept)

    assert seats_of(edition) == {kept.pk: 2}


def test_from_answers_to_invitations_that_left(organiser):
    answers = ApplicationFactory.create_batch(2, sent=True)

    index = organiser.get(reverse("admin:index"))
    preview = organiser.get(INVITE)
    before = Invitation.objects.count()
    letters = organiser.post(INVITE, follow=True)
    left = organiser.post(
        SEND, {"cle": [one.key for one in Invitation.objects.all()]}, follow=True
    )

    assert INVITE in index.text
    assert "Fixer le dernier jour pour répondre" in letters.text
    assert "2 structures à inviter, 4 places" in preview.text
    assert "2 structures n’ont aucun contact confirmé" in preview.text
    assert before == 0
    assert "2 invitations préparées. Rien n’est encore parti." in letters.text
    assert "Nous vous invitons à « Assises" in letters.text.replace("\u00a0", " ")
    assert "[lien personnel]" in letters.text
    assert "2 invitations en route." in left.text
    mails = Mail.objects.filter(kind="invited")
    assert {mail.address for mail in mails} == {each.contact.email for each in answers}
    assert Event.objects.filter(verb="invitations envoyées").count() == 1
    assert (
        "Toutes les structures qui ont répondu sont invitées."
        in organiser.get(INVITE).text
    )


def test_who_is_unticked_is_not_written_to(organiser):
    one, other = InvitationFactory.create_batch(2)

    organiser.post(SEND, {"cle": [one.key, "x'y"]})

    other.refresh_from_db()
    assert other.state == State.PREPARED
    assert Mail.objects.get().reference == one.key


def test_somebody_is_invited_by_hand(organiser):
    typed = {
        "category": "elu",
        "first_name": "Awa",
        "last_name": "Maire",
        "function": "Maire",
        "email": "Mairie@Example.org",
        "edition": str(InvitationFactory().edition_id),
        "seats": "1",
    }

    response = organiser.post(reverse("admin:assises_invitation_add"), typed)

    assert response.status_code == 302
    invitation = Invitation.objects.get(category="elu")
    assert str(invitation) == "Awa Maire"
    assert invitation.contact.email == "mairie@example.org"


def test_the_list_says_how_the_day_fills_up(organiser, edition):
    edition.capacity = 1
    edition.save()
    InvitationFactory(sent=True)

    page = organiser.get(LIST)

    assert "2 places sont données, la salle en a 1." in page.text


def test_an_invitation_is_given_to_somebody_else_of_its_structure(organiser):
    invitation = InvitationFactory(sent=True)
    other = ContactFactory(structure=invitation.structure)
    stranger = ContactFactory()
    url = reverse("admin:assises_invitation_change", args=[invitation.pk])
    form = organiser.get(url).context["adminform"].form
    typed = {name: form[name].value() for name in form.fields}
    typed = {name: value for name, value in typed.items() if value not in (None, False)}

    organiser.post(url, typed | {"contact": other.pk})
    refused = organiser.post(url, typed | {"contact": stranger.pk})

    invitation.refresh_from_db()
    assert invitation.contact == other
    assert Mail.objects.get(kind="invited").address == other.email
    assert refused.status_code == 200


def test_a_structure_that_withdraws_its_last_answer_is_asked_about(organiser, edition):
    first, second = ApplicationFactory.create_batch(
        2, sent=True, structure=StructureFactory()
    )
    invitation = InvitationFactory(structure=first.structure, sent=True)

    lifecycle.withdraw(first, at=WHILE_OPEN)
    invitation.refresh_from_db()
    before = invitation.to_decide
    lifecycle.withdraw(second, at=WHILE_OPEN)
    invitation.refresh_from_db()

    assert (before, invitation.to_decide, invitation.state) == (False, True, State.SENT)
    assert (
        "structure invitée a retiré sa réponse"
        in organiser.get(reverse("admin:index")).text
    )


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_preparing_and_sending_pages(
    organiser, django_assert_num_queries, number
):
    ApplicationFactory.create_batch(number, sent=True)
    InvitationFactory.create_batch(number)

    with django_assert_num_queries(11):
        organiser.get(INVITE)
    with django_assert_num_queries(8):
        organiser.get(SEND)
    with django_assert_num_queries(10):
        organiser.get(LIST)
