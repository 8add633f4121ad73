"""Who comes, what do they eat, what is to be prepared: the lists of the day."""

from django.db.models import Sum

from assises.models import Guest, Invitation
from committee.exports.columns import NARROW, USUAL, WIDE, Column, spoken_plainly
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
# Whom to call about a line: for who is told names alone.
CALLED = [
    Column("Contact", lambda guest: str(guest.invitation.contact or ""), WIDE),
    Column("Téléphone du contact", lambda guest: _phone_of(guest.invitation)),
]
ACCESS = [*NAMED, _of_people("access", "À prévoir", WIDE)]
MEALS = [
    Column("Repas", lambda row: Guest.Meal(row["meal"]).label, WIDE),
    Column("Nombre", lambda row: row["people"], NARROW),
]
LABELS = [
    Column("Structure", lambda row: str(row), WIDE),
    Column("Personne", lambda row: str(row.contact) if row.contact else None, WIDE),
    Column("Code postal", lambda row: _postal_code(_seat_of(row)), NARROW),
    Column("Commune", lambda row: str(_seat_of(row) or "")),
    Column("Places", lambda row: row.seats, NARROW),
]


def _phone_of(invitation):
    number = invitation.contact.phone if invitation.contact else ""
    return spoken_plainly(number) or None


def _seat_of(invitation):
    return invitation.structure.seat if invitation.structure else None


def _postal_code(commune):
    """Return the postal code of ``commune``, if it has one alone."""
    codes = commune.postal_codes.split() if commune else []
    return codes[0] if len(codes) == 1 else None


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
    called = CALLED if sight.named else []
    return _table(_coming(sight), [*PARTICIPANTS, *called])


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
        rows = Invitation.objects.select_related("structure__seat", "contact")
        found = rows.defer("structure__seat__outline").in_bulk(keys)
        return [found[key] for key in keys if key in found]

    return Table(LABELS, list(standing.values_list("pk", flat=True)), fetch)
