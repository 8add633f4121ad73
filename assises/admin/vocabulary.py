"""How do organisers change the words of the form, and read the communes?"""

from django.contrib import admin

from assises.admin.base import AssisesModelAdmin, as_column, either
from assises.admin.forms import NamedForm
from assises.french.numbers import spaced
from assises.models import Commune, Term


@admin.register(Term)
class TermAdmin(AssisesModelAdmin):
    """Labels and order change; a word is no longer offered, and stays in the answers."""

    form = NamedForm
    list_display = ["label", "vocabulary", "group", "order", "offered"]
    list_filter = ["vocabulary", "active"]
    fields = ["vocabulary", "label", "code", "group", "order", "active"]
    offered = either("active", "proposé")

    def get_readonly_fields(self, request, obj=None):
        return ["vocabulary", "code"] if obj else []

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Commune)
class CommuneAdmin(AssisesModelAdmin):
    """What the State writes stays; the place of a label on the map may be moved."""

    list_display = ["name", "insee", "departement", "inhabitants", "postal_codes"]
    list_filter = ["departement"]
    ordering = ["sort_name"]
    fields = [
        "insee",
        "departement",
        "inhabitants",
        "postal_codes",
        "name",
        "sort_name",
        "label_x",
        "label_y",
    ]
    readonly_fields = ["insee", "departement", "inhabitants", "postal_codes"]
    inhabitants = as_column("population", "population", spaced)

    def get_queryset(self, request):
        return super().get_queryset(request).without_outlines()

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
