"""How do organisers bring in a list of structures, once they have read what it does?"""

import json

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from assises.admin.screens import admin_screen, show_screen
from assises.forms.base import BaseForm
from assises.french.numbers import plural
from assises.guests import importing, table_files
from assises.people.permissions import ORGANISE
from submissions.answering import propagation


class FileForm(BaseForm):
    """The file, then its rows as they were read: nothing is kept in between."""

    file = forms.FileField(
        label="Fichier CSV ou Excel (.xlsx)",
        required=False,
        help_text="Première ligne\u00a0: nom, type, commune, site, SIRET, RNA, UAI, contact, prénom,"
        " fonction, courriel, téléphone. Seuls «\u00a0nom\u00a0» et «\u00a0commune\u00a0» sont obligatoires.",
    )
    rows = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    good_ones = forms.BooleanField(
        label="Importer les bonnes lignes, sans les autres", required=False
    )

    def __init__(self, *args, **options):
        super().__init__(*args, needed=("file", "good_ones"), **options)
        self.plan = None

    def clean(self):
        """Read the plan of the file, or of the rows that the page sends back."""
        try:
            if file := self.cleaned_data.get("file"):
                rows = table_files.rows_of(file.read())
            else:
                rows = _sent_back(self.cleaned_data.get("rows", ""))
            self.plan = importing.read_list(rows)
        except table_files.UnreadableError as error:
            self.add_error("file", str(error))
            return {}
        if not file and self.plan.bad and not self.cleaned_data["good_ones"]:
            self.add_error("good_ones", "Cochez cette case, ou corrigez le fichier.")
        # The page sends back what it has read.
        self.data = self.data.copy()
        self.data["rows"] = json.dumps(rows, ensure_ascii=False)
        return self.cleaned_data


def _sent_back(typed):
    """Return the rows that the page had read."""
    try:
        rows = json.loads(typed)
    except (ValueError, RecursionError):
        rows = None
    is_table = isinstance(rows, list) and all(isinstance(row, list) for row in rows)
    if is_table and all(isinstance(cell, str) for row in rows for cell in row):
        return table_files.cleaned(rows)
    raise table_files.UnreadableError("Choisissez un fichier.")


@admin_screen(ORGANISE)
@require_http_methods(["GET", "POST"])
@transaction.atomic
def import_structures(request):
    """Ask for a file, show what it would do, and do it once that is confirmed."""
    posted = request.method == "POST"
    form = FileForm(request.POST, request.FILES) if posted else FileForm()
    if posted and form.is_valid() and not request.FILES:
        importing.write(form.plan, by=request.user, at=request.at)
        for entry in form.plan.updated:
            if entry.filled:
                propagation.propagate(entry.structure, entry.filled, at=request.at)
        messages.success(request, _told(form.plan))
        return redirect("admin:assises_structure_changelist")
    return show_screen(
        request,
        "admin/submissions/structure/import.html",
        title="Importer des structures",
        status=422 if form.errors else 200,
        form=form,
        plan=form.plan,
    )


def _told(plan):
    created, updated = len(plan.created), len(plan.updated)
    return (
        f"{created} structure{plural(created)} créée{plural(created)},"
        f" {updated} complétée{plural(updated)}."
    )
