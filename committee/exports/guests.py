"""Who comes, what do they eat, what is to be prepared: the lists of the day."""

from django.db.models import Sum

from assises.models import Guest, Invitation
from committee.exports.columns import NARROW, USUAL, WIDE, Column
from committee.exports.rows import Table

YES = {True: "oui", False: None}


def _of_people(name, header, width=USUAL):
    return Column(header, lambda guest: getattr(guest, name) or None, width)


def _ticked(name, header):
    return Column(header, lambda guest: YES[getattr(guest, name)], NARROW)


NAMED = [
    Column("Structure", lambda guest: str(guest.invitation), WIDE),
    _of_people("name", "Nom, ou groupe", WIDE),
    Column("Nombre", lambda guest: guest.headcount, NARROW),
    _of_people("function", "Fonction"),
    Column("À quel titre", lambda guest: guest.invitation.get_category_display()),
]
PARTICIPANTS = [
    *NAMED,
    _ticked("morning", "Matin"),
    _ticked("lunch", "Déjeuner"),
    _ticked("afternoon", "Après-midi"),
    _ticked("no_photo", "Pas de photo"),
]
ACCESS = [*NAMED, _of_people("access", "À prévoir", WIDE)]
MEALS = [
    Column("Repas", lambda row: Guest.Meal(row["meal"]).label, WIDE),
    Column("Nombre", lambda row: row["people"], NARROW),
]
LABELS = [
    Column("Structure", lambda row: str(row), WIDE),
    Column("Personne", lambda row: str(row.contact) if row.contact else None, WIDE),
    Column("Places", lambda row: row.seats, NARROW),
]


def _table(guests, columns):
    """Return the :class:`Table` of ``guests``, by structure then by name."""
    keys = guests.order_by("invitation__search_text", "search_text", "pk")

    def fetch(keys):
        rows = Guest.objects.select_related(
            "invitation__structure", "invitation__contact"
        )
        found = rows.in_bulk(keys)
        return [found[key] for key in keys if key in found]

    return Table(columns, list(keys.values_list("pk", flat=True)), fetch)


def _coming(sight):
    return Guest.objects.coming().filter(invitation__edition=sight.edition)


def participant_rows(sight):
    return _table(_coming(sight), PARTICIPANTS)


def access_rows(sight):
    return _table(_coming(sight).exclude(access=""), ACCESS)


def meal_rows(sight):
    """Return how many people eat what: no name."""
    eating = _coming(sight).filter(lunch=True).order_by("meal")
    counted = eating.values("meal").annotate(people=Sum("headcount"))
    return Table(MEALS, list(counted), list)


def label_rows(sight):
    """Return the invitations that stand: what envelopes are made of."""
    standing = Invitation.objects.of(sight.edition).standing().order_by("search_text")

    def fetch(keys):
        found = Invitation.objects.select_related("structure", "contact").in_bulk(keys)
        return [found[key] for key in keys if key in found]

    return Table(LABELS, list(standing.values_list("pk", flat=True)), fetch)
