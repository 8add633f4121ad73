"""Which role does a seat on the committee give?"""

from django.contrib.auth.models import Group

from assises.models import User
from assises.people.permissions import APART, COMMITTEE, Role
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


def apart(edition):
    """Return the members of ``edition`` who organise, or read every answer."""
    users = User.objects.filter(groups__name__in=APART).values("pk")
    members = Member.objects.of(edition).filter(user__in=users)
    return members.select_related("user").in_order()


def give_roles(edition):
    """Give every member of ``edition``, which becomes that of the moment, their role.

    It becomes so once nobody of them is :func:`apart`; whoever still is keeps that role
    alone.
    """
    members = Member.objects.of(edition).exclude(pk__in=apart(edition).values("pk"))
    for member in members.select_related("user", "edition"):
        give_role(member)
