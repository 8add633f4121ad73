"""Who signs in to the demonstration, and with which password?"""

import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import Group

from assises.models import User
from assises.people.permissions import Role
from assises.web import env
from committee.demonstration.invented import DOMAIN

TEAM = [
    ("organisation", "Camille", "Secrétariat", Role.ORGANISERS),
    ("presidence", "Solange", "Présidente", Role.CHAIR),
    ("lecture", "Octave", "Lecteur", Role.READERS),
    ("accueil", "Nina", "Accueil", Role.DESK),
    ("comite1", "Alice", "Comité", Role.MEMBERS),
    ("comite2", "Bruno", "Comité", Role.MEMBERS),
    ("comite3", "Chantal", "Comité", Role.MEMBERS),
    ("comite4", "Driss", "Comité", Role.MEMBERS),
    ("comite5", "Estelle", "Comité", Role.MEMBERS),
    ("comite6", "Farid", "Comité", Role.MEMBERS),
    ("comite7", "Gaëlle", "Comité", Role.MEMBERS),
    ("comite8", "Henri", "Comité", Role.MEMBERS),
]


def addresses():
    """Return ``(address, role)`` of every account."""
    return [(f"{name}@{DOMAIN}", role) for name, _, _, role in TEAM]


def create_accounts():
    """Create the accounts with their roles; nobody signs in to them yet."""
    for name, first_name, last_name, role in TEAM:
        user = User.objects.create(
            email=f"{name}@{DOMAIN}",
            first_name=first_name,
            last_name=last_name,
            is_staff=True,
        )
        user.groups.add(Group.objects.get(name=role.value))


def password():
    """Return ``DEMO_PASSWORD``, or one made once and kept beside the database."""
    path = Path(settings.VAR_DIR) / "mot-de-passe.txt"
    if chosen := env.text("DEMO_PASSWORD"):
        return chosen
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(9))
    return path.read_text().strip()


def give_password(password):
    """Give ``password`` to all the accounts.

    One hash serves all: twelve would cost five seconds at each start, and a hash
    that does not change keeps people signed in from one start to the next.
    """
    team = User.objects.filter(email__in=[address for address, _ in addresses()])
    hashes = set(team.values_list("password", flat=True))
    if len(hashes) > 1 or not check_password(password, hashes.pop()):
        team.update(password=make_password(password), password_is_temporary=False)
