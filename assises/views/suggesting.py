"""How does somebody of the public signal a structure that we do not know?"""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assises.forms.base import BaseForm
from assises.forms.fields import ChoiceField, TextField, WebsiteField
from assises.guests import outreach
from assises.models import Commune
from assises.web import throttle


class SuggestionForm(BaseForm):
    """A structure, never the address of a person."""

    name = TextField(
        label="Nom de la structure", limit=120, missing="Indiquez son nom."
    )
    commune_id = ChoiceField(
        label="Commune", missing="Choisissez sa commune.", widget=forms.Select
    )
    website = WebsiteField(label="Site internet")

    def __init__(self, *args, **options):
        needed = ("name", "commune_id")
        super().__init__(*args, needed=needed, strict=True, **options)
        communes = Commune.objects.in_order().values_list("pk", "name")
        choices = [("", "Choisissez une commune"), *communes]
        self.fields["commune_id"].choices = choices


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def suggest_structure(request):
    """Keep what is signalled: nothing of it is shown before an organiser has accepted it."""
    form = SuggestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        client = throttle.client_address(request)
        if throttle.allow("suggest-client", client, at=request.at):
            outreach.suggest(at=request.at, **form.cleaned_data)
            told = "Merci\u202f! L’organisation regarde cette structure, et lui écrit."
            messages.success(request, told)
            return redirect("assises:suggest")
        busy = "Beaucoup de structures viennent d’être signalées de votre réseau. Attendez une heure."
        form.add_error(None, busy)
    status = 429 if form.non_field_errors() else 200
    return render(request, "assises/suggest.html", {"form": form}, status=status)
