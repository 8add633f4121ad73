"""What else changes when organisers correct a structure or a contact?"""

from django.contrib import admin
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.html import format_html_join

from assises.admin import people
from assises.admin.base import EMPTY
from submissions import corrections
from submissions.models import Application


class AnswersMixin:
    """The answers of a structure or a person: shown, and found again by the new name."""

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        corrections.follow(self.answers_of(obj), at=request.at)

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
            for answer in self.answers_of(obj).newest_first()
        ]
        return format_html_join("\n", '<a href="{}">{}</a> – {} ({})', links) or EMPTY


class StructureAdmin(AnswersMixin, people.StructureAdmin):
    list_display = [*people.StructureAdmin.list_display, "answers_count"]

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        return queryset.annotate(
            answers_count=Count(
                "applications", filter=Q(applications__state=Application.State.SENT)
            )
        )

    def answers_of(self, structure):
        return Application.objects.filter(structure=structure)

    @admin.display(description="réponses envoyées", ordering="answers_count")
    def answers_count(self, structure):
        return structure.answers_count


class ContactAdmin(AnswersMixin, people.ContactAdmin):
    def answers_of(self, contact):
        return Application.objects.filter(
            Q(contact=contact) | Q(second_contact=contact)
        )
