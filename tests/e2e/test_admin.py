"""The administration in a real browser: by its doors, and without any axe violation."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from django.conf import settings as django_settings
from django.urls import reverse

from assises.models import Kind, Mail
from tests.e2e.gestures import follow, validate
from tests.factories import (
    PASSWORD,
    WHILE_OPEN,
    ApplicationFactory,
    EditionFactory,
    MailFactory,
    PageFactory,
    PartnerFactory,
)
from tests.team import app_of, code_of, member, signed_in


@pytest.fixture(autouse=True)
def call(settings):
    settings.CLOCK_SHIFT = WHILE_OPEN - datetime.now(UTC)  # noqa: TID251
    PartnerFactory(name="Planète Sciences")
    PageFactory(slug="faq", title="Questions fréquentes")
    MailFactory(state=Mail.State.FAILED, error="550 inconnue")
    return EditionFactory()


def enter(page, user):
    """Give the page the session of ``user``, signed in by both proofs."""
    page.goto("/")
    cookie = signed_in(user).cookies[django_settings.SESSION_COOKIE_NAME]
    page.context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": page.url}]
    )


def looked_at(page, axe, addresses):
    """Visit each address; return ``{address: violations}`` for those that have any."""
    found = {}
    for address in addresses:
        assert page.goto(address).status == 200, address
        assert page.url.split("?")[0].endswith(address), page.url
        if violations := axe(page):
            found[address] = violations
    return found


@pytest.mark.parametrize("width", [360, 1280, 1700])
def test_lists_are_read_by_the_keyboard_in_the_order_that_one_sees(page, width):
    enter(page, member("Organisation"))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/admin/submissions/application/")

    stops = ".filters summary, .searching input, .searching button, .actions select"
    places = page.locator(stops).evaluate_all(
        "all => all.map(it => it.getBoundingClientRect()).map(it => [it.left, it.top])"
    )

    # Further down, or further right: never back up and left.
    backwards = [
        (before, after)
        for before, after in pairwise(places)
        if after[0] < before[0] and after[1] < before[1]
    ]
    assert backwards == []


@pytest.mark.parametrize(
    "address",
    [
        "submissions/application/?kind__exact=propose&state__exact=sent&siege=91228",
        "assises/mail/?state__exact=failed",
    ],
)
def test_first_row_of_a_filtered_list_is_on_the_first_screen(page, call, address):
    ApplicationFactory(sent=True, proposed=True, edition=call)
    enter(page, member("Organisation"))

    page.goto(f"/admin/{address}")

    row = page.locator("#result_list tbody tr").bounding_box()
    assert row["y"] + 40 < page.viewport_size["height"]
    assert page.locator(".filters strong").count() == address.count("=")


def test_the_list_of_mails_fits_its_page(page, call):
    email = "une.adresse.assez.longue@universite.example.org"
    answer = ApplicationFactory(sent=True, proposed=True, edition=call, email=email)
    MailFactory(
        state=Mail.State.FAILED,
        error="550 5.1.1 user unknown",
        subject="Confirmez votre réponse aux Assises de la Culture Scientifique",
        address=answer.email,
        reference=answer.key,
        sent_at=WHILE_OPEN,
    )
    enter(page, member("Organisation"))

    page.goto("/admin/assises/mail/")

    table = page.locator(".table-scroll")
    assert table.evaluate("it => it.scrollWidth <= it.clientWidth")


def test_password_then_code_open_the_first_page(page):
    user = member("Organisation")
    device = app_of(user)

    page.goto("/admin/submissions/application/")
    page.locator("input[name=email]").fill(user.email)
    page.locator("input[type=password]").fill(PASSWORD)
    validate(page)
    page.wait_for_url("**/admin/code/**")
    page.locator("input[autocomplete=one-time-code]").fill(
        code_of(device, at=datetime.now(UTC))  # noqa: TID251
    )
    validate(page)
    page.wait_for_url(
        lambda address: (
            address.endswith("/admin/submissions/application/") and "?" not in address
        )
    )

    assert page.locator("h1").inner_text() == "Réponses"


def test_an_organiser_finds_and_reads_a_whole_answer(page):
    application = ApplicationFactory(
        proposed=True, sent=True, kind=Kind.PROPOSE, title="L’œuf d’Étiolles"
    )
    enter(page, member("Organisation"))

    page.goto("/admin/submissions/application/")
    page.get_by_label("Rechercher").fill(application.reference.lower())
    validate(page)
    follow(page.get_by_role("link", name=application.title))

    text = page.locator("main").inner_text()
    for expected in (
        "L’œuf d’Étiolles",
        application.takeaway,
        application.structure.name,
        application.contact.last_name,
        "Évry-Courcouronnes",
    ):
        assert expected in text


def test_doors(page, axe):
    user = member("Organisation", password_is_temporary=True)

    found = looked_at(page, axe, ["/admin/login/"])
    page.locator("input[name=email]").fill(user.email)
    page.locator("input[type=password]").fill("faux")
    validate(page)
    page.wait_for_selector("[role=alert]")
    found["refused"] = axe(page)
    page.locator("input[type=password]").fill(PASSWORD)
    validate(page)
    page.wait_for_url("**/admin/second-facteur/**")
    found["enrolment"] = axe(page)
    app_of(user)
    page.goto("/admin/code/")
    found["code"] = axe(page)

    assert not any(found.values()), found


def test_pages_of_an_organiser(page, axe, call):
    answer = ApplicationFactory(proposed=True, sent=True, kind=Kind.PROPOSE)
    draft = ApplicationFactory(
        kind=Kind.DECLARE, typed={"action": {"pitch": ["é" * 214]}}
    )
    models = [
        "assises_edition",
        "assises_partner",
        "assises_page",
        "assises_term",
        "assises_commune",
        "assises_structure",
        "assises_contact",
        "assises_accesslink",
        "assises_mail",
        "assises_job",
        "assises_event",
        "assises_user",
        "submissions_application",
        "committee_criterion",
    ]
    enter(page, member("Organisation"))

    found = looked_at(
        page,
        axe,
        [
            "/admin/",
            *(reverse(f"admin:{model}_changelist") for model in models),
            *(
                reverse(
                    f"admin:{instance._meta.label_lower.replace('.', '_')}_change",
                    args=[instance.pk],
                )
                for instance in (
                    call,
                    answer,
                    draft,
                    answer.structure,
                    answer.contact,
                    Mail.objects.get(),
                )
            ),
            reverse("admin:assises_page_add"),
            reverse("admin:assises_user_add"),
            reverse("admin:submissions_application_history", args=[answer.pk]),
        ],
    )

    assert found == {}


def test_a_member_sees_an_empty_desk_without_violation(page, axe):
    enter(page, member("Comité"))

    assert looked_at(page, axe, ["/admin/"]) == {}
