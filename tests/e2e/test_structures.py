"""The structures of the territory in a browser: found, imported, merged, called, signalled."""

from datetime import UTC, datetime

import pytest

from assises.models import Note, Structure, Suggestion
from submissions.models import Application
from tests.assises.test_table_files import csv_of
from tests.e2e.gestures import follow
from tests.e2e.test_errands import Desk
from tests.factories import (
    WHILE_OPEN,
    ApplicationFactory,
    ContactFactory,
    EditionFactory,
    InvitationFactory,
    MailFactory,
    OutreachFactory,
    StructureFactory,
)

ROWS = [
    ["Nom", "Commune", "Courriel", "Humeur"],
    ["Club Nébuleuse", "Cesson", "zoe@example.org", "bonne"],
    ["Galaxie", "Atlantis", "max@example.org", ""],
]


@pytest.fixture(autouse=True)
def call(settings, live_server):
    settings.CLOCK_SHIFT = WHILE_OPEN - datetime.now(UTC)  # noqa: TID251
    settings.SITE_URL = live_server.url
    return EditionFactory()


@pytest.fixture
def structure(call):
    """One of which everything is known, and one that looks like it."""
    structure = StructureFactory(name="Club Comète")
    contact = ContactFactory(structure=structure, email="zoe@example.org")
    MailFactory(contact=contact)
    InvitationFactory(structure=structure, contact=contact, edition=call)
    OutreachFactory(structure=structure, edition=call)
    InvitationFactory(structure=StructureFactory(name="CLUB COMETE"), contact=None)
    return structure


def main(page):
    return page.locator("main").inner_text()


def test_a_note_is_written_and_a_link_leads_to_an_answer(
    page, open_page, axe, structure
):
    desk = Desk(page)
    page.goto(f"/admin/assises/structure/{structure.pk}/change/")
    assert axe(page) == []

    desk.press("link", "Noter un échange")
    assert axe(page) == []
    page.get_by_label("contactée").check()
    page.get_by_label("Note").fill("Rappeler lundi.")
    desk.press("button", "Enregistrer")

    assert "Rappeler lundi." in main(page)
    assert Note.objects.get().by is not None
    page.get_by_text("Lien pour répondre de zoe@example.org").click()
    assert axe(page) == []
    link = page.locator("details[open] code").inner_text()
    page.goto(link)
    assert axe(page) == []
    theirs = open_page("phone", scripts=False)
    theirs.goto(link)
    assert "Camille, du secrétariat, vous a envoyé ce lien." in main(theirs)
    theirs.get_by_label("Participer").check()
    follow(theirs.get_by_role("button", name="Commencer"))
    assert Application.objects.get().structure == structure
    assert Application.objects.get().email == "zoe@example.org"


@pytest.mark.parametrize("scripts", [True, False])
def test_one_contact_is_made_of_two(open_page, axe, structure, scripts):
    ContactFactory(structure=structure, first_name="Z.", email="z@example.org")
    page = open_page("small", scripts=scripts)
    desk = Desk(page)
    page.goto(f"/admin/assises/structure/{structure.pk}/change/")

    desk.press("link", "Fusionner deux contacts")
    kept, merged = "Contact qui reste", "Contact qui disparaît"
    for group, email in ((kept, "zoe@example.org"), (merged, "z@example.org")):
        page.get_by_role("group", name=group).get_by_label(email).check()
    if scripts:
        assert axe(page) == []
    desk.press("button", "Comparer")
    if scripts:
        assert axe(page) == []
    desk.press("button", "Fusionner")

    assert "ne figure plus qu’une fois" in desk.says()
    assert [each.email for each in structure.contacts.all()] == ["zoe@example.org"]


def test_two_that_are_no_duplicates_are_told_apart(page, structure):
    desk = Desk(page)
    desk.press("link", "Doublons possibles")
    desk.press("link", "Club Comète et CLUB COMETE")

    desk.press("button", "Ce ne sont pas des doublons")

    assert "ne sont plus proposées ensemble" in desk.says()
    assert "Aucune structure ne ressemble à une autre." in main(page)


def test_two_structures_are_merged_and_parted(page, axe, structure):
    desk = Desk(page)

    desk.press("link", "Doublons possibles")
    assert axe(page) == []
    desk.press("link", "Club Comète et CLUB COMETE")
    assert axe(page) == []
    desk.press("button", "Fusionner")
    assert "est fusionnée avec" in desk.says()
    assert axe(page) == []
    assert Structure.objects.unmerged().count() == 1
    assert desk.clicks == 3

    desk.press("button", "Annuler la fusion")
    assert Structure.objects.unmerged().count() == 2


def test_a_list_is_imported_once_its_bad_lines_were_read(page, axe):
    desk = Desk(page)
    file = {"name": "liste.csv", "mimeType": "text/csv", "buffer": csv_of(ROWS)}

    desk.press("link", "Importer des structures")
    assert axe(page) == []
    page.get_by_label("Fichier CSV ou Excel").set_input_files(file)
    desk.press("button", "Lire le fichier")
    assert "Commune inconnue" in main(page)
    assert axe(page) == []
    page.get_by_label("Importer les bonnes lignes").check()
    desk.press("button", "Importer")

    assert "1 structure créée" in desk.says()
    assert Structure.objects.get().name == "Club Nébuleuse"
    assert desk.clicks == 3


def test_whom_the_call_has_not_reached(page, axe, structure):
    ApplicationFactory(sent=True, structure=structure)
    desk = Desk(page)

    desk.press("link", "Qui n’a pas répondu")

    assert "Communes sans réponse" in main(page)
    assert axe(page) == []


def test_the_list_is_filtered_on_a_phone_and_a_mail_is_held(page, axe, structure):
    desk = Desk(page)
    page.goto("/admin/assises/structure/?appel=non")
    assert axe(page) == []

    page.get_by_role("row", name="Club Comète").get_by_role("checkbox").check()
    action = page.locator("select[name=action]")
    action.select_option(label="Préparer le courriel de l’appel")
    desk.press("button", "Faire")

    assert "1 courriel à relire" in desk.says()


def test_a_structure_is_signalled_and_accepted(page, open_page, axe):
    theirs = open_page("phone", scripts=False)
    theirs.goto("/")
    follow(theirs.get_by_role("link", name="Signalez-la"))
    theirs.get_by_label("Nom de la structure").fill("Club Nébuleuse")
    follow(theirs.get_by_role("button", name="Signaler"))
    assert "Choisissez sa commune." in main(theirs)
    theirs.get_by_label("Commune").select_option("91228")
    follow(theirs.get_by_role("button", name="Signaler"))
    assert Suggestion.objects.get().name == "Club Nébuleuse"
    page.goto("/signaler/")
    assert axe(page) == []

    desk = Desk(page)
    desk.press("link", "structure signalée")
    assert axe(page) == []
    desk.press("link", "Club Nébuleuse")
    assert axe(page) == []
    page.get_by_label("Action").select_option(label="Accepter")
    desk.press("button", "Faire")

    assert Structure.objects.get().name == "Club Nébuleuse"
