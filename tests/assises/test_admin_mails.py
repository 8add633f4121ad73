import pytest
from django.urls import reverse

from assises.french import text
from assises.mail import delivery
from assises.models import AccessLink, Event, Mail
from assises.people import access_links, audit
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

MAILS = reverse("admin:assises_mail_changelist")
LINKS = reverse("admin:assises_accesslink_changelist")


def make(state):
    """Return a mail in ``state``, with what the table asks of that state."""
    values = {
        "sending": {"lease_until": factories.WHILE_OPEN},
        "sent": {"sent_at": factories.WHILE_OPEN},
        "failed": {"tries": 12, "error": "Connexion refusée"},
    }
    return factories.MailFactory(state=state, **values.get(state, {}))


def ask(client, url, action, *rows):
    return client.post(
        url,
        {"action": action, "index": "0", "_selected_action": [row.pk for row in rows]},
    )


@pytest.mark.parametrize(
    ("action", "moves"),
    [
        ("requeue", {"failed": "queued"}),
        ("note_bounce", {"sent": "failed"}),
        ("cancel", dict.fromkeys(["held", "queued", "failed"], "cancelled")),
    ],
)
def test_mails_move_only_where_they_may(organiser, action, moves):
    mails = {state: make(state) for state in Mail.State.values}

    ask(organiser, MAILS, action, *mails.values())

    states = {
        before: Mail.objects.get(pk=mail.pk).state for before, mail in mails.items()
    }
    assert states == {state: moves.get(state, state) for state in Mail.State.values}
    assert Event.objects.count() == len(moves)


@pytest.mark.parametrize(
    ("key", "status"),
    [("abc", 400), ("9" * 20, 400), ("-1", 302), ("", 400), ("\x00", 400)],
)
def test_a_key_that_is_none_moves_nothing(organiser, key, status):
    mail = make("failed")

    response = organiser.post(
        MAILS, {"action": "requeue", "index": "0", "_selected_action": key}
    )

    assert response.status_code == status
    assert Mail.objects.get(pk=mail.pk).state == Mail.State.FAILED


def test_mail_put_back_starts_its_tries_again(organiser):
    mail = make("failed")

    ask(organiser, MAILS, "requeue", mail)

    mail.refresh_from_db()
    assert (mail.tries, mail.error, mail.due_at) == (0, "", factories.WHILE_OPEN)


def test_mail_tells_the_place_of_its_link_and_never_a_link(organiser):
    mail = factories.MailFactory(body=f"Revenir\u00a0:\n{text.LINK_PLACE}\n")

    response = organiser.get(reverse("admin:assises_mail_change", args=[mail.pk]))

    assert "[lien personnel]" in response.text
    assert text.LINK_PLACE not in response.text


@pytest.mark.parametrize("query", ["porteuse@", "bien reçue", "k7qf-2m9x"])
def test_mail_is_found_by_address_subject_and_reference(organiser, query):
    mail = factories.MailFactory(reference="K7QF2M9X")
    factories.MailFactory(address="autre@example.org", subject="Autre")

    listed = organiser.get(MAILS, {"q": query}).context["cl"].result_list

    assert list(listed) == [mail]


def test_revoked_link_closes_the_session_it_opened(organiser, rf):
    access_links.issue("porteuse@example.org", at=factories.WHILE_OPEN)
    link = AccessLink.objects.get()

    ask(organiser, LINKS, "revoke", link)

    assert list(AccessLink.objects.usable(factories.WHILE_OPEN)) == []
    event = Event.objects.get()
    assert (event.verb, event.object_label) == (
        "lien révoqué",
        f"lien d’accès n° {link.pk}",
    )


def test_link_shows_not_even_its_digest(organiser):
    access_links.issue("porteuse@example.org", at=factories.WHILE_OPEN)
    link = AccessLink.objects.get()
    url = reverse("admin:assises_accesslink_change", args=[link.pk])

    assert [link.digest in organiser.get(page).text for page in (LINKS, url)] == [
        False,
        False,
    ]


def test_failed_mail_is_a_task_of_organisers(organiser):
    make("failed")

    tasks = organiser.get(reverse("admin:index")).context["tasks"]

    assert [(task.count, task.label) for task in tasks if "courriel" in task.label] == [
        (1, "courriel en échec")
    ]


def test_page_of_a_mail_says_a_dash_for_what_has_not_happened(organiser):
    mail = factories.MailFactory(reference="K7QF2M9X")

    response = organiser.get(reverse("admin:assises_mail_change", args=[mail.pk]))

    assert "<dd>None</dd>" not in response.text
    assert "<dd>K7QF-2M9X</dd>" in response.text
    assert response.text.count("<dd>—</dd>") == 5


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("requeue", "Seul un courriel en échec se renvoie."),
        ("cancel", "Seuls les courriels qui ne sont pas partis s’annulent."),
    ],
)
def test_mail_that_does_not_move_is_explained(organiser, action, said):
    response = organiser.post(
        MAILS,
        {"action": action, "index": "0", "_selected_action": make("sent").pk},
        follow=True,
    )

    assert [str(message) for message in response.context["messages"]] == [said]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            "550 5.1.1 user unknown",
            "Cette adresse n’existe pas, ou refuse nos courriels.",
        ),
        ("552 mailbox full", "La boîte de cette personne est pleine."),
        ("554 no", "Le serveur de cette adresse refuse le courriel."),
        (
            "451 later",
            "Le serveur de cette adresse demande d’attendre. Nous réessayons.",
        ),
        ("ValueError: no recipient", "Ce courriel n’a pas pu être envoyé."),
        (delivery.CUT, delivery.CUT),
        (delivery.UNREACHABLE, delivery.UNREACHABLE),
    ],
)
def test_list_of_mails_tells_in_french_why_one_did_not_leave(organiser, error, said):
    mail = factories.MailFactory(error=error, state="failed")

    listed = organiser.get(MAILS).text
    whole = organiser.get(reverse("admin:assises_mail_change", args=[mail.pk])).text

    assert f'<td class="field-last_error">{said}</td>' in listed
    assert (said in whole, error in whole) == (True, True)


def test_list_of_mails_leads_to_the_dossier_and_to_the_address_to_correct(organiser):
    answer = factories.ApplicationFactory()
    row = {"reference": answer.key, "address": answer.email}
    factories.MailFactory(**row)
    sent = organiser.get(MAILS).text
    factories.MailFactory(**row, state=Mail.State.FAILED, error="550 no")

    failed = organiser.get(MAILS).text

    dossier = reverse("admin:submissions_application_change", args=[answer.pk])
    assert f'<a href="{dossier}">{answer.reference}</a>' in sent
    assert (sent.count("Corriger l’adresse"), failed.count("Corriger l’adresse")) == (
        0,
        1,
    )
    assert ("Que faire" in failed, "Essais" in failed) == (False, False)


def test_list_of_mails_tells_the_next_try(organiser):
    factories.MailFactory(retry_at=factories.WHILE_OPEN, tries=1)

    listed = organiser.get(MAILS).text

    assert (
        '<td class="field-left_on">essai le 12/05/2027, 14\u00a0h\u00a032</td>'
        in listed
    )


def test_rows_of_the_journal_are_counted_as_what_they_are(organiser):
    url = reverse("admin:assises_event_changelist")
    for _ in range(2):
        audit.record(
            "corrige", factories.PageFactory(), by=audit.SYSTEM, at=factories.WHILE_OPEN
        )

    assert "<p>2 évènements</p>" in organiser.get(url).text


def test_the_journal_leads_to_what_has_a_page(organiser):
    contact = factories.ContactFactory()
    audit.record("corrige", contact, by=audit.SYSTEM, at=factories.WHILE_OPEN)
    Event.objects.create(
        at=factories.WHILE_OPEN, model="assises.gone", object_key="1", object_label="X"
    )

    text = organiser.get(reverse("admin:assises_event_changelist")).text

    page = reverse("admin:assises_contact_change", args=[contact.pk])
    assert f'<a href="{page}">contact n° {contact.pk}</a>' in text
    assert '<td class="field-what">X</td>' in text
