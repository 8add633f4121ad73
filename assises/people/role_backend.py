"""Who knows which password, and what may they do?"""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission


class RoleBackend(ModelBackend):
    """Rights come from roles alone: none is given to one person, none is looked for."""

    def _get_user_permissions(self, user_obj):
        return Permission.objects.none()
