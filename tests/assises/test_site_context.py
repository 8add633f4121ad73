"""Is what every page reads kept, and never a moment longer than it is true?"""

import pytest
from django.core.exceptions import FieldFetchBlocked

from assises.models import Commune, Edition, Term, Territory
from assises.web import site_context
from assises.web.site_context import Site
from assises.web.watched import REFERENCE
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]

CHANGES = {
    "edition": lambda: Edition.objects.update(title="Autres Assises"),
    "no edition": lambda: Edition.objects.update(is_current=False),
    "territory": lambda: Territory.objects.update(credit="Autre source"),
    "partner": lambda: factories.PartnerFactory(),
    "page": lambda: factories.PageFactory(),
    "commune": lambda: Commune.objects.filter(pk="91225").update(name="Autre"),
    "term": lambda: Term.objects.update(label="Autre terme"),
    "term left": lambda: Term.objects.update(active=False),
}


def told():
    """Return all that the next request reads, as texts."""
    kept = Site().reference
    rows = [kept.edition, *kept.partners, *kept.pages, *kept.communes, *kept.terms]
    territory = kept.edition and kept.edition.territory.credit
    return [*map(str, rows), territory, kept.footer]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_in_the_very_next_request(change):
    before = told()

    change()
    after = told()

    Site.kept = None
    assert before != after == told()


def test_the_foot_of_a_page_tells_a_partner_at_once(client):
    before = client.get("/candidature/").text

    factories.PartnerFactory(name="Planétarium Démo")

    assert "Planétarium Démo" not in before
    assert "Planétarium Démo" in client.get("/candidature/").text


def test_it_costs_one_query_while_nothing_changes(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = told()

    assert found == told()


def test_what_is_written_while_it_is_read_is_not_kept(monkeypatch):
    """It was written, then taken back: the tables hold the same, and not what was read."""
    read, terms = site_context._read, Term.objects.filter(code="robotique")
    before, Site.kept = told(), None

    def overtaken(rows):
        terms.update(label="Autre terme")
        return read(rows)

    with monkeypatch.context() as patched:
        patched.setattr(site_context, "_read", overtaken)
        assert told() != before
    terms.update(label="Robotique")

    assert told() == before


def test_one_request_changes_the_edition_of_no_other():
    title = Site().edition.title

    Site().edition.title = "Pour celle-ci seule"

    assert Site().edition.title == title


def test_a_row_that_requests_share_hides_no_query():
    """What it would read besides is watched by nobody, and would grow old."""
    factories.PartnerFactory(structure=factories.StructureFactory())
    partner = Site().partners[0]

    with pytest.raises(FieldFetchBlocked):
        _ = partner.structure


def test_all_that_is_kept_is_watched():
    kept = Site().reference
    rows = [kept.edition, *kept.partners, *kept.pages, *kept.communes, *kept.terms]

    assert {type(row) for row in rows} <= set(REFERENCE)
    assert {Edition, Commune, Term} <= {type(row) for row in rows}
