"""How do organisers find an answer, read it whole, and correct it?"""

from django.contrib import admin
from django.db.models import Q
from django.urls import path
from django.utils.html import format_html

from assises.admin import history
from assises.admin.base import (
    AssisesModelAdmin,
    Section,
    as_column,
)
from assises.admin.forms import AssisesForm
from assises.admin.structures import communes
from assises.french import dates, phones, text
from assises.models import Kind, Mail
from submissions.admin import dictating, extending, helping, inviting, reopening
from submissions.admin.filters import (
    ActionCommuneFilter,
    ConfirmedFilter,
    SentFilter,
    StructureSeatFilter,
)
from submissions.admin.withdrawing import withdraw_answers
from submissions.answering import corrections, steps
from submissions.models import Application
from submissions.questions.index import needed_for
from submissions.reading import dossier, visibility

NEEDED = "Ce texte est obligatoire : il se corrige, il ne se vide pas."
UNTITLED = {
    Kind.PARTICIPATE: "Vient aux Assises",
    Kind.DECLARE: "Action sans titre",
    Kind.PROPOSE: "Action sans titre",
}
SHORT_KINDS = {
    Kind.PARTICIPATE: "Participer",
    Kind.DECLARE: "Déclarer",
    Kind.PROPOSE: "Matinée",
}


class CorrectionForm(AssisesForm):
    """The texts that organisers may correct."""

    def __init__(self, *args, **options):
        """Ask in the words of the form, and call optional what it calls so."""
        super().__init__(*args, **options)
        asked = {q.name: q.field for q in steps.asked_questions(self.instance)}
        needed = needed_for(self.instance.kind)
        for name in asked.keys() & self.fields.keys():
            self.fields[name].label = asked[name].label
            self.fields[name].needed = name in needed

    def clean(self):
        """Refuse, beside its field, to empty a text that the answer needs."""
        super().clean()
        for name in needed_for(self.instance.kind) & set(self.fields):
            emptied = getattr(self.instance, name) and not self.cleaned_data.get(name)
            if emptied and name not in self.errors:
                self.add_error(name, NEEDED)
        return self.cleaned_data


class ApplicationAdmin(AssisesModelAdmin):
    section = Section.ANSWERS
    rank = 1
    form = CorrectionForm
    list_display = [
        "name",
        "of_structure",
        "kind_of",
        "state",
        "sent",
        "reference",
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
    ordering = ["-dated_at", "-pk"]
    search_fields = ["search_text"]
    search_help_text = (
        "Numéro de dossier, titre, structure, commune, personne, téléphone ou adresse"
        " électronique."
    )
    actions = [withdraw_answers]
    sent = as_column("sent_at", "envoyée le", dates.short_moment)
    change_form_template = "admin/submissions/application/change_form.html"

    def get_urls(self):
        screens = {
            "rouvrir": (reopening.reopen, "reopen"),
            "lien": (helping.send_link, "send_link"),
            "adresse": (helping.correct_address, "correct_address"),
            "vue": (helping.show_as_seen, "seen"),
        }
        pages = [
            path(f"<int:pk>/{slug}/", view, name=f"submissions_application_{name}")
            for slug, (view, name) in screens.items()
        ]
        tools = [
            path("saisir/", dictating.dictate, name="submissions_application_dictate"),
            path(
                "prolonger/",
                extending.extend_call,
                name="submissions_application_extend",
            ),
            path("inviter/", inviting.invite, name="submissions_application_invite"),
        ]
        return [*tools, *pages, *super().get_urls()]

    # Who sees what.

    def sees_people(self, request):
        return visibility.sees_people(request.user)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        """Leave a withdrawn answer as it was: nobody reads it any more."""
        if obj is not None and obj.is_withdrawn:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    # The list.

    def get_queryset(self, request):
        queryset = visibility.applications_visible_to(request.user)
        return (
            queryset.order_by(*self.ordering)
            .select_related(
                "structure__seat", "contact", "second_contact", "edition", "typed_by"
            )
            .defer("structure__seat__outline")
        )

    def get_list_filter(self, request):
        if self.sees_people(request):
            return self.list_filter
        return [each for each in self.list_filter if each is not ConfirmedFilter]

    def get_list_display(self, request):
        columns = super().get_list_display(request)
        if self.sees_people(request):
            return [*columns[:2], "who", *columns[2:], "address"]
        hidden = {"of_structure": "structure_public_name"}
        return [hidden.get(column, column) for column in columns]

    def get_changelist_instance(self, request):
        """Promise no name to who finds none."""
        changelist = super().get_changelist_instance(request)
        if not self.sees_people(request):
            told = "Numéro de dossier, titre, structure ou commune."
            changelist.search_help_text = told
        return changelist

    def found_by(self, request, word):
        """Search every folded text; who may not read names does not search them."""
        found = visibility.found_by(word, sees_people=self.sees_people(request))
        return found | _in_commune(request, word)

    @admin.display(description="dossier", ordering="key")
    def reference(self, application):
        return application.reference

    @admin.display(description="titre", ordering="search_text")
    def name(self, application):
        return application.title or UNTITLED[application.kind]

    @admin.display(description="personne", ordering="person")
    def who(self, application):
        return format_html(
            '{}<br><span class="phone">{}</span>',
            application.person,
            phones.spoken(_phone_of(application)),
        )

    @admin.display(description="structure", ordering="people_text")
    def of_structure(self, application):
        return application.structure_name

    @admin.display(description="structure")
    def structure_public_name(self, application):
        return application.structure.public_name if application.structure_id else None

    @admin.display(description="façon de répondre", ordering="kind")
    def kind_of(self, application):
        return SHORT_KINDS[application.kind]

    @admin.display(description="adresse", ordering="email_confirmed_at")
    def address(self, application):
        return application.address_state

    # The page of one answer.

    def get_fields(self, request, obj=None):
        return corrections.correctable(obj)

    def render_change_form(self, request, context, obj=None, **options):
        sees_people = self.sees_people(request)
        if obj.edition.is_current:
            request.site.edition = obj.edition  # the frame need not read it again
        sections = visibility.visible_sections(obj, sees_people=sees_people)
        context |= {
            "title": f"Dossier n°{dates.NBSP}{obj.reference}",
            "sees_people": sees_people,
            "sections": dossier.answered(sections),
            "unanswered": dossier.unanswered(sections),
            "phone": phones.spoken(_phone_of(obj)),
            "facts": _facts(obj, sees_people=sees_people, at=request.at),
            "mails": Mail.objects.filter(reference=obj.key)
            .order_by("-created_at", "pk")
            .defer("body"),
            "lines": history.journal_of(obj)
            if request.user.has_perm("assises.view_event")
            else [],
            "snapshots": list(obj.snapshots.newest_first().defer("content")),
            "may_organise": self.has_organise_permission(request),
            "may_ask": obj.is_declared
            and request.user.has_perm("committee.change_decision"),
            "may_correct": self.has_change_permission(request, obj),
        }
        if not obj.is_sent:
            context["action_form"] = None  # only a sent answer is withdrawn
        return super().render_change_form(request, context, obj=obj, **options)

    def get_object(self, request, object_id, from_field=None):
        """Let a draft, whose columns are empty, be corrected where it was typed."""
        obj = super().get_object(request, object_id, from_field)
        if obj is not None:
            obj.address_in_use = obj.email
            if not obj.is_sent:
                corrections.show_typed(obj)
        return obj

    def save_model(self, request, obj, form, change):
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        if changes:
            corrections.correct(obj, changes, by=request.user, at=request.at)

    def log_change(self, request, obj, message):
        """Nothing: the correction has written its own line of the journal."""


def _in_commune(request, word):
    """Return the condition of an answer whose seat or action is in a commune so named."""
    named = [pk for pk, name in communes(request) if word in text.fold(name)]
    there = Application.communes.through.objects.filter(commune__in=named)
    return Q(structure__seat__in=named) | Q(pk__in=there.values("application"))


def _phone_of(application):
    """Return the telephone of the person, in a draft too."""
    contact = application.contact
    return contact.phone if contact else application.said("contact", "phone")


def _facts(application, *, sees_people, at):
    """Return pairs of label and value about the life of the answer, as far as it went."""
    told = [
        ("Façon de répondre", application.get_kind_display()),
        ("État", application.get_state_display()),
        ("Édition", application.edition.title),
        ("Commencée", dates.moment(application.created_at)),
        ("Saisie par", application.typed_by_id and str(application.typed_by)),
        ("Envoyée", _moment_or_none(application.sent_at)),
        ("Retirée", _moment_or_none(application.withdrawn_at)),
        ("Enregistrée", dates.moment(application.changed_at)),
        ("Invitée à présenter", _moment_or_none(application.asked_to_present_at)),
        ("A décliné", _moment_or_none(application.declined_to_present_at)),
    ]
    if application.is_withdrawn:
        told.append(("À reprendre", _who_resumes(application, at)))
    else:
        told.append(("Modifiable", dates.deadline(application.closes_at())))
    if sees_people:
        confirmed = _moment_or_none(application.email_confirmed_at)
        told += [
            ("Adresse confirmée", confirmed or application.address_state),
        ]
    return [(label, value) for label, value in told if value]


def _who_resumes(application, at):
    """Say who may take a withdrawn answer up again, and until when."""
    if not application.is_changeable(at):
        return "l’appel est clos : rouvrez-la pour que la personne puisse la reprendre"
    return (
        "par la seule personne qui a répondu, depuis son dossier,"
        f" {dates.deadline(application.closes_at())}"
    )


def _moment_or_none(instant):
    return dates.moment(instant) if instant else None
