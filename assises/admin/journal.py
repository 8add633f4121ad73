"""Who did what, and when, as organisers read it."""

from contextlib import suppress

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html

from assises.admin import history
from assises.admin.base import EMPTY, ReadOnlyAdmin, Section, as_column
from assises.french import text
from assises.models import Event


class NatureFilter(SimpleListFilter):
    """Which kind of object the journal tells about."""

    title = "nature de l’objet"
    parameter_name = "nature"

    def lookups(self, request, model_admin):
        models = Event.objects.order_by("model").values_list("model", flat=True)
        return [(model, history.nature_of(model)) for model in models.distinct()]

    def queryset(self, request, queryset):
        return queryset.filter(model=self.value()) if self.value() else queryset


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """The journal is read, never written here, and nothing leaves it."""

    section = Section.FLOW
    counted = "évènements"

    list_display = ["when", "who", "verb", "what", "told"]
    list_filter = [NatureFilter]
    list_select_related = ["user"]
    search_fields = ["search_text"]
    search_help_text = "Objet, ou ce qui a été fait."
    fields = ["when", "who", "verb", "what", "values_kept"]
    when = as_column("at", "quand")

    @admin.display(description="qui", ordering="user__search_text")
    def who(self, event):
        return history.who(event)

    @admin.display(description="objet")
    def what(self, event):
        """Lead to the object, whose number alone says nothing, if it has a page."""
        page = f"admin:{event.model.replace('.', '_')}_change"
        with suppress(NoReverseMatch):
            url = reverse(page, args=[event.object_key])
            return format_html('<a href="{}">{}</a>', url, event.object_label)
        return event.object_label

    @admin.display(description="champs")
    def told(self, event):
        told = text.shorten(history.told_changes(event), 160)
        return text.hard_spaced(told) or EMPTY

    @admin.display(description="champs et valeurs")
    def values_kept(self, event):
        return history.told_changes(event) or EMPTY
