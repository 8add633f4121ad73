"""Can the mailbox of the demonstration be used by everybody?"""

import pytest

from assises.french import text
from assises.mail import delivery
from tests.e2e.gestures import follow
from tests.factories import WHILE_OPEN, EditionFactory, MailFactory


@pytest.fixture
def box(settings, tmp_path):
    """A mailbox with more than one page of mails."""
    settings.DEMO = True
    settings.MAIL_DIR = tmp_path
    backend = {"BACKEND": "assises.mail.demonstration_mailbox.EmlBackend"}
    settings.MAILERS = {"default": backend | {"OPTIONS": {"directory": tmp_path}}}
    EditionFactory()
    MailFactory.create_batch(
        27,
        body=f"Bonjour,\n\nVotre lien\u00a0: {text.LINK_PLACE}\n",
        address="porteuse@example.org",
        link_email="porteuse@example.org",
    )
    delivery.deliver_due(WHILE_OPEN, limit=30)


@pytest.mark.usefixtures("box")
def test_mailbox_and_letter_have_no_violation(page, axe):
    page.goto("/boite-aux-lettres/")
    in_list = axe(page)
    follow(page.get_by_role("main").get_by_role("listitem").first.get_by_role("link"))
    in_letter = axe(page)

    assert (in_list, in_letter) == ([], [])
    assert page.get_by_role("heading", level=1).inner_text() == (
        "Votre réponse est bien reçue"
    )


@pytest.mark.usefixtures("box")
def test_letter_leads_to_the_site_again(page):
    page.goto("/boite-aux-lettres/?adresse=porteuse")
    follow(page.get_by_role("link", name="Plus anciens"))
    follow(page.get_by_role("main").get_by_role("listitem").last.get_by_role("link"))

    follow(page.get_by_role("article").get_by_role("link"))

    assert page.get_by_role("button", name="Continuer").is_visible()
