"""Which role does a seat on the committee give?"""

from django.contrib.auth.models import Group

from assises.permissions import APART, COMMITTEE, Role, roles_of
from committee.models import Member

ROLES = {Member.Role.MEMBER: Role.MEMBERS, Member.Role.CHAIR: Role.CHAIR}


def give_role(member):
    """Give the account of ``member`` the role of its seat, and no other of the committee.

    A seat in an edition that is not the one of the moment changes nothing today.
    """
    if not member.edition.is_current:
        return
    role = ROLES[member.role]
    others = Group.objects.filter(name__in=COMMITTEE - {role})
    member.user.groups.remove(*others)
    member.user.groups.add(Group.objects.get(name=role))


def give_roles(edition):
    """Give every member of ``edition``, which becomes that of the moment, their role.

    Whoever organises or reads every answer by now keeps that role alone.
    """
    for member in Member.objects.of(edition).select_related("user", "edition"):
        if not roles_of(member.user) & APART:
            give_role(member)
