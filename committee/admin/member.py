"""How do organisers seat the committee, and write their conflicts of interest?"""

from django import forms
from django.db.models import Q

from assises.admin.base import AssisesModelAdmin, Section, as_column
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
        for name, rows in _offered_rows(self.instance).items():
            if name in self.fields:
                self.fields[name].queryset = rows

    def clean_user(self):
        user = self.cleaned_data["user"]
        if user.is_superuser or roles_of(user) & APART:
            raise forms.ValidationError(
                "Cette personne organise, ou lit toutes les réponses\u00a0: elle ne siège pas au comité."
            )
        return user


def _offered_rows(member):
    """Return field → rows that the page of ``member`` lets choose from."""
    # A conflict with a structure merged since is kept: it is the same people.
    own = Member.structures.through.objects.filter(member=member.pk)
    named = Candidacy.objects.filter(edition__is_current=True).values("pk")
    known = Contact.objects.filter(
        Q(applications__in=named)
        | Q(seconded_applications__in=named)
        | Q(members_in_conflict__isnull=False)
    )
    return {
        "user": User.objects.filter(is_active=True, is_staff=True).order_by(
            "search_text", "pk"
        ),
        "structures": Structure.objects.filter(
            Q(merged_into=None) | Q(pk__in=own.values("structure"))
        ).order_by("search_text", "pk"),
        "persons": known.distinct().order_by("search_text", "pk"),
    }


class MemberAdmin(AssisesModelAdmin):
    section = Section.TEAM
    form = MemberForm
    list_display = ["person", "role", "partner", "edition"]
    list_filter = ["edition", "role"]
    list_select_related = ["user", "partner", "edition"]
    ordering = ["edition", "user__search_text"]
    fieldsets = [
        (None, {"fields": ["user", "edition", "role", "partner"]}),
        (
            "Conflits d’intérêts",
            {
                "description": "Les dossiers de ces structures et de ces personnes, et"
                " ceux de la structure que le membre représente, lui sont cachés.",
                "fields": ["structures", "persons"],
            },
        ),
    ]

    person = as_column("user", "compte", str, ordering="user__search_text")

    def get_readonly_fields(self, request, obj=None):
        return ["user", "edition"] if obj else []

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        member, told = form.instance, {"by": request.user, "at": request.at}
        seats.give_role(member)
        recusals.apply(member, **told)
        if member.edition.is_unpublished(request.at):
            assignment.assign(member.edition, **told)
