"""How do organisers extend the call, once they have read what changes with it?"""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from assises.admin.screens import admin_screen, show_screen
from assises.french import dates
from assises.people.permissions import ORGANISE
from submissions.answering import extension
from submissions.forms.last_day import LastDayForm


class ExtensionForm(LastDayForm):
    """The new last day on which an action may be proposed."""

    label = "Nouveau dernier jour pour proposer une action"

    def __init__(self, *args, edition, **options):
        super().__init__(*args, **options)
        self.edition = edition

    def clean_last_day(self):
        day = super().clean_last_day()
        former = dates.last_day_before(self.edition.closes_at)
        if day <= former:
            raise forms.ValidationError(
                f"Choisissez une date après le {dates.day(former)}."
            )
        due = self.edition.reviews_due_on or self.edition.results_on
        due = due or self.edition.held_on
        if day > due:
            url = reverse("admin:assises_edition_calendar", args=[self.edition.pk])
            told = 'Choisissez une date jusqu’au {}, ou <a href="{}">changez d’abord le calendrier</a>.'
            raise forms.ValidationError(format_html(told, dates.day(due), url))
        return day


@admin_screen(ORGANISE)
@require_http_methods(["GET", "POST"])
def extend_call(request):
    """Ask for a day, show what changes with it, and change it once that is confirmed."""
    edition = request.site.edition
    if edition is None:
        raise Http404("no edition")
    typed = request.POST if request.method == "POST" else request.GET
    form = ExtensionForm(typed or None, edition=edition, at=request.at)
    day = form.cleaned_data["last_day"] if form.is_valid() else None
    if day and request.method == "POST":
        return _extend(request, edition, day)
    return show_screen(
        request,
        "admin/submissions/application/extend.html",
        title="Prolonger l’appel",
        status=422 if form.errors else 200,
        form=form,
        edition=edition,
        day=day,
        effects=extension.effects_of(edition, day) if day else None,
    )


def _extend(request, edition, day):
    chosen = {int(key) for key in request.POST.getlist("page") if key.isdecimal()}
    try:
        left = extension.extend(
            edition, day, pages=chosen, by=request.user, at=request.at
        )
    except extension.ExtendedMeanwhileError:
        messages.warning(
            request,
            "Le calendrier vient de changer\u00a0: rien n’est prolongé. Relisez-le.",
        )
        return redirect("admin:submissions_application_extend")
    messages.success(
        request, f"L’appel est prolongé {dates.deadline(edition.closes_at)}."
    )
    for page in left:
        _warn(request, page)
    return redirect("admin:index")


def _warn(request, page):
    url = reverse("admin:assises_page_change", args=[page.pk])
    told = 'Cette page dit encore l’ancienne date\u00a0: <a href="{}">{}</a>.'
    messages.warning(request, format_html(told, url, page))
