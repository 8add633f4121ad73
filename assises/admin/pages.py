"""How do organisers write the pages of the site?"""

from django import forms
from django.contrib import admin, messages
from django.shortcuts import render
from django.urls import reverse

from assises.admin.base import AssisesModelAdmin, either
from assises.admin.forms import NamedForm
from assises.french import text
from assises.models import Page
from assises.web import markdown, page_dates


class PageForm(NamedForm):
    """A page, whose dates are those of the edition."""

    name, title = "slug", "title"

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if slug := self.fields.get("slug"):
            slug.error_messages["unique"] = "Une autre page porte déjà ce nom."

    def clean_body(self):
        body = self.cleaned_data["body"]
        if fault := _fault_of(body):
            raise forms.ValidationError(fault)
        return body


def _fault_of(body):
    """Say which mark of ``body`` stands for nothing, if any, and which ones do."""
    if names := page_dates.unknown(body):
        known = ", ".join(f"{{{name}}}" for name in page_dates.PLACES)
        return (
            f"Ceci ne correspond à aucune date\u00a0: {{{names[0]}}}."
            f" Vous pouvez écrire\u00a0: {known}."
        )
    return ""


@admin.register(Page)
class PageAdmin(AssisesModelAdmin):
    rank = 2
    form = PageForm
    change_form_template = "admin/assises/page/change_form.html"
    list_display = ["title", "slug", "footer", "order"]
    list_filter = ["in_menu"]
    fields = ["title", "slug", "body", "in_menu", "order"]
    footer = either("in_menu", "pied de page")

    def view_on_site(self, page):
        return reverse("assises:page", args=[page.slug])

    def get_form(self, request, obj=None, **options):
        """Say beside the text what each mark of a date prints."""
        form = super().get_form(request, obj, **options)
        body, edition = form.base_fields.get("body"), request.site.edition
        if body and edition:
            body.help_text = page_dates.explained(body.help_text, edition)
        return form

    def changeform_view(self, request, *args, **options):
        if "_preview" in request.POST and self.has_change_permission(request):
            return self.preview(request)
        return super().changeform_view(request, *args, **options)

    def preview(self, request):
        """Show what is typed as the site would, and keep nothing of it."""
        title, body = (
            text.storable(request.POST.get(name, "")) for name in ("title", "body")
        )
        if fault := _fault_of(body):
            messages.warning(request, fault)
        body = page_dates.filled(body, request.site.edition)
        page = Page(title=f"Aperçu\u00a0: {title}")
        context = {"page": page, "body": markdown.render(body)}
        return render(request, "assises/page.html", context)
