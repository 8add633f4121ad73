"""Which role does a seat on the committee give?"""

from django.contrib.auth.models import Group

from assises.permissions import COMMITTEE, Role

ROLES = {"member": Role.MEMBERS, "chair": Role.CHAIR}


def give_role(member):
    """Give the account of ``member`` the role of its seat, and no other of the committee."""
    role = ROLES[member.role]
    others = Group.objects.filter(name__in=COMMITTEE - {role})
    member.user.groups.remove(*others)
    member.user.groups.add(Group.objects.get(name=role))
