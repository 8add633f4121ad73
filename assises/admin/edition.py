"""How do organisers set the year, and who organises it?"""

from datetime import date
from itertools import pairwise

from django import forms
from django.contrib import admin, messages
from django.db.models import Max, Q
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html

from assises.admin.base import EMPTY, AssisesModelAdmin, as_column, either
from assises.admin.forms import AssisesForm
from assises.forms.fields import DayInput, MinutesField
from assises.french import dates
from assises.models import Edition, Page, Partner, Structure
from assises.models.edition import usual_talk_lengths
from assises.web import page_dates

YEARS = range(2020, 2100)
LONGEST_GRACE = 120
# Each of these days, if it is known, follows those before it or falls on one of them.
ORDERS = (
    ("first_day", "last_day", "reviews_due_on", "results_on", "held_on"),
    ("last_day", "inventory_last_day"),
    ("answers_until", "held_on"),
    ("results_on", "confirm_by", "held_on"),
    ("programme_on", "held_on"),
    ("quiet_from", "quiet_to"),
)


CALENDAR = [
    "first_day",
    "last_day",
    "inventory_last_day",
    "as_written",
    "grace_minutes",
    "reviews_due_on",
    "results_on",
    "results_published_at",
    "confirm_by",
    "programme_on",
    "programme_published_at",
    "quiet_from",
    "quiet_to",
    "answers_until",
    "held_on",
]


class EditionForm(AssisesForm):
    """The calendar as people say it: first day, last days accepted.

    Instants are kept (the midnight that follows a last day). What was not touched
    keeps its instant, even one in the middle of a day.
    """

    first_day = forms.DateField(label="Premier jour de l’appel", widget=DayInput)
    last_day = forms.DateField(
        label="Dernier jour accepté pour proposer une action à la matinée",
        help_text="Ouvert jusqu’à 23 h 59 ce jour-là.",
        widget=DayInput,
    )
    inventory_last_day = forms.DateField(
        label="Dernier jour accepté pour déclarer une action ou participer",
        help_text="Ouvert jusqu’à 23 h 59 ce jour-là. Il peut suivre de plusieurs mois le précédent.",
        widget=DayInput,
    )

    talk_lengths = MinutesField(
        initial=usual_talk_lengths,
        label="Durées proposées pour une présentation (minutes)",
        help_text="Par exemple : 8, 12, 15.",
    )

    INSTANTS = {
        "first_day": ("opens_at", dates.start_of, dates.local_day),
        "last_day": ("closes_at", dates.closing_after, dates.last_day_before),
        "inventory_last_day": (
            "inventory_closes_at",
            dates.closing_after,
            dates.last_day_before,
        ),
    }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        # Those of the other page: Django keeps all that a form declares.
        for name in self.declared_fields.keys() - set(self._meta.fields):
            del self.fields[name]
        for name, (column, _, day_of) in self.INSTANTS.items():
            instant = getattr(self.instance, column)
            if name in self.fields and instant is not None:
                self.initial[name] = day_of(instant)

    def clean(self):
        super().clean()
        self.refuse_far_away()
        self.refuse_reopening()
        for name, (column, instant_of, _) in self.INSTANTS.items():
            day = self.cleaned_data.get(name)
            if day is not None and name in self.changed_data:
                setattr(self.instance, column, instant_of(day))
        self.refuse_disorder()
        return self.cleaned_data

    def refuse_far_away(self):
        """Refuse a year or a tolerance that no page could show, nor any call need."""
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, date) and value.year not in YEARS:
                self.add_error(name, f"Entre {YEARS.start} et {YEARS.stop - 1}.")
        if (self.cleaned_data.get("grace_minutes") or 0) > LONGEST_GRACE:
            self.add_error("grace_minutes", f"{LONGEST_GRACE} minutes au plus.")

    def refuse_reopening(self):
        """Keep open a call that has opened: a first day to come would close its pages."""
        day, opened = self.cleaned_data.get("first_day"), self.instance.opens_at
        if day and opened and opened <= self.at < dates.start_of(day):
            told = "L’appel est déjà ouvert\u00a0: choisissez aujourd’hui ou un jour passé."
            self.add_error("first_day", told)

    def refuse_disorder(self):
        """Say beside its field which day of the year comes before another one."""
        days = dict(self.cleaned_data)
        for order in ORDERS:
            known = [name for name in order if days.get(name)]
            for before, name in pairwise(known):
                if days[name] < days[before]:
                    label, first = self.fields[before].label, dates.day(days[before])
                    told = f"Choisissez une date à partir du {first} («\u00a0{label}\u00a0»)."
                    self.add_error(name, told)

    def _get_validation_exclusions(self):
        # Django skips the constraints of columns that are not in the form: these are,
        # under other names.
        instants = {column for column, _, _ in self.INSTANTS.values()}
        excluded = super()._get_validation_exclusions()
        return excluded if self.errors else excluded - instants


def is_calendar(request):
    return request.resolver_match.url_name == "assises_edition_calendar"


def _day_of(day):
    """Return what shows the ``day`` of the form to who may not type it."""
    name, _, day_of_instant = EditionForm.INSTANTS[day]
    label = EditionForm.base_fields[day].label
    return as_column(name, label, lambda value: dates.day(day_of_instant(value)))


@admin.register(Edition)
class EditionAdmin(AssisesModelAdmin):
    rank = 1
    form = EditionForm
    change_form_template = "admin/assises/edition/change_form.html"
    list_display = ["title", "current", "call", "day"]
    ordering = ["-held_on"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "territory", "is_current"]}),
        (
            "Le jour des Assises",
            {
                "fields": [
                    "opening_time",
                    "closing_time",
                    "venue",
                    "address",
                    "capacity",
                    "seats_per_structure",
                ]
            },
        ),
        (
            "Matinée",
            {
                "fields": [
                    "morning_starts_at",
                    "morning_minutes",
                    "changeover_minutes",
                    "talk_lengths",
                ]
            },
        ),
        (
            "Contact",
            {
                "description": "Ce contact paraît au pied de chaque page, sur les erreurs"
                " et dans les courriels.",
                "fields": [
                    "contact_name",
                    "contact_email",
                    "contact_phone",
                    "contact_hours",
                    "press_contact",
                    "dpo_contact",
                ],
            },
        ),
        (
            "Identités légales",
            {
                "description": "La loi demande de les publier avec le site.",
                "fields": [
                    "publisher_name",
                    "publisher_address",
                    "publisher_phone",
                    "publisher_number",
                    "publication_director",
                    "host_name",
                    "host_address",
                    "host_phone",
                ],
            },
        ),
    ]
    readonly_fields = [
        "as_written",
        "results_published_at",
        "programme_published_at",
    ]
    current = either("is_current", "en cours", yes="en cours", no=EMPTY)
    call = as_column("closes_at", "appel", dates.deadline)
    day = as_column("held_on", "jour des Assises", dates.day)

    # Who may only look reads these in place of the fields of the form.
    first_day = _day_of("first_day")
    last_day = _day_of("last_day")
    inventory_last_day = _day_of("inventory_last_day")

    def get_urls(self):
        """Give the calendar a page of its own."""
        page = self.admin_site.admin_view(self.change_view)
        address = path(
            "<path:object_id>/calendrier/", page, name="assises_edition_calendar"
        )
        return [address, *super().get_urls()]

    def get_fieldsets(self, request, obj=None):
        calendar = ("Calendrier", {"fields": CALENDAR})
        if is_calendar(request):
            return [calendar]
        whole = super().get_fieldsets(request, obj)
        return whole if obj else [whole[0], calendar, *whole[1:]]

    def get_form(self, request, obj=None, **options):
        """Tell the form, made for this request alone, at which instant it comes."""
        form = super().get_form(request, obj, **options)
        form.at = request.at
        return form

    def render_change_form(self, request, context, **options):
        context["is_calendar"] = is_calendar(request)
        return super().render_change_form(request, context, **options)

    def response_post_save_change(self, request, obj):
        if is_calendar(request):
            return redirect("admin:assises_edition_change", obj.pk)
        return super().response_post_save_change(request, obj)

    @admin.display(description="sur le site, c’est écrit")
    def as_written(self, edition):
        if edition.closes_at is None:
            return EMPTY
        return (
            f"Proposer{dates.NBSP}: {dates.deadline(edition.closes_at)}.\n"
            f"Déclarer et participer{dates.NBSP}:"
            f" {dates.deadline(edition.inventory_closes_at)}."
        )

    def save_model(self, request, obj, form, change):
        """Name the pages that would still tell another day than the calendar saved."""
        super().save_model(request, obj, form, change)
        if not (obj.is_current and set(CALENDAR) & set(form.changed_data)):
            return
        for page in Page.objects.order_by("order", "title", "pk"):
            if days := page_dates.outdated(page.body, obj):
                link = reverse("admin:assises_page_change", args=[page.pk])
                told = format_html(
                    "La page «\u00a0<a href='{}'>{}</a>\u00a0» cite {}, qui n’est pas une date de"
                    " l’édition. Corrigez-la, ou écrivez par exemple {{cloture}}.",
                    link,
                    page.title,
                    " et ".join(dict.fromkeys(days)),
                )
                self.message_user(request, told, messages.WARNING)

    def values_of(self, obj, changed):
        """Write a closing as the site says it: its midnight belongs to the day before."""
        values = super().values_of(obj, changed)
        closings = {"closes_at", "inventory_closes_at"} & values.keys()
        return values | {name: dates.deadline(getattr(obj, name)) for name in closings}

    def construct_change_message(self, request, form, formsets, add=False):
        columns = {name: column for name, (column, _, _) in form.INSTANTS.items()}
        return [columns.get(name, name) for name in form.changed_data]


class PartnerForm(AssisesForm):
    """A partner, and the structure under which it may answer the call."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if structure := self.fields.get("structure"):
            # One merged since is kept: it is the same people.
            structure.queryset = Structure.objects.filter(
                Q(merged_into=None) | Q(pk=self.instance.structure_id)
            ).order_by("search_text", "pk")
        if order := self.fields.get("order"):
            order.label = "Place dans la liste"


@admin.register(Partner)
class PartnerAdmin(AssisesModelAdmin):
    form = PartnerForm
    list_display = ["name", "role", "edition", "order"]
    list_filter = ["role"]
    list_select_related = ["edition"]
    ordering = ["edition", "order"]
    fields = ["edition", "name", "role", "website", "structure", "order"]

    def get_changeform_initial_data(self, request):
        """Begin a partner in the edition of the moment, last in its list."""
        last = Partner.objects.filter(edition__is_current=True).aggregate(Max("order"))
        order = (last["order__max"] or 0) + 1
        return {"order": order} | super().get_changeform_initial_data(request)

    def get_fields(self, request, obj=None):
        """Hide the structure, which may be one person alone, from who reads no names."""
        fields = super().get_fields(request, obj)
        if request.user.has_perm("assises.view_contact"):
            return fields
        return [name for name in fields if name != "structure"]
