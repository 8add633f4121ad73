"""Is the demonstration whole, plainly invented, and never mixed with real data?"""

import re
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

from assises.french import dates
from assises.models import Commune, Contact, Edition, Mail, Page, Structure, User
from assises.people.permissions import Role
from committee.demonstration import accounts, calendar, loading, typed_answers
from committee.models import Decision, Review
from committee.reviewing import progress
from submissions.answering import lifecycle
from submissions.models import Action, Application
from tests.factories import ContactFactory, EditionFactory, StructureFactory

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture
def demonstration(db):
    loading.load_demonstration(AT)
    return Edition.objects.get()


def call():
    out = StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


def test_demonstration_holds_answers_of_every_kind_and_state(demonstration):
    counts = Application.objects.values_list("kind", "state").annotate(Count("pk"))

    assert {(kind, state): count for kind, state, count in counts} == {
        ("participate", "sent"): 5,
        ("declare", "sent"): 19,
        ("propose", "sent"): 13,
        ("participate", "draft"): 1,
        ("declare", "draft"): 1,
        ("propose", "draft"): 2,
        ("declare", "withdrawn"): 1,
    }
    assert Structure.objects.count() == 30


def test_demonstration_leaves_white_zones(demonstration):
    counts = Action.objects.counted(demonstration).by_commune()

    assert max(counts.values()) >= 10
    assert Commune.objects.count() - len(counts) == 10


def test_answers_were_sent_between_the_opening_and_the_loading(demonstration):
    instants = Application.objects.sent().values_list("sent_at", flat=True)

    assert all(demonstration.opens_at < instant < AT for instant in instants)
    assert all(8 <= dates.local(instant).hour <= 20 for instant in instants)


def test_each_sent_answer_has_its_snapshot_and_its_receipt(demonstration):
    sent = Application.objects.exclude(sent_at=None)

    counts = sorted(answer.snapshots.count() for answer in sent)
    assert counts == [1] * 37 + [2]  # one was changed after the committee had read it
    assert Mail.objects.filter(kind="application_received").count() == 38


def test_committee_is_at_work(demonstration):
    states = Review.objects.values_list("state").annotate(Count("pk"))

    assert {state for state, _ in states} == set(Review.State.values)
    assert Review.objects.exclude(typed_by=None).count() == 1
    modified = progress.review_rows(Review.objects.handed_in())
    assert 0 < sum(review.was_modified for review in modified) < 9
    assert all(demonstration.opens_at < r.handed_in_at <= AT for r in modified)


def test_some_decisions_are_prepared_and_one_bearer_is_asked(demonstration):
    outcomes = Decision.objects.values_list("outcome", flat=True).order_by("pk")

    assert list(outcomes) == [*["selected"] * 3, "reserve", "poster", "declined"]
    assert Application.objects.asked_to_present().may_accept(AT).count() == 1
    assert Mail.objects.filter(kind="asked_to_present").count() == 1


def test_some_addresses_are_confirmed_and_some_are_not(demonstration):
    firsts = Contact.objects.filter(applications__state="sent").distinct()

    confirmed = firsts.confirmed().count()
    assert (confirmed, firsts.count() - confirmed) == (23, 8)


def test_drafts_keep_what_was_typed_and_is_not_valid(demonstration):
    lacks = [
        lack
        for draft in Application.objects.drafts()
        for lack in lifecycle.missing(draft)
        if lack.wrong
    ]

    assert sorted((lack.step, lack.field) for lack in lacks) == [
        ("action", "starts"),
        ("contact", "phone"),
    ]


def test_everybody_is_invented(demonstration):
    addresses = {
        *Contact.objects.values_list("email", flat=True),
        *Application.objects.values_list("email", flat=True),
        *Mail.objects.values_list("address", flat=True),
    }
    phones = set(Contact.objects.values_list("phone", flat=True)) - {""}

    assert [
        address for address in addresses if not address.endswith("@example.org")
    ] == []
    assert [phone for phone in phones if not phone.startswith("+3319900")] == []
    assert not Structure.objects.exclude(siret="", rna="", uai="").exists()
    assert [
        structure.name
        for structure in Structure.objects.all()
        if "démo" not in structure.name.lower()
    ] == []


def test_no_two_actions_are_told_in_the_same_words():
    answers = typed_answers.typed_answers()

    for field in ("title", "pitch", "description", "takeaway"):
        texts = [answer[field] for answer in answers if field in answer]
        assert len(texts) == len(set(texts))


def test_texts_follow_french_typography():
    texts = [
        *(str(answer) for answer in typed_answers.typed_answers()),
        *(path.read_text() for path in (typed_answers.DATA / "pages").glob("*.md")),
    ]

    faults = r"(?<=\w) [;!?](?=\s)|(?<=\w) :(?=\s)|« | »|(?<=\b[cdjlmnqs])'(?=\w{2})"
    assert [re.search(faults, text) for text in texts if re.search(faults, text)] == []


def test_pages_carry_the_dates_of_the_edition(demonstration):
    page = Page.objects.get(slug="texte-de-l-appel")

    assert dates.deadline(demonstration.closes_at) in page.body
    assert dates.day(demonstration.held_on) in page.body
    assert [page.slug for page in Page.objects.filter(body__contains="$")] == []
    assert Page.objects.count() == 4


def test_second_loading_changes_nothing(demonstration):
    before = Application.objects.values_list("key", "version")

    loaded = loading.load_demonstration(AT)

    assert loaded is False
    assert list(Application.objects.values_list("key", "version")) == list(before)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("factory", "values"),
    [
        (EditionFactory, {}),
        (StructureFactory, {}),
        (ContactFactory, {"email": "une.vraie.personne@example.net"}),
    ],
)
def test_real_data_is_refused_in_a_sentence(factory, values):
    factory(**values)

    with pytest.raises(CommandError, match="vraies données"):
        call()

    assert not Edition.objects.filter(slug="demonstration").exists()
    assert not User.objects.exists()


def test_real_answer_beside_the_demonstration_is_refused_too(demonstration):
    Application.objects.update(email="une.vraie.personne@example.net")

    with pytest.raises(loading.RealDataError):
        loading.load_demonstration(AT)


@pytest.mark.django_db
def test_command_gives_the_password_that_was_asked_for(client, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "un mot de passe")

    call()

    assert client.login(username="comite8@example.org", password="un mot de passe")


@pytest.mark.django_db
def test_command_makes_and_prints_a_password(client):
    first, second = call(), call()

    password = re.search(r"comptes\W+(\S+)", first)[1]
    assert client.login(username="organisation@example.org", password=password)
    assert second == "Démonstration déjà chargée, rien n’a changé.\n"


@pytest.mark.django_db
def test_accounts_have_their_roles():
    accounts.load_accounts("secret")

    roles = User.objects.values_list("email", "groups__name")
    assert dict(roles) == {
        address: role.value for address, role in accounts.addresses()
    }
    assert [role for _, role in accounts.addresses()].count(Role.MEMBERS) == 8
    assert set(User.objects.values_list("is_staff", "is_superuser")) == {(True, False)}


@pytest.mark.django_db
def test_same_password_keeps_people_signed_in(client):
    accounts.load_accounts("secret")
    before = User.objects.get(email="lecture@example.org").password

    accounts.load_accounts("secret")
    kept = User.objects.get(email="lecture@example.org").password
    accounts.load_accounts("autre")

    assert kept == before
    assert client.login(username="lecture@example.org", password="autre")


@pytest.mark.parametrize(
    ("today", "closing", "held_on"),
    [
        (datetime(2026, 11, 23, 9, tzinfo=UTC), date(2027, 5, 31), date(2027, 10, 21)),
        (datetime(2027, 5, 31, 20, tzinfo=UTC), date(2027, 5, 31), date(2027, 10, 21)),
        (datetime(2027, 5, 31, 23, tzinfo=UTC), date(2028, 5, 31), date(2028, 10, 19)),
    ],
)
def test_call_is_open_whatever_the_day(today, closing, held_on):
    year = calendar.around(today)

    assert year.opens_at < today < year.closes_at
    assert dates.last_day_before(year.closes_at) == closing
    assert year.held_on == held_on
    assert year.held_on.weekday() == calendar.THURSDAY
