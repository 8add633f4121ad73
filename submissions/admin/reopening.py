"""How do organisers let one answer be changed after the call has closed?"""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path

from assises.french import dates
from submissions.answering import corrections
from submissions.forms.last_day import LastDayForm
from submissions.models import Application


class ReopeningForm(LastDayForm):
    """The last day on which one answer may still be changed and sent."""

    label = "Dernier jour pour la modifier ou l’envoyer"

    def __init__(self, *args, application, **options):
        super().__init__(*args, **options)
        self.application = application

    def clean_last_day(self):
        day = super().clean_last_day()
        closing = self.application.closes_at()
        if dates.closing_after(day) <= closing:
            raise forms.ValidationError(
                f"Elle est déjà ouverte {dates.deadline(closing)}."
            )
        return day


class ReopeningMixin:
    """One more page of an answer: until when it alone stays open."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.reopen_view)
        reopening = path(
            "<int:pk>/rouvrir/", view, name="submissions_application_reopen"
        )
        return [reopening, *super().get_urls()]

    def reopen_view(self, request, pk):
        """Ask for a last day, and reopen the answer until its end."""
        if not self.has_organise_permission(request):
            raise PermissionDenied
        application = get_object_or_404(
            Application.objects.select_related("edition"), pk=pk
        )
        form = ReopeningForm(
            request.POST or None, application=application, at=request.at
        )
        if request.method == "POST" and form.is_valid():
            last_day = form.cleaned_data["last_day"]
            until = corrections.reopen(
                application, last_day, by=request.user, at=request.at
            )
            told = f"Réponse rouverte {dates.deadline(until)}."
            if application.state == Application.State.WITHDRAWN:
                told += (
                    " Elle reste retirée tant que la personne ne l’a pas reprise depuis"
                    " son dossier, puis envoyée."
                )
            self.message_user(request, told, messages.SUCCESS)
            return redirect("admin:submissions_application_change", application.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Rouvrir le dossier n°{dates.NBSP}{application.reference}",
            "subtitle": None,
            "form": form,
            "application": application,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request, "admin/submissions/application/reopen.html", context
        )
