"""How do organisers help who calls: a link again, an address corrected, the page they see?"""

from collections import defaultdict

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from assises.admin.screens import admin_screen, show_screen
from assises.forms.base import BaseForm
from assises.forms.fields import AddressField
from assises.french import dates
from assises.french.numbers import plural
from assises.people import audit
from assises.people.permissions import ORGANISE
from submissions import mails, outlook
from submissions.answering import holding, readdressing
from submissions.models import Application
from submissions.reading import dossier, visibility


class CorrectedAddressForm(BaseForm):
    """The right address, here alone or everywhere the former one stands."""

    email = AddressField(
        label="Nouvelle adresse électronique", missing="Indiquez la nouvelle adresse."
    )
    everywhere = forms.BooleanField(
        label="Corriger partout, comme dans la liste ci-dessous",
        required=False,
        initial=True,
    )

    def __init__(self, *args, former, **options):
        super().__init__(*args, needed=("email",), strict=True, **options)
        self.former = former
        self.fields["everywhere"].needed = True  # It is said, ticked or not.

    def clean_email(self):
        email = self.cleaned_data["email"]
        if email == self.former:
            raise forms.ValidationError("C’est déjà l’adresse de ce dossier.")
        return email


def _found(pk):
    answers = Application.objects.select_related(
        "edition", "structure__seat", "contact", "second_contact"
    )
    return get_object_or_404(answers.defer("structure__seat__outline"), pk=pk)


def _back_to(application):
    return redirect("admin:submissions_application_change", application.pk)


@admin_screen(ORGANISE)
@require_POST
def send_link(request, pk):
    """Send the link of an answer again to its person."""
    application = _found(pk)
    if application.contested_at:
        told = (
            "Rien n’est parti. La personne qui a cette adresse a dit que ce dossier"
            " n’est pas le sien."
        )
        messages.warning(request, told)
        return _back_to(application)
    with transaction.atomic():
        mails.link_sent(application, at=request.at)
        audit.record("lien renvoyé", application, by=request.user, at=request.at)
    messages.success(request, f"Un lien part à {application.email}.")
    return _back_to(application)


@admin_screen(ORGANISE)
@require_http_methods(["GET", "POST"])
def correct_address(request, pk):
    """Show where the address of this person stands, and correct it there."""
    application = _found(pk)
    former = application.email
    form = CorrectedAddressForm(request.POST or None, former=former)
    if request.method == "POST" and form.is_valid():
        try:
            written = readdressing.correct_address(
                application, **form.cleaned_data, by=request.user, at=request.at
            )
        except holding.StaleError:
            told = "Ce dossier vient de changer : rien n’est corrigé. Recommencez."
            messages.warning(request, told)
        else:
            messages.success(request, _told_correction(written))
            return _back_to(application)
    contacts, answers = readdressing.bearers_of(former)
    return show_screen(
        request,
        "admin/submissions/application/correct_address.html",
        title="Corriger l’adresse",
        status=422 if form.errors else 200,
        form=form,
        application=application,
        answers=answers,
        contacts=_alike(contacts),
    )


def _alike(contacts):
    """Return pairs: one contact of each name in a structure, and how many are alike."""
    found = defaultdict(list)
    for contact in contacts:
        found[str(contact), contact.structure_id].append(contact)
    return [(alike[0], len(alike)) for alike in found.values()]


def _told_correction(written):
    """Say what was corrected, and which mails leave for whom."""
    leaving = ", ".join(
        f"{count} courriel{plural(count)} à {address}"
        for address, count in written.items()
    )
    return f"L’adresse est corrigée. À envoyer{dates.NBSP}: {leaving or 'rien'}."


@admin_screen(ORGANISE)
@require_safe
def show_as_seen(request, pk):
    """Show an answer in the words that its structure reads."""
    application = _found(pk)
    sections = dossier.dossier_sections(
        application, lists=visibility.lists_of(application), empty=application.is_draft
    )
    return show_screen(
        request,
        "admin/submissions/application/seen.html",
        title="Ce que voit la structure",
        application=application,
        sections=sections,
        what_next=outlook.what_next(application, at=request.at),
        open=application.is_changeable(request.at),
    )
