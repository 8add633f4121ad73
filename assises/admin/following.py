"""How do organisers note where they stand with a structure?"""

from django import forms
from django.contrib import admin, messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods

from assises.admin.screens import admin_screen, show_screen
from assises.forms.base import BaseForm
from assises.forms.fields import ChoiceField, ProseField
from assises.french.numbers import plural
from assises.guests import outreach
from assises.models import Note, Outreach, Structure, User
from assises.people.permissions import ORGANISE, Role


class FollowingForm(BaseForm):
    """Where one stands with a structure, who follows it, and what was said."""

    state = ChoiceField(
        label="Où en êtes-vous\u202f?",
        choices=[(state.value, capfirst(state.label)) for state in Outreach.State],
        help_text="«\u00a0A répondu\u00a0» s’affiche tout seul dès que la structure répond.",
    )
    followed_by = ChoiceField(label="Suivie par", widget=forms.Select)
    text = ProseField(
        label="Note",
        limit=Note._meta.get_field("text").max_length,
        help_text="Un appel, un rendez-vous. L’organisation seule la lit.",
    )

    def __init__(self, *args, edition, **options):
        super().__init__(*args, needed=("state",), strict=True, **options)
        self.fields["followed_by"].choices = [("", "Personne"), *_organisers()]
        if edition is None:
            del self.fields["state"], self.fields["followed_by"]


def _organisers():
    users = User.objects.filter(is_active=True, groups__name=Role.ORGANISERS)
    return [(str(user.pk), str(user)) for user in users.order_by("search_text", "pk")]


@admin_screen(ORGANISE)
@require_http_methods(["GET", "POST"])
def follow_structure(request, pk):
    structure = get_object_or_404(Structure, pk=pk)
    edition = request.site.edition
    known = structure.outreach.filter(edition=edition).first() or Outreach()
    initial = {"state": known.state, "followed_by": known.followed_by_id}
    form = FollowingForm(request.POST or None, edition=edition, initial=initial)
    if request.method == "POST" and form.is_valid():
        values, who = form.cleaned_data, {"by": request.user, "at": request.at}
        if note := values.pop("text"):
            outreach.add_note(structure, note, **who)
        if edition:
            values["followed_by_id"] = values.pop("followed_by") or None
            outreach.follow([structure], edition=edition, **values, **who)
        messages.success(request, "C’est noté.")
        return redirect("admin:assises_structure_change", pk)
    return show_screen(
        request,
        "admin/assises/structure/follow.html",
        title=f"Suivre {structure}",
        status=422 if form.errors else 200,
        form=form,
        structure=structure,
    )


def _noting(name, description, values_of):
    """Return the action of a list of structures that notes ``values_of(request)`` of each."""

    @admin.action(description=description, permissions=["organise"])
    def note(page, request, structures):
        edition = request.site.edition
        if edition is None:
            page.message_user(
                request, "Choisissez d’abord l’édition.", messages.WARNING
            )
            return
        chosen, values = list(structures), values_of(request)
        who = {"by": request.user, "at": request.at}
        outreach.follow(chosen, edition=edition, **values, **who)
        count = len(chosen)
        told = f"C’est noté pour {count} structure{plural(count)}."
        page.message_user(request, told, messages.SUCCESS)

    note.__name__ = name
    return note


ACTIONS = [
    *(
        _noting(
            f"note_{state}",
            f"Noter «\u00a0{state.label}\u00a0»",
            lambda request, state=state: {"state": state},
        )
        for state in Outreach.State
    ),
    _noting("follow", "Je les suis", lambda request: {"followed_by": request.user}),
]
