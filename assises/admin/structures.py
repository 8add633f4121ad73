"""How are the structures and their contacts found, and corrected?"""

from django.contrib import admin
from django.contrib.admin import SimpleListFilter

from assises.admin.base import AssisesModelAdmin, Section, as_column, either
from assises.french import dates, phones
from assises.models import Commune, Contact, Structure


def communes(request):
    """Return the choices of every commune filter, read once per request."""
    if not hasattr(request, "commune_choices"):
        listed = Commune.objects.in_order().values_list("pk", "name")
        request.commune_choices = list(listed)
    return request.commune_choices


class SeatFilter(SimpleListFilter):
    """Where the structure has its seat; ``path`` leads from the row to the structure."""

    title = "commune du siège"
    parameter_name = "siege"
    path = ""
    ELSEWHERE = "ailleurs"

    def lookups(self, request, model_admin):
        return [*communes(request), (self.ELSEWHERE, "Hors du territoire")]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        if self.value() == self.ELSEWHERE:
            return queryset.filter(**{f"{self.path}seat_elsewhere": True})
        return queryset.filter(**{f"{self.path}seat": self.value()})


@admin.register(Structure)
class StructureAdmin(AssisesModelAdmin):
    section = Section.ANSWERS
    rank = 2
    list_display = ["name", "kind", "seat_name", "in_directory"]
    list_filter = ["kind", SeatFilter]
    list_select_related = ["seat"]
    ordering = ["search_text"]
    search_fields = ["search_text"]
    search_help_text = "Nom, SIRET, RNA ou UAI. Sans souci d’accents ni de majuscules."
    fields = [
        "name",
        "kind",
        "seat",
        "seat_elsewhere",
        "website",
        "about",
        "siret",
        "rna",
        "uai",
        "listed",
        "merged_into",
    ]
    readonly_fields = ["merged_into"]
    in_directory = either("listed", "annuaire")

    def get_queryset(self, request):
        structures = super().get_queryset(request).defer("seat__outline")
        if request.user.has_perm("assises.view_contact"):
            return structures
        return structures.named()

    @admin.display(description="siège", ordering="seat__sort_name")
    def seat_name(self, structure):
        return structure.seat_label


@admin.register(Contact)
class ContactAdmin(AssisesModelAdmin):
    section = Section.ANSWERS

    list_display = ["person", "of_structure", "email", "confirmed", "telephone"]
    list_select_related = ["structure"]
    ordering = ["search_text"]
    search_fields = ["search_text", "structure__search_text"]
    search_help_text = "Nom, adresse électronique, téléphone ou structure."
    fields = [
        "structure",
        "first_name",
        "last_name",
        "function",
        "status",
        "email",
        "email_confirmed_at",
        "phone",
        "agreed",
    ]
    readonly_fields = ["structure", "email_confirmed_at", "agreed"]
    confirmed = as_column(
        "email_confirmed_at", "adresse confirmée", none="non confirmée"
    )
    of_structure = as_column(
        "structure", "structure", str, ordering="structure__search_text"
    )
    telephone = as_column("phone", "téléphone", phones.spoken)

    @admin.display(description="personne", ordering="search_text")
    def person(self, contact):
        return str(contact)

    @admin.display(description="accords donnés")
    def agreed(self, contact):
        """Tell the consents of the person, who alone gives them and takes them back."""
        columns = [
            contact._meta.get_field(name) for name in ("shows_email", *Contact.consents)
        ]
        return "\n".join(
            f"{column.verbose_name}{dates.NBSP}:"
            f" {'oui' if column.value_from_object(contact) else 'non'}"
            for column in columns
        )
