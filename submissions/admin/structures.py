"""What else changes when organisers correct a structure or a contact?"""

from django.contrib import admin, messages
from django.db.models import Count, Q
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join

from assises.admin import structures
from assises.admin.base import EMPTY
from assises.guests import invitations
from assises.people.permissions import organises
from submissions.admin import importing, joining, reaching
from submissions.answering import calling, corrections, propagation, readdressing
from submissions.models import Application
from submissions.reading import visibility

STANDS_ELSEWHERE = 'L’ancienne adresse {} se trouve encore ailleurs. <a href="{}">La corriger partout</a>.'


class AnswersMixin:
    """The answers of a structure or a person: shown, and found again by the new name."""

    def get_object(self, request, object_id, from_field=None):
        """Remember who reads: the page shows the answers that they may see."""
        obj = super().get_object(request, object_id, from_field)
        if obj is not None:
            obj.visible_answers = self.answers_of(
                obj, visibility.applications_visible_to(request.user)
            )
        return obj

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and form.changed_data:
            self.propagate(obj, set(form.changed_data), at=request.at)

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "answers"]

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        return [*fields, "answers"] if obj else fields

    @admin.display(description="réponses")
    def answers(self, obj):
        links = [
            (
                reverse("admin:submissions_application_change", args=[answer.pk]),
                answer.reference,
                answer.title or answer.get_kind_display(),
                answer.get_state_display(),
            )
            for answer in obj.visible_answers.newest_first()
        ]
        return format_html_join("", '<a href="{}">{}</a> – {} ({})<br>', links) or EMPTY


class StructureAdmin(AnswersMixin, structures.StructureAdmin):
    list_display = [*structures.StructureAdmin.list_display, "answers_count"]
    organising_filters = [
        reaching.ReachFilter,
        *structures.StructureAdmin.organising_filters,
    ]
    actions = [*structures.StructureAdmin.actions, reaching.hold_calls]

    def get_urls(self):
        pages = {
            "sans-reponse/": (reaching.unreached, "unreached"),
            "importer/": (importing.import_structures, "import"),
            "<int:pk>/contacts/fusionner/": (joining.join_people, "join"),
        }
        screens = [
            path(address, view, name=f"assises_structure_{name}")
            for address, (view, name) in pages.items()
        ]
        return [*screens, *super().get_urls()]

    def get_list_display(self, request):
        columns = super().get_list_display(request)
        return [*columns, "reached"] if organises(request.user) else columns

    def get_queryset(self, request):
        queryset = visibility.structures_visible_to(
            request.user, super().get_queryset(request)
        )
        queryset = reaching.with_reach(queryset, request.site.edition)
        return queryset.annotate(
            answers_count=Count(
                "applications", filter=Q(applications__state=Application.State.SENT)
            )
        )

    def answers_of(self, structure, among):
        return among.filter(structure=structure)

    def propagate(self, structure, names, *, at):
        propagation.propagate(structure, names, at=at)

    def known_of(self, structure, edition, by):
        known = super().known_of(structure, edition, by)
        known["reached"] = reaching.reached(structure)
        known["join"] = reverse("admin:assises_structure_join", args=[structure.pk])
        if edition:
            for contact in known["people"]:
                contact.link = calling.call_link(
                    structure, contact, edition=edition, by=by
                )
            link = calling.call_link(structure, None, edition=edition, by=by)
            known["link"] = link
        return known

    @admin.display(description="appel")
    def reached(self, structure):
        follower = f", {structure.follower}" if structure.follower else ""
        return f"{reaching.reached(structure)}{follower}"

    @admin.display(description="réponses envoyées", ordering="answers_count")
    def answers_count(self, structure):
        return structure.answers_count


class ContactAdmin(AnswersMixin, structures.ContactAdmin):
    """A corrected address takes along the answers that only its link opens."""

    def save_model(self, request, obj, form, change):
        if not change or "email" not in form.changed_data:
            super().save_model(request, obj, form, change)
            return
        former = form.initial["email"]
        corrections.change_address(obj, former=former, by=request.user, at=request.at)
        invitations.follow_address(obj, former, at=request.at)
        bearers = readdressing.bearers_of(former)
        if bearers.answers:
            page = "admin:submissions_application_correct_address"
            url = reverse(page, args=[bearers.answers[0].pk])
            told = format_html(STANDS_ELSEWHERE, former, url)
            self.message_user(request, told, messages.WARNING)

    def answers_of(self, contact, among):
        """Return all that this person answered, by another row too."""
        own = Q(contact=contact) | Q(second_contact=contact)
        return among.filter(own | Q(email=contact.email))

    def propagate(self, contact, names, *, at):
        corrections.propagate_person(contact, names, at=at)
