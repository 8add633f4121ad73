"""How are the structures and their contacts found, and corrected?"""

from django.contrib import admin, messages
from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef
from django.shortcuts import redirect
from django.urls import path

from assises.admin import following, merging
from assises.admin.base import (
    EVERYWHERE,
    AssisesModelAdmin,
    ReadOnlyAdmin,
    Section,
    as_column,
    either,
)
from assises.french import dates, phones
from assises.french.numbers import plural
from assises.guests import outreach
from assises.guests.merging import last_merge
from assises.models import (
    Commune,
    Contact,
    Invitation,
    Mail,
    Structure,
    Suggestion,
)

# What the page of one structure shows of its mails: the last ones.
MOST_MAILS = 50


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


class DepartementFilter(SimpleListFilter):
    """Its number is how the code of each of its communes begins."""

    title = "département du siège"
    parameter_name = "departement"

    def lookups(self, request, model_admin):
        numbers = sorted({code[:2] for code, _ in communes(request)})
        return [(number, number) for number in numbers]

    def queryset(self, request, queryset):
        return (
            queryset.filter(seat__insee__startswith=self.value())
            if self.value()
            else queryset
        )


class InvitedFilter(SimpleListFilter):
    title = "invitation"
    parameter_name = "invitee"

    def lookups(self, request, model_admin):
        return [("oui", "Invitées"), ("non", "Pas invitées")]

    def queryset(self, request, queryset):
        invited = queryset.invited(request.site.edition)
        if self.value() == "oui":
            return invited
        keys = invited.order_by().values("pk")
        return queryset.exclude(pk__in=keys) if self.value() else queryset


class WaitingFilter(SimpleListFilter):
    title = "suite"
    parameter_name = "suite"

    def lookups(self, request, model_admin):
        return [("attente", "À examiner")]

    def queryset(self, request, queryset):
        return queryset.waiting() if self.value() else queryset


class MergedFilter(SimpleListFilter):
    """Leave out what was merged, unless it is asked for."""

    title = "fusion"
    parameter_name = "fusion"

    def lookups(self, request, model_admin):
        return [("oui", "Fusionnées avec une autre")]

    def queryset(self, request, queryset):
        if self.value() == "oui":
            return queryset.exclude(merged_into=None)
        return queryset.unmerged()


@admin.register(Structure)
class StructureAdmin(AssisesModelAdmin):
    section = Section.ANSWERS
    rank = 2
    list_display = ["name", "kind", "seat_name", "in_directory"]
    list_filter = ["kind", SeatFilter, DepartementFilter, "listed"]
    # Of the work of organisers: nobody else reads it.
    organising_filters = [InvitedFilter]
    list_select_related = ["seat"]
    change_form_template = "admin/assises/structure/change_form.html"
    actions = ["merge_two", *following.ACTIONS]
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

    def get_urls(self):
        pages = {
            "doublons/": (merging.duplicates, "duplicates"),
            "<int:pk>/fusionner/<int:merged>/": (merging.merge_structures, "merge"),
            "<int:pk>/separer/": (merging.part_structures, "part"),
            "<int:pk>/suivi/": (following.follow_structure, "follow"),
        }
        screens = [
            path(address, view, name=f"assises_structure_{name}")
            for address, (view, name) in pages.items()
        ]
        return [*screens, *super().get_urls()]

    def get_list_filter(self, request):
        """End with the one that leaves out, by itself, what was merged."""
        organising = self.has_organise_permission(request)
        own = self.organising_filters if organising else []
        return [*self.list_filter, *own, MergedFilter]

    def get_queryset(self, request):
        structures = super().get_queryset(request).defer("seat__outline")
        merged = Structure.objects.filter(merged_into=OuterRef("pk"))
        structures = structures.annotate(has_merged=Exists(merged))
        if request.user.has_perm("assises.view_contact"):
            return structures
        return structures.named()

    @admin.display(description="siège", ordering="seat__sort_name")
    def seat_name(self, structure):
        return structure.seat_label

    @admin.action(description="Fusionner deux structures", permissions=["organise"])
    def merge_two(self, request, structures):
        keys = structures.order_by("pk").values_list("pk", flat=True)[:3]
        if len(keys) == 2:
            return redirect("admin:assises_structure_merge", *keys)
        self.message_user(
            request, "Cochez deux structures, ni plus ni moins.", messages.WARNING
        )
        return None

    def render_change_form(self, request, context, obj=None, **options):
        organising = obj is not None and self.has_organise_permission(request)
        context["known"] = (
            self.known_of(obj, request.site.edition, request.user) if organising else {}
        )
        return super().render_change_form(request, context, obj=obj, **options)

    def known_of(self, structure, edition, by):
        """Return what organisers know of ``structure``, beside what it says of itself."""
        mails = Mail.objects.filter(contact__structure=structure).defer("body")
        return {
            "people": structure.contacts.all().each_address_once(),
            "notes": structure.notes.select_related("by"),
            "invitations": Invitation.objects.of_structure(structure).select_related(
                "edition", "structure"
            ),
            "mails": mails.order_by("-created_at", "pk")[:MOST_MAILS],
            "merge": structure.has_merged and last_merge(structure),
        }


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

    def get_readonly_fields(self, request, obj=None):
        """Choose the structure of a new contact; the links of the page of one lead here."""
        fields = super().get_readonly_fields(request, obj)
        return fields if obj else [name for name in fields if name != "structure"]

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        unknown = () if obj else ("email_confirmed_at", "agreed")
        return [name for name in fields if name not in unknown]

    def formfield_for_foreignkey(self, db_field, request, **options):
        options["queryset"] = Structure.objects.unmerged().order_by("search_text", "pk")
        return super().formfield_for_foreignkey(db_field, request, **options)

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


@admin.register(Suggestion)
class SuggestionAdmin(ReadOnlyAdmin):
    """What the public signals: accepted, it is a structure to contact."""

    section = Section.ANSWERS
    list_display = ["name", "commune", "website", "signalled", "became"]
    list_filter = [WaitingFilter]
    list_select_related = ["commune", "structure"]
    ordering = ["-at"]
    search_fields = ["search_text"]
    search_help_text = "Nom ou site internet."
    actions = ["accept", "leave_aside"]
    fields = list_display
    signalled = as_column("at", "signalée")

    def get_queryset(self, request):
        return super().get_queryset(request).defer("commune__outline")

    @admin.display(description="suite")
    def became(self, suggestion):
        if suggestion.structure_id:
            return f"acceptée{dates.NBSP}: {suggestion.structure}"
        return "écartée" if suggestion.refused_at else "à examiner"

    @admin.action(description="Accepter", permissions=["organise"], location=EVERYWHERE)
    def accept(self, request, suggestions):
        edition, who = request.site.edition, {"by": request.user, "at": request.at}
        accepted = [
            outreach.accept_suggestion(suggestion, edition=edition, **who)
            for suggestion in suggestions
        ]
        self.tell(request, len(list(filter(None, accepted))), "À contacter")

    @admin.action(description="Écarter", permissions=["organise"], location=EVERYWHERE)
    def leave_aside(self, request, suggestions):
        who = {"by": request.user, "at": request.at}
        refused = [outreach.refuse_suggestion(each, **who) for each in suggestions]
        self.tell(request, sum(refused), "Écartées")

    def tell(self, request, count, what):
        if count:
            told = f"{what}{dates.NBSP}: {count} structure{plural(count)}."
            self.message_user(request, told, messages.SUCCESS)
        else:
            told = "Rien n’a changé\u00a0: seule une structure à examiner se traite."
            self.message_user(request, told, messages.WARNING)
