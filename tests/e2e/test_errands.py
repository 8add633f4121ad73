"""The errands of the secretary, while somebody waits on the telephone: in how many clicks?

Typing is not counted; every press of a button, of a link or of a box is.
"""

from datetime import UTC, datetime

import pytest

from assises.models import Contact, Kind, Mail, Page
from assises.people.permissions import Role
from submissions.answering import steps
from submissions.models import Application
from tests.answers import link_of_last_mail
from tests.committee.factories import MemberFactory, ReviewFactory
from tests.e2e.gestures import follow
from tests.e2e.test_admin import enter
from tests.e2e.test_answering import CONTINUE, answer_step
from tests.factories import (
    WHILE_OPEN,
    ApplicationFactory,
    EditionFactory,
    MailFactory,
    PageFactory,
)
from tests.team import member


@pytest.fixture(autouse=True)
def call(settings, live_server):
    settings.CLOCK_SHIFT = WHILE_OPEN - datetime.now(UTC)  # noqa: TID251
    settings.SITE_URL = live_server.url
    return EditionFactory()


class Desk:
    """The browser of the secretary on the first page, which counts the clicks."""

    def __init__(self, page, *, width=1280):
        enter(page, member(Role.ORGANISERS))
        page.set_viewport_size({"width": width, "height": 800})
        page.goto("/admin/")
        self.page, self.clicks = page, 0

    def press(self, role, name, **options):
        self.clicks += 1
        follow(self.page.get_by_role(role, name=name, **options).first)

    def find(self, typed, title):
        self.page.get_by_label("Trouver un dossier").fill(typed)
        self.press("button", "Chercher")
        self.press("link", title)

    def says(self):
        return self.page.locator(".messages").inner_text()


@pytest.fixture
def answer():
    application = ApplicationFactory(
        key="C5XGAUVP",
        proposed=True,
        sent=True,
        kind=Kind.PROPOSE,
        title="L’œuf d’Étiolles",
        email="zoe@exemple.org",
        structure__name="Association Démo Comète",
    )
    Contact.objects.update(first_name="Zoé", last_name="Éluard")
    application.refresh_from_db()
    application.type("contact", {"first_name": ["Zoé"], "last_name": ["Éluard"]})
    application.repeat_typed()
    application.save()
    ApplicationFactory(declared=True, sent=True, title="Les fusées du lycée")
    return application


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "typed",
    ["eluard", "01 99 00 12 34", "Dossier n°\u00a0C5XG-AUVP", "comete"],
)
def test_somebody_who_calls_is_found_in_two_clicks(page, answer, typed, width):
    Contact.objects.exclude(pk=answer.contact_id).update(phone="+33199005678")
    desk = Desk(page, width=width)

    desk.find(typed, answer.title)

    assert "n°\u00a0C5XG-AUVP" in page.locator(".kicker").inner_text()
    assert page.get_by_role(
        "link", name="01\u202f99\u202f00\u202f12\u202f34"
    ).is_visible()
    assert desk.clicks == 2


def test_a_link_is_sent_again_in_one_click_from_the_dossier(page, answer):
    desk = Desk(page)
    desk.find("eluard", answer.title)

    desk.press("button", "Envoyer un lien")

    assert desk.says() == "Un lien part à zoe@exemple.org."
    assert Mail.objects.get().kind == "link_sent"
    assert desk.clicks == 3


def test_an_address_is_corrected_everywhere_in_two_clicks(page, answer):
    other = ApplicationFactory(declared=True, sent=True, email="zoe@exemple.org")
    desk = Desk(page)
    desk.find("C5XG", answer.title)

    desk.press("link", "Corriger l’adresse")
    page.get_by_label("Nouvelle adresse").fill("zoe@example.org")
    desk.press("button", "Corriger l’adresse")

    assert "2 courriels à zoe@example.org" in desk.says()
    assert "n°\u00a0C5XG-AUVP" in page.locator(".kicker").inner_text()
    both = Application.objects.filter(pk__in=[answer.pk, other.pk])
    assert set(both.values_list("email", flat=True)) == {"zoe@example.org"}
    assert desk.clicks == 4


def test_a_failed_mail_leads_to_its_correction_and_leaves_again(page, answer):
    failed = MailFactory(
        address="zoe@exemple.org",
        link_email="zoe@exemple.org",
        reference=answer.key,
        state=Mail.State.FAILED,
        error="550 5.1.1 user unknown",
    )
    desk = Desk(page)

    desk.press("link", "1 courriel en échec")
    assert "Cette adresse n’existe pas" in page.locator("main").inner_text()
    desk.press("link", "Corriger l’adresse")
    page.get_by_label("Nouvelle adresse").fill("zoe@example.org")
    desk.press("button", "Corriger l’adresse")

    failed.refresh_from_db()
    assert (failed.state, failed.address) == ("queued", "zoe@example.org")
    page.goto("/admin/")
    assert "en échec" not in page.locator("main").inner_text()
    assert desk.clicks == 3


def test_late_members_are_written_to_in_three_clicks(page, call, axe):
    for _ in range(2):
        user = member(Role.MEMBERS)
        ReviewFactory(member=MemberFactory(edition=call, user=user))
    desk = Desk(page)

    desk.press("link", "Avancement du comité")
    desk.press("link", "Écrire aux 2 membres à qui il reste des évaluations")
    assert "Rien n’est encore parti." in page.locator("main").inner_text()
    assert axe(page) == []
    desk.press("button", "Envoyer aux membres cochés")

    assert "2 courriels à envoyer" in desk.says()
    assert desk.clicks == 3


def test_an_answer_is_noted_while_it_is_dictated(page, open_page, axe):
    desk = Desk(page)

    desk.press("link", "Saisir une réponse reçue par téléphone")
    assert axe(page) == []
    page.get_by_label("Adresse électronique de la personne").fill("zoe@example.org")
    page.get_by_label("Participer").check()
    desk.press("button", "Commencer la saisie")
    assert "Vous saisissez pour zoe@example.org." in page.locator("main").inner_text()
    for slug in steps.PATHS[Kind.PARTICIPATE]:
        if slug != steps.LAST:
            answer_step(page, slug)
            follow(page.locator(CONTINUE))
    desk.press("button", "Envoyer", exact=True)
    desk.press("link", "Revenir au dossier")

    assert "non confirmée" in page.locator(".person").inner_text()
    assert desk.clicks == 4
    hers = open_page("phone")
    hers.goto(f"/acces/{link_of_last_mail('zoe@example.org')}/")
    follow(hers.get_by_role("button", name="Continuer"))
    assert Application.objects.get().is_confirmed


def test_the_call_is_extended_once_what_changes_was_read(page, call, axe):
    PageFactory(title="Modalités", body="Répondez jusqu’au 31 mai 2027 inclus.")
    desk = Desk(page)

    desk.press("link", "Prolonger l’appel")
    page.get_by_label("Nouveau dernier jour").fill("2027-06-15")
    desk.press("button", "Voir ce qui change")
    assert "Répondez jusqu’au 15\u00a0juin\u00a02027 inclus." in (
        page.locator("main").inner_text()
    )
    assert axe(page) == []
    desk.press("button", "Prolonger jusqu’au mardi 15\u00a0juin 2027")

    assert "L’appel est prolongé jusqu’au mardi 15\u00a0juin 2027" in desk.says()
    assert "15\u00a0juin" in Page.objects.get().body
    assert desk.clicks == 3
