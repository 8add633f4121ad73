"""How do organisers make one contact of two that are one person?"""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from assises.admin.merging import compared, moved_rows
from assises.admin.screens import admin_screen, show_screen
from assises.forms.base import BaseForm
from assises.forms.fields import ChoiceField
from assises.guests import merging
from assises.models import Structure
from assises.people.permissions import ORGANISE
from submissions.answering import joining

FACTS = ("first_name", "last_name", "function", "status", "email", "phone")


class PairForm(BaseForm):
    """Which of two contacts stays, and which one goes?"""

    kept = ChoiceField(
        label="Contact qui reste", missing="Choisissez le contact qui reste."
    )
    merged = ChoiceField(
        label="Contact qui disparaît", missing="Choisissez le contact qui disparaît."
    )

    def __init__(self, *args, people, **options):
        super().__init__(*args, needed=("kept", "merged"), strict=True, **options)
        self.people = {str(contact.pk): contact for contact in people}
        for name in ("kept", "merged"):
            self.fields[name].choices = [
                (key, _told(contact)) for key, contact in self.people.items()
            ]

    def clean(self):
        super().clean()
        if self.pair[0] and self.pair[0] == self.pair[1]:
            raise forms.ValidationError("Choisissez deux contacts différents.")
        return self.cleaned_data

    @property
    def pair(self):
        chosen = map(self.cleaned_data.get, ("kept", "merged"))
        return [self.people.get(key) for key in chosen]


def _told(contact):
    confirmed = "" if contact.email_confirmed_at else ", adresse non confirmée"
    return f"{contact}, {contact.email}{confirmed}"


@admin_screen(ORGANISE)
@require_http_methods(["GET", "POST"])
def join_people(request, pk):
    """Ask which two, show all that would move, and move it once that is confirmed."""
    structure = get_object_or_404(Structure.objects.unmerged(), pk=pk)
    people = joining.joinable(structure).order_by("search_text", "pk")
    data = request.POST if request.method == "POST" else request.GET
    form = PairForm(data if data else None, people=people)
    context = {"structure": structure, "form": form}
    if form.is_valid():
        kept, merged = form.pair
        if request.method == "POST":
            _join(request, kept, merged)
            return redirect("admin:assises_structure_change", pk)
        facts = [line for line in compared(kept, merged, FACTS) if any(line[1:])]
        context |= {"kept": kept, "merged": merged, "facts": facts}
        context |= moved_rows(merging.moves(kept, merged))
    return show_screen(
        request,
        "admin/submissions/structure/join.html",
        title="Fusionner deux contacts",
        status=422 if form.errors else 200,
        **context,
    )


def _join(request, kept, merged):
    try:
        joining.join_contacts(kept, merged, by=request.user, at=request.at)
    except merging.MergeRefusedError:
        told = "Rien n’est fusionné\u00a0: l’un des deux vient de changer."
        messages.warning(request, told)
    else:
        messages.success(request, f"{kept} ne figure plus qu’une fois.")
