"""How do organisers seat the committee, and write their conflicts of interest?"""

from django import forms
from django.db.models import Q

from assises.admin.base import AssisesModelAdmin, Section
from assises.admin.forms import AssisesForm
from assises.models import Contact, Structure, User
from assises.people.permissions import APART, roles_of
from committee.models import Candidacy, Member
from committee.reviewing import assignment, recusals, seats


class MemberForm(AssisesForm):
    """Somebody of the team who has no hand in the answers."""

    class Meta:
        model = Member
        fields = ()

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if (structures := self.fields.get("structures")) and self.instance.pk:
            # A conflict with a structure merged since is kept: it is the same people.
            merged = Q(pk__in=self.instance.structures.values("pk"))
            structures.queryset = Structure.objects.filter(
                Q(merged_into=None) | merged
            ).order_by("name", "pk")

    def clean_user(self):
        user = self.cleaned_data["user"]
        if user.is_superuser or roles_of(user) & APART:
            raise forms.ValidationError(
                "Cette personne organise, ou lit toutes les réponses\u00a0: elle ne siège pas au comité."
            )
        return user


class MemberAdmin(AssisesModelAdmin):
    section = Section.TEAM
    form = MemberForm
    list_display = ["user", "role", "partner", "edition"]
    list_filter = ["edition", "role"]
    list_select_related = ["user", "partner", "edition"]
    ordering = ["edition", "user__last_name", "user__first_name"]
    fieldsets = [
        (None, {"fields": ["user", "edition", "role", "partner"]}),
        (
            "Liens",
            {
                "description": "Les dossiers de ces structures et de ces personnes, et"
                " ceux de la structure que le membre représente, lui sont cachés.",
                "fields": ["structures", "persons"],
            },
        ),
    ]

    def get_readonly_fields(self, request, obj=None):
        return ["user", "edition"] if obj else []

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.filter(
                is_active=True, is_staff=True
            ).order_by("last_name", "first_name", "email")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "structures":
            kwargs["queryset"] = Structure.objects.unmerged().order_by("name", "pk")
        if db_field.name == "persons":
            named = Candidacy.objects.filter(edition__is_current=True).values("pk")
            known = Contact.objects.filter(
                Q(applications__in=named)
                | Q(seconded_applications__in=named)
                | Q(members_in_conflict__isnull=False)
            )
            kwargs["queryset"] = known.distinct().order_by(
                "last_name", "first_name", "pk"
            )
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        seats.give_role(form.instance)
        recusals.apply(form.instance, by=request.user, at=request.at)
        assignment.catch_up(form.instance.edition, by=request.user, at=request.at)
