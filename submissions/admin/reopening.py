"""How do organisers let one answer be changed after the call has closed?"""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from assises.admin.screens import admin_screen, show_screen
from assises.french import dates
from assises.people.permissions import ORGANISE
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


@admin_screen(ORGANISE)
@require_http_methods(["GET", "POST"])
def reopen(request, pk):
    """Ask for a last day, and reopen the answer until its end."""
    application = get_object_or_404(
        Application.objects.select_related("edition"), pk=pk
    )
    form = ReopeningForm(request.POST or None, application=application, at=request.at)
    if request.method == "POST" and form.is_valid():
        last_day = form.cleaned_data["last_day"]
        until = corrections.reopen(
            application, last_day, by=request.user, at=request.at
        )
        told = f"Réponse rouverte {dates.deadline(until)}."
        if application.is_withdrawn:
            told += (
                " Elle reste retirée tant que la personne ne l’a pas reprise depuis"
                " son dossier, puis envoyée."
            )
        messages.success(request, told)
        return redirect("admin:submissions_application_change", application.pk)
    return show_screen(
        request,
        "admin/submissions/application/reopen.html",
        title=f"Rouvrir le dossier n°{dates.NBSP}{application.reference}",
        form=form,
        application=application,
    )
