"""Which roles exist in the team, and what may each of them see or do?"""

from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import TextChoices


class Role(TextChoices):
    """A role is a group of the same name."""

    ORGANISERS = "Organisation"
    CHAIR = "Présidence du comité"
    MEMBERS = "Comité"
    READERS = "Lecture"
    DESK = "Accueil"


COMMITTEE = frozenset({Role.CHAIR, Role.MEMBERS})
# Either would show what a conflict of interest hides: nobody of the committee has one of them.
APART = frozenset({Role.ORGANISERS, Role.READERS})

# What each role is for, in one sentence beside its box.
PURPOSES = {
    Role.ORGANISERS: "Règle l’édition et les pages, lit et corrige toutes les réponses,"
    " suit les courriels, ouvre les comptes.",
    Role.CHAIR: "Siège au comité et le préside.",
    Role.MEMBERS: "Évalue les actions proposées pour la matinée.",
    Role.READERS: "Lit les réponses envoyées, sans les noms ni les adresses, et ne change"
    " rien.",
    Role.DESK: "Accueille les personnes le jour des Assises.",
}

# Model → verbs. Nobody deletes what somebody sent, received or did; the journal,
# mails, links and jobs move by processes only. The committee and the desk have
# screens of their own, and no stock page.
ALLOWED = {
    Role.ORGANISERS: {
        "assises.edition": "view add change",
        "assises.partner": "view add change delete",
        "assises.page": "view add change delete",
        "assises.term": "view add change",
        "assises.commune": "view change",
        "assises.structure": "view add change",
        "assises.contact": "view add change",
        "assises.invitation": "view add change",
        "assises.guest": "view add change delete",
        "assises.suggestion": "view",
        "assises.accesslink": "view",
        "assises.mail": "view",
        "assises.job": "view",
        "assises.event": "view",
        "assises.user": "view add change",
        "assises.rolegroup": "view",
        "submissions.application": "view change",
        "submissions.snapshot": "view",
        "committee.criterion": "view add change delete",
        "committee.member": "view add change",
        "committee.review": "follow type",
        "committee.decision": "view change export",
    },
    Role.CHAIR: {"committee.review": "evaluate follow", "committee.decision": "view"},
    Role.MEMBERS: {"committee.review": "evaluate"},
    Role.READERS: {
        "assises.edition": "view",
        "assises.partner": "view",
        "assises.page": "view",
        "assises.term": "view",
        "assises.commune": "view",
        "assises.structure": "view",
        "submissions.application": "view",
        "committee.criterion": "view",
        "committee.decision": "view",
    },
    Role.DESK: {},
}


def load_roles(packages):
    """Create the groups and give each exactly its permissions.

    The permissions that they are made of are created first: when Django tells a
    package that its tables exist, it has not always written its permissions yet.
    """
    for package in packages:
        create_permissions(package, verbosity=0)
    known = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in Permission.objects.select_related("content_type")
    }
    for role, models in ALLOWED.items():
        group, _ = Group.objects.get_or_create(name=role.value)
        group.permissions.set(
            known[name] for name in _codenames(models) if name in known
        )


def _codenames(models):
    """Yield ``(package, codename)`` for each verb of each model of ``models``."""
    for label, verbs in models.items():
        package, model = label.split(".")
        for verb in verbs.split():
            yield package, f"{verb}_{model}"


def roles_of(user):
    """Return the names of the roles of ``user``, read once per request."""
    if not hasattr(user, "_role_names"):
        user._role_names = frozenset(user.groups.values_list("name", flat=True))
    return user._role_names


# Who has it runs the edition, and may do what no verb of a model names.
ORGANISE = "assises.change_edition"


def organises(user):
    return user.has_perm(ORGANISE)
