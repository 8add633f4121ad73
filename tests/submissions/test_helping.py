"""How organisers help who calls: found at once, sent a link, corrected everywhere."""

from functools import partial

import pytest
from django.urls import reverse

from assises.models import Contact, Event, Mail
from submissions.models import Application
from tests import factories
from tests.submissions.desk import found, page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

sent = partial(factories.ApplicationFactory, proposed=True, sent=True)


def address(name, application):
    return reverse(f"admin:submissions_application_{name}", args=[application.pk])


def told(response):
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize(
    "query",
    [
        "Dossier n°\u00a0C5XG-AUVP",
        "dossier n° c5xg auvp",
        "n°C5XGAUVP",
        "01 99 00 12 34",
        "01\u202f99\u202f00\u202f12\u202f34",
        "+33 (0)1 99 00 12 34",
        "0033199001234",
        "00 12 34",
        "1234",
    ],
)
def test_what_we_print_and_a_telephone_find_the_dossier(organiser, query):
    wanted = sent(key="C5XGAUVP")
    other = sent(key="ABCDEFGH")
    Application.objects.filter(pk=other.pk).update(people_text="0199005678")

    assert found(organiser, query) == [wanted.pk]


def test_reader_finds_nobody_by_telephone(reader):
    sent()

    assert found(reader, "01 99 00 12 34") == []


def test_help_of_the_search_promises_what_its_reader_finds(organiser, reader):
    url = reverse("admin:submissions_application_changelist")

    seen, hidden = organiser.get(url).text, reader.get(url).text

    assert ("téléphone" in seen, "téléphone" in hidden) == (True, False)
    assert "Numéro de dossier, titre, structure ou commune." in hidden


def test_list_names_person_and_telephone_to_who_may_read_them(organiser, reader):
    application = sent(title="Les fusées")
    url = reverse("admin:submissions_application_changelist")

    seen, hidden = organiser.get(url).text, reader.get(url).text

    phone = "01\u202f99\u202f00\u202f12\u202f34"
    who = f'{application.contact}<br><span class="phone">{phone}</span>'
    assert (who in seen, str(application.contact) in hidden) == (True, False)
    link = f'<a href="{page(application)}">Les fusées</a>'
    assert (link in seen, link in hidden) == (True, True)


def test_head_of_a_dossier_says_whom_to_call(organiser, reader):
    application = sent()

    text = organiser.get(page(application)).text

    assert 'href="tel:+33199001234"' in text
    assert f'href="mailto:{application.email}"' in text
    assert ">Corriger l’adresse</a>" in text
    for name in ("correct_address", "seen", "send_link"):
        assert address(name, application) in text
        assert address(name, application) not in reader.get(page(application)).text


def test_head_of_a_draft_says_whom_to_call(organiser):
    typed = {"first_name": ["Lou"], "last_name": ["Petit"], "phone": ["01 99 00 00 07"]}
    draft = factories.ApplicationFactory(typed={"contact": typed})
    draft.repeat_typed()
    draft.save()

    text = organiser.get(page(draft)).text

    assert ("Lou Petit" in text, 'href="tel:+33199000007"' in text) == (True, True)
    assert (
        f'href="mailto:{draft.email}"' in text
    )  # That in use, not what is half typed.


def test_a_link_is_sent_again_and_written_in_the_journal(organiser):
    application = sent()

    response = organiser.post(address("send_link", application), follow=True)

    mail = Mail.objects.get()
    assert (mail.kind, mail.address, mail.link_email, mail.reference) == (
        "link_sent",
        application.email,
        application.email,
        application.key,
    )
    assert told(response) == [f"Un lien part à {application.email}."]
    assert response.redirect_chain[-1][0] == page(application)
    assert Event.objects.get().verb == "lien renvoyé"


def test_no_link_is_sent_about_a_contested_answer(organiser):
    application = sent(contested_at=factories.WHILE_OPEN)

    response = organiser.post(address("send_link", application), follow=True)

    assert told(response)[0].startswith("Rien n’est parti.")
    assert not Mail.objects.exists()


@pytest.fixture
def spread():
    """One address in two structures, a draft, a second contact, and a contested answer."""
    email = "faute@example.org"
    one, other = sent(email=email), sent(email=email)
    draft = factories.ApplicationFactory(email=email)
    second = factories.ContactFactory(email=email)
    seconded = sent(second_contact=second)
    contested = sent(email=email, contested_at=factories.WHILE_OPEN)
    return [one, other, draft, seconded, contested]


def correct(client, application, **typed):
    typed = {"email": "juste@example.org", **typed}
    return client.post(address("correct_address", application), typed, follow=True)


def test_an_address_is_shown_and_corrected_everywhere(organiser, spread):
    one, other, draft, seconded, contested = spread
    before = organiser.get(address("correct_address", one))

    response = correct(organiser, one, everywhere="on")

    assert before.context["answers"] == [one, other, draft, seconded]
    assert {contact for contact, _ in before.context["contacts"]} == {
        one.contact,
        other.contact,
        seconded.second_contact,
    }
    emails = Application.objects.in_bulk([row.pk for row in spread])
    assert [emails[row.pk].email for row in spread] == [
        *["juste@example.org"] * 3,
        seconded.email,
        "faute@example.org",
    ]
    left = Contact.objects.filter(email="faute@example.org")
    assert list(left) == [contested.contact]
    assert response.redirect_chain[-1][0] == page(one)
    assert told(response) == [
        "L’adresse est corrigée. À envoyer\u00a0: 3 courriels à faute@example.org,"
        " 4 courriels à juste@example.org."
    ]


def test_one_person_of_two_answers_is_listed_once(organiser):
    comet = factories.StructureFactory(name="Comète")
    person = {"structure": comet, "last_name": "Adam", "email": "zoe@example.org"}
    one, _ = (
        sent(
            structure=comet,
            email="zoe@example.org",
            contact=factories.ContactFactory(**person),
        )
        for _ in range(2)
    )

    text = organiser.get(address("correct_address", one)).text

    assert text.count("contact, Comète") == 1
    assert "contact, Comète, 2 fois" in text


def test_an_address_is_corrected_in_one_row_alone(organiser, spread):
    one, other, *_ = spread

    correct(organiser, one)

    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.email, other.email) == ("juste@example.org", "faute@example.org")


@pytest.mark.parametrize("typed", ["", "faux", "porteuse@example.org"])
def test_a_wrong_address_corrects_nothing(organiser, typed):
    application = sent(email="porteuse@example.org")

    response = correct(organiser, application, email=typed, everywhere="on")

    assert response.status_code == 422
    assert not Event.objects.exists()


def test_a_failed_mail_leaves_again_for_the_corrected_address(organiser):
    application = sent(email="faute@example.org")
    write = partial(factories.MailFactory, address="faute@example.org", tries=12)
    failed = write(
        reference=application.key, link_email="faute@example.org", state="failed"
    )
    others = write(reference="OTHER234", state="failed")

    correct(organiser, application, everywhere="on")

    failed.refresh_from_db()
    others.refresh_from_db()
    assert (failed.state, failed.address, failed.link_email, failed.tries) == (
        "queued",
        "juste@example.org",
        "juste@example.org",
        0,
    )
    assert (others.state, others.address) == ("failed", "faute@example.org")
    # An address that takes no mail is not written to again.
    assert Mail.objects.get(kind="address_replaced").state == "cancelled"


def test_contact_page_names_the_other_rows_and_lists_every_answer(organiser):
    one, other = sent(email="faute@example.org"), sent(email="faute@example.org")
    url = reverse("admin:assises_contact_change", args=[one.contact_id])
    shown = organiser.get(url)
    form = shown.context["adminform"].form
    typed = {name: value for name, value in form.initial.items() if value}

    response = organiser.post(url, typed | {"email": "juste@example.org"}, follow=True)

    assert (one.reference in shown.text, other.reference in shown.text) == (True, True)
    assert any(
        address("correct_address", other) in message for message in told(response)
    )


def test_organiser_reads_what_the_structure_reads(organiser):
    application, draft = sent(), factories.ApplicationFactory(declared=True)

    seen = organiser.get(address("seen", application))

    assert application.takeaway in seen.text
    assert "La structure peut modifier sa réponse" in seen.text
    assert "Pas encore envoyée" in organiser.get(address("seen", draft)).text


@pytest.mark.parametrize("count", [1, 3])
def test_screen_of_an_address_counts_the_same_queries(
    organiser, django_assert_num_queries, count
):
    answers = [sent(email="faute@example.org") for _ in range(count)]

    with django_assert_num_queries(8):
        organiser.get(address("correct_address", answers[0]))
