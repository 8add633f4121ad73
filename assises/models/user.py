"""Who signs in: committee, organisers, readers, desk."""

from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    Group,
    PermissionsMixin,
)
from django.db import models
from django.db.models.functions import Lower

from assises import clock
from assises.french import text
from assises.models.base import Found, checked


def natural_key(email):
    """Return ``email`` as accounts are stored, found and throttled."""
    return text.less_unseen(email).strip().lower()


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        """Create somebody who signs in with ``email``, stored in lower case."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(
            email, password, **{"is_staff": True, "is_superuser": True, **fields}
        )

    def get_by_natural_key(self, email):
        """Find an account by the very key that throttles: databases fold « ſ » into « s »."""
        return self.get(email=natural_key(email))


@checked
class User(Found, AbstractBaseUser, PermissionsMixin):
    """A person of the team; applicants never have an account."""

    personal = {"email", "first_name", "last_name", "search_text"}

    email = models.EmailField(
        "adresse électronique",
        unique=True,
        error_messages={"unique": "Cette adresse a déjà un compte."},
    )
    first_name = models.TextField("prénom", max_length=200, blank=True)
    last_name = models.TextField("nom", max_length=200, blank=True)
    is_staff = models.BooleanField(
        "accède à l’administration",
        default=False,
        help_text="À cocher pour toute personne de l’équipe ou du comité.",
    )
    is_active = models.BooleanField(
        "compte actif",
        default=True,
        help_text="Décochez plutôt que de supprimer : l’historique reste lisible.",
    )
    groups = models.ManyToManyField(
        Group,
        blank=True,
        related_name="user_set",
        related_query_name="user",
        verbose_name="rôles",
    )
    date_joined = models.DateTimeField("compte créé le", default=clock.now)
    password_is_temporary = models.BooleanField(
        "mot de passe provisoire", default=False, editable=False
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = "compte"
        verbose_name_plural = "comptes"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="assises_user_email_ci",
                violation_error_message="Cette adresse a déjà un compte.",
            ),
        ]

    def __str__(self):
        return f"{self.first_name} {self.last_name}".strip() or self.email

    def found_by(self):
        return self.last_name, self.first_name, self.email

    def get_short_name(self):
        return self.first_name or self.email


class RoleGroup(Group):
    """A role, as the administration calls what Django calls a group."""

    class Meta:
        proxy = True
        verbose_name = "rôle"
        verbose_name_plural = "rôles"
