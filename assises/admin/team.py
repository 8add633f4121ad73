"""Who is in the team, in which role, and how does one get in again?"""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError

from assises import mails
from assises.admin.base import (
    EMPTY,
    EVERYWHERE,
    AssisesModelAdmin,
    ReadOnlyAdmin,
    Section,
    as_column,
    either,
)
from assises.admin.forms import AssisesForm
from assises.admin.screens import show_screen
from assises.models import RoleGroup, User
from assises.people import accounts
from assises.people.permissions import APART, COMMITTEE, PURPOSES


class UserForm(AssisesForm):
    """An account and its roles."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if groups := self.fields.get("groups"):
            groups.required = not self.instance.is_superuser
            groups.help_text = "Un compte sans rôle n’ouvre aucune page."
            groups.error_messages["required"] = "Cochez au moins un rôle."
            groups.choice_hints = {
                str(group.pk): PURPOSES[group.name]
                for group in groups.queryset
                if group.name in PURPOSES
            }

    def clean_groups(self):
        groups = self.cleaned_data["groups"]
        names = {group.name for group in groups}
        if names & COMMITTEE and names & APART:
            raise ValidationError(
                "Une même personne ne peut pas organiser, ou lire toutes les réponses, et"
                " siéger au comité."
            )
        return groups


@admin.register(User)
class UserAdmin(AssisesModelAdmin):
    """Accounts are closed, not deleted: the journal stays readable."""

    section = Section.TEAM

    form = UserForm
    list_display = ["person", "email", "roles", "open", "last_visit"]
    list_filter = ["groups", "is_active"]
    ordering = ["search_text"]
    search_fields = ["search_text"]
    search_help_text = "Nom ou adresse électronique."
    actions = ["give_password", "forget_devices"]
    fields = ["email", "first_name", "last_name", "groups", "is_active", "last_visit"]
    readonly_fields = ["last_visit"]
    last_visit = as_column("last_login", "dernière connexion")
    open = either("is_active", "compte", yes="actif", no="fermé")

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_fields(self, request, obj=None):
        if obj is None:
            return ["email", "first_name", "last_name", "groups"]
        return super().get_fields(request, obj)

    def has_change_permission(self, request, obj=None):
        """Keep who may do everything out of reach of who may not."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        """Nobody shuts themself out, nor changes their own role."""
        if obj is not None and obj.pk == request.user.pk:
            return [*self.readonly_fields, "groups", "is_active"]
        return self.readonly_fields

    def save_model(self, request, obj, form, change):
        obj.is_staff = True
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            told = {"edition": request.site.edition, "at": request.at}
            mails.account_address_changed(obj, former=form.initial["email"], **told)

    def save_related(self, request, form, formsets, change):
        """Ask the second factor anew of whoever is given a role."""
        super().save_related(request, form, formsets, change)
        former = set(form.initial.get("groups", []))
        if change and set(form.cleaned_data.get("groups", former)) - former:
            accounts.forget_devices(form.instance, by=request.user, at=request.at)

    def response_add(self, request, obj, post_url_continue=None):
        password = accounts.give_password(obj, by=request.user, at=request.at)
        return self.show_passwords(request, [(obj, password)])

    def reachable(self, request, queryset):
        """Return the accounts of ``queryset``, but their own, that ``request.user`` may reopen."""
        others = queryset.exclude(pk=request.user.pk)
        return [user for user in others if self.has_change_permission(request, user)]

    def show_passwords(self, request, passwords):
        """Show temporary passwords, this once: nothing keeps them."""
        return show_screen(
            request,
            "admin/assises/user/passwords.html",
            title="Mot de passe provisoire",
            passwords=passwords,
        )

    @admin.action(
        description="Donner un mot de passe provisoire",
        permissions=["change"],
        location=EVERYWHERE,
    )
    def give_password(self, request, queryset):
        passwords = [
            (user, accounts.give_password(user, by=request.user, at=request.at))
            for user in self.reachable(request, queryset)
        ]
        if not passwords:
            self.message_user(
                request,
                "Les vôtres se changent par « Mot de passe » et « Second facteur », en haut.",
                messages.WARNING,
            )
            return None
        return self.show_passwords(request, passwords)

    @admin.action(
        description="Effacer le second facteur",
        permissions=["change"],
        location=EVERYWHERE,
    )
    def forget_devices(self, request, queryset):
        for user in self.reachable(request, queryset):
            accounts.forget_devices(user, by=request.user, at=request.at)
        # Their former password sets up no application: this one does.
        return self.give_password(request, queryset)

    @admin.display(description="personne", ordering="search_text")
    def person(self, user):
        return str(user)

    @admin.display(description="rôles")
    def roles(self, user):
        return ", ".join(group.name for group in user.groups.all()) or EMPTY


@admin.register(RoleGroup)
class RoleGroupAdmin(ReadOnlyAdmin):
    """Roles are written in ``assises/people/permissions.py``, and read here."""

    section = Section.TEAM

    list_display = ["name", "people"]
    ordering = ["name"]
    fields = ["name", "purpose", "people"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("user_set")

    @admin.display(description="personnes")
    def people(self, group):
        return ", ".join(str(user) for user in group.user_set.all()) or EMPTY

    @admin.display(description="ce que ce rôle permet")
    def purpose(self, group):
        return PURPOSES.get(group.name, EMPTY)
