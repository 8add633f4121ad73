"""How do organisers find an answer, read it whole, and correct it?"""

from typing import NamedTuple

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.db.models import Q, prefetch_related_objects
from django.shortcuts import redirect

from assises import dates, text
from assises.admin import history
from assises.admin.base import AssisesForm, AssisesModelAdmin
from assises.admin.people import communes
from assises.admin.sections import Section
from assises.models import Kind, Mail, Structure
from submissions import corrections, dossier, drafts, lifecycle
from submissions.admin.filters import (
    ActionCommuneFilter,
    ConfirmedFilter,
    SentFilter,
    StructureSeatFilter,
)
from submissions.admin.reopening import ReopeningMixin
from submissions.models import Application, normalise_key
from submissions.words import Words

STALE = (
    "Cette réponse a été modifiée pendant que vous la corrigiez. Rien n’a été"
    " enregistré : relisez-la, puis recommencez."
)
NEEDED = "Ce texte est nécessaire : il se corrige, il ne se vide pas."
# Steps and fields that name or reach a person: not for who only looks.
PEOPLE_STEPS = frozenset({"contact"})


SHORT_KINDS = {
    Kind.PARTICIPATE: "Participer",
    Kind.DECLARE: "Déclarer",
    Kind.PROPOSE: "Matinée",
}


class CorrectionForm(AssisesForm):
    """The texts that organisers may correct; ``version`` tells what they had read."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Application
        fields = ()

    def clean_version(self):
        if self.cleaned_data["version"] != self.instance.version:
            raise forms.ValidationError(STALE)
        return self.cleaned_data["version"]

    def clean(self):
        """Refuse, beside its field, to empty a text that the answer needs."""
        super().clean()
        for name in corrections.needed(self.instance) & set(self.fields):
            emptied = getattr(self.instance, name) and not self.cleaned_data.get(name)
            if emptied and name not in self.errors:
                self.add_error(name, NEEDED)
        return self.cleaned_data


class MailLine(NamedTuple):
    mail: Mail
    when: str
    wrong: bool


class ApplicationAdmin(ReopeningMixin, AssisesModelAdmin):
    section = Section.ANSWERS
    form = CorrectionForm
    list_display = [
        "reference",
        "name",
        "structure_name",
        "seat",
        "kind_of",
        "state",
        "sent",
    ]
    list_filter = [
        "kind",
        "state",
        ActionCommuneFilter,
        StructureSeatFilter,
        SentFilter,
        ConfirmedFilter,
        "edition",
    ]
    list_select_related = ["structure__seat", "contact", "edition"]
    search_fields = ["search_text"]
    search_help_text = (
        "Numéro de dossier, titre, structure, commune, personne ou adresse"
        " électronique."
    )
    actions = ["withdraw"]
    change_form_template = "admin/submissions/application/change_form.html"

    # Who sees what.

    def sees_people(self, request):
        """Say whether ``request.user`` may read names and addresses."""
        return request.user.has_perm("assises.view_contact")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        """Leave a withdrawn answer as it was: nobody reads it any more."""
        if obj is not None and obj.state == Application.State.WITHDRAWN:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    # The list.

    def get_queryset(self, request):
        queryset = super().get_queryset(request).defer("structure__seat__outline")
        if request.resolver_match.url_name == "submissions_application_changelist":
            return queryset
        return queryset.select_related(
            "structure__seat", "contact", "second_contact", "edition"
        )

    def get_ordering(self, request):
        return ["-sent_at", "-created_at", "-pk"]

    def get_list_filter(self, request):
        if self.sees_people(request):
            return self.list_filter
        return [each for each in self.list_filter if each is not ConfirmedFilter]

    def get_list_display(self, request):
        columns = super().get_list_display(request)
        if self.sees_people(request):
            return [*columns, "address"]
        hidden = {"structure_name": "structure_public_name"}
        return [hidden.get(column, column) for column in columns]

    def get_search_results(self, request, queryset, search_term):
        """Search every folded text; who may not read names does not search them."""
        sees_people = self.sees_people(request)
        split = text.fold if sees_people else text.one_line
        for word in split(search_term).split():
            found = Q(search_text__contains=word) if sees_people else readable(word)
            queryset = queryset.filter(found | placed(request, text.fold(word)))
        return queryset, False

    @admin.display(description="dossier", ordering="key")
    def reference(self, application):
        return application.reference

    @admin.display(description="titre", ordering="title")
    def name(self, application):
        return application.title or application.get_kind_display()

    @admin.display(description="structure", ordering="structure__name")
    def structure_name(self, application):
        return application.structure.name if application.structure_id else None

    @admin.display(description="structure")
    def structure_public_name(self, application):
        return application.structure.public_name if application.structure_id else None

    @admin.display(description="siège", ordering="structure__seat__sort_name")
    def seat(self, application):
        return application.structure.seat_label if application.structure_id else None

    @admin.display(description="porte", ordering="kind")
    def kind_of(self, application):
        return SHORT_KINDS[application.kind]

    @admin.display(description="envoyée le", ordering="sent_at")
    def sent(self, application):
        at = application.sent_at
        return (
            f"{dates.short_day(dates.local(at))}, {dates.clock_time(at)}"
            if at
            else None
        )

    @admin.display(description="adresse", ordering="contact__email_confirmed_at")
    def address(self, application):
        contact = application.contact
        confirmed = contact is not None and contact.email_confirmed_at is not None
        return "confirmée" if confirmed else "non confirmée"

    # The page of one answer.

    def get_fields(self, request, obj=None):
        return ["version", *corrections.correctable(obj)]

    def render_change_form(self, request, context, obj=None, **options):
        sees_people = self.sees_people(request)
        prefetch_related_objects([obj], "terms", "communes")
        if obj.edition.is_current:
            request.site.edition = obj.edition  # the frame need not read it again
        context |= {
            "sees_people": sees_people,
            "sections": sections(obj, sees_people=sees_people),
            "facts": facts(obj, sees_people=sees_people),
            "mails": mails_of(obj) if sees_people else [],
            "lines": history.lines(obj) if self.sees_history(request) else [],
            "snapshots": list(obj.snapshots.newest_first().defer("content")),
            "may_reopen": self.has_organise_permission(request),
            "may_correct": self.has_change_permission(request, obj),
        }
        if not obj.is_sent:
            context["action_form"] = None  # only a sent answer is withdrawn
        return super().render_change_form(request, context, obj=obj, **options)

    def title_of(self, request, obj):
        return f"Dossier n°{dates.NBSP}{obj.reference}"

    def save_model(self, request, obj, form, change):
        changes = {
            name: form.cleaned_data[name]
            for name in form.changed_data
            if name != "version"
        }
        if changes:
            corrections.correct(obj, changes, by=request.user, at=request.at)

    def save_related(self, request, form, formsets, change):
        """Nothing: terms and communes are not corrected here."""

    def log_change(self, request, obj, message):
        """Nothing: the correction has written its own line of the journal."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except drafts.StaleError:
            self.message_user(request, STALE, messages.ERROR)
            return redirect(request.get_full_path())

    @admin.action(
        description="Retirer la réponse",
        permissions=["change"],
        location=[ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM],
    )
    def withdraw(self, request, queryset):
        for application in queryset:
            try:
                lifecycle.withdraw(application, by=request.user, at=request.at)
            except lifecycle.MoveRefusedError:
                self.message_user(
                    request,
                    f"{application.reference} : seule une réponse envoyée se retire.",
                    messages.WARNING,
                )
            else:
                self.message_user(
                    request, f"{application.reference} est retirée.", messages.SUCCESS
                )


def readable(word):
    """Return the condition of an answer that ``word`` finds without naming anybody."""
    return (
        Q(key=normalise_key(word))
        | Q(title__icontains=word)
        | Q(structure__search_text__contains=text.fold(word))
        & ~Q(structure__kind=Structure.Kind.INDIVIDUAL)
    )


def placed(request, word):
    """Return the condition of an answer whose seat or action is in a commune so named."""
    named = [pk for pk, name in communes(request) if word in text.fold(name)]
    there = Application.communes.through.objects.filter(commune__in=named)
    return Q(structure__seat__in=named) | Q(pk__in=there.values("application"))


def sections(application, *, sees_people):
    """Return the answer as it was asked, less what names people if they are hidden."""
    whole = dossier.sections(application, words=words_of(application))
    if sees_people:
        return whole
    hidden = set(Application.personal)
    if application.structure_id and application.structure.is_individual:
        hidden |= Structure.personal
    return [
        section._replace(rows=[row for row in section.rows if row.name not in hidden])
        for section in whole
        if section.slug not in PEOPLE_STEPS
    ]


class OwnWords(Words):
    """Only the words that one answer has chosen: enough to read it.

    Terms that are no longer offered keep their label.
    """

    def __init__(self, application):
        super().__init__()
        self.communes = list(application.communes.all())
        self.terms = list(application.terms.all())
        seat = application.structure.seat if application.structure_id else None
        if seat is not None and seat not in self.communes:
            self.communes.append(seat)


def words_of(application):
    """Return the words to read ``application`` with; what is unfinished may be any."""
    return Words() if application.unfinished else OwnWords(application)


def facts(application, *, sees_people):
    """Return pairs of label and value about the life of the answer."""
    told = [
        ("Porte", application.get_kind_display()),
        ("État", application.get_state_display()),
        ("Édition", application.edition.title),
        ("Commencée", dates.moment(application.created_at)),
        ("Envoyée", moment_or_none(application.sent_at)),
        ("Retirée", moment_or_none(application.withdrawn_at)),
        ("Enregistrée", dates.moment(application.changed_at)),
    ]
    if application.state != Application.State.WITHDRAWN:
        told.append(("Modifiable", dates.deadline(application.closes_at())))
    if sees_people:
        contact = application.contact
        confirmed = contact.email_confirmed_at if contact else None
        told += [
            ("Adresse de départ", application.email),
            ("Adresse confirmée", moment_or_none(confirmed) or "non confirmée"),
        ]
    return told


def moment_or_none(instant):
    return dates.moment(instant) if instant else None


def mails_of(application):
    """Return the mails of the answer, newest first."""
    mails = Mail.objects.filter(reference=application.key).order_by("-created_at", "pk")
    return [
        MailLine(mail, dates.moment(mail.created_at), mail.state == Mail.State.FAILED)
        for mail in mails.defer("body")
    ]
