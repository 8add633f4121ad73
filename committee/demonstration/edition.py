"""What is the edition of the demonstration: its dates, its organisers, its pages?"""

from pathlib import Path
from string import Template

from assises.french import dates
from assises.models import Edition, Page, Partner, Territory
from committee import reference

SLUG = "demonstration"
DOMAIN = "example.org"
PAGES = Path(__file__).parent / "data" / "pages"

PARTNERS = [
    ("Planète Sciences", Partner.Role.INITIATIVE),
    ("Grand Paris Sud", Partner.Role.PARTNER),
    ("Ville d’Évry-Courcouronnes", Partner.Role.PARTNER),
    ("Université d’Évry Paris-Saclay", Partner.Role.HOST),
]
TITLES = {
    "texte-de-l-appel": "Texte complet de l’appel",
    "modalites": "Modalités de participation",
    "questions": "Questions fréquentes",
    "informations-pratiques": "Informations pratiques",
}
IDENTITIES = {
    "contact_name": "Secrétariat des Assises (démonstration)",
    "contact_email": "secretariat@example.org",
    "contact_phone": "01 99 00 12 34",
    "contact_hours": "du lundi au vendredi, de 9 h à 17 h",
    "press_contact": "Presse (démonstration), presse@example.org, 01 99 00 12 35",
    "dpo_contact": "Protection des données (démonstration), donnees@example.org",
    "publisher_name": "Association éditrice fictive (démonstration)",
    "publisher_address": "1 rue de l’Exemple, 00000 Démo-sur-Seine",
    "publisher_phone": "01 99 00 12 30",
    "publisher_number": "aucun : structure fictive",
    "publication_director": "Personne fictive (démonstration)",
    "host_name": "Hébergeur fictif (démonstration)",
    "host_address": "2 rue de l’Exemple, 00000 Démo-sur-Seine",
    "host_phone": "01 99 00 12 31",
}


def load_edition(calendar):
    """Create the edition with its criteria, partners and pages."""
    edition = Edition(
        title=f"Assises de la culture scientifique et technique {calendar.year}",
        slug=SLUG,
        territory=Territory.objects.get(),
        is_current=True,
        venue="Université d’Évry Paris-Saclay",
        address="Évry-Courcouronnes",
        capacity=180,
        **calendar._asdict(),
        **IDENTITIES,
    )
    edition.full_clean()
    edition.save()
    reference.copy_criteria(edition)
    _load_partners(edition)
    _load_pages(edition)
    return edition


def _load_partners(edition):
    Partner.objects.bulk_create(
        Partner(edition=edition, name=name, role=role, order=order)
        for order, (name, role) in enumerate(PARTNERS)
    )


def _load_pages(edition):
    """Write the missing pages, with the dates of ``edition`` in their places."""
    places = {
        "jour": f"le {dates.day(edition.held_on)}",
        "cloture": dates.deadline(edition.closes_at),
        "cloture_recensement": dates.deadline(edition.inventory_closes_at),
    }
    for order, (slug, title) in enumerate(TITLES.items()):
        body = (PAGES / f"{slug}.md").read_text(encoding="utf-8")
        defaults = {
            "title": title,
            "order": order,
            "body": Template(body).substitute(places),
        }
        Page.objects.get_or_create(slug=slug, defaults=defaults)
