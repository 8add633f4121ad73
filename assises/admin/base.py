"""What do all our pages of the administration share?"""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ActionLocation, SimpleListFilter
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.templatetags.admin_urls import (
    add_preserved_filters,
    admin_urlname,
)
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import models, transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from assises.admin import history, stale_pages
from assises.admin.fields import KeysField, typed_text
from assises.admin.sections import Section
from assises.forms.fields import (
    AddressField,
    DayInput,
    PhoneField,
    ProseField,
    TextField,
    WebsiteField,
)
from assises.french import text
from assises.people import audit, permissions

# Past this length a text gets several lines.
ONE_LINE = 160
# What a search reads of what is typed.
MOST_SEARCHED_WORDS = 10
MOST_SEARCHED_CHARACTERS = 200
# What a column or a line without value shows.
EMPTY = "—"
# Where an action is offered: for several rows, and on the page of one.
EVERYWHERE = [ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM]


class AssisesForm(stale_pages.FreshForm):
    """Checked by the server alone: browsers speak their own language, and cut texts."""

    use_required_attribute = False

    def full_clean(self):
        """Check what was typed; refused, leave the row as the page around it shows it."""
        columns = {field.attname for field in self._meta.model._meta.concrete_fields}
        stored = {
            name: value
            for name, value in vars(self.instance).items()
            if name in columns
        }
        super().full_clean()
        if self._errors:
            for name, value in stored.items():
                setattr(self.instance, name, value)


class AssisesModelAdmin(admin.ModelAdmin):
    """A stock page that keeps our promises.

    Closed lookups, a total order, our own text fields, our journal; no window that
    pops up, so neither jQuery nor anything that needs it.
    """

    section = Section.EDITION
    # What one opens most stands first in its section, the rest by name.
    rank = 9
    form = AssisesForm
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions_selection_counter = True
    allowed_lookups = frozenset()
    website_fields = frozenset({"website"})
    phone_fields = frozenset()

    @property
    def media(self):
        return forms.Media(js=["admin/js/actions.js"] if self.actions else [])

    def has_organise_permission(self, request, obj=None):
        """Say whether ``request.user`` may make the gestures that no model verb names."""
        return permissions.organises(request.user)

    def get_ordering(self, request):
        """End every order with the key: no row is seen twice or never between pages."""
        ordering = super().get_ordering(request) or self.opts.ordering
        return [*(name for name in ordering if name not in {"pk", "-pk"}), "-pk"]

    def lookup_allowed(self, lookup, value, request):
        """Allow the filters of this page, as ``request.user`` sees them, and no other.

        Django allows any lookup on the model's own columns: who may only look could
        guess a hidden column sign by sign.
        """
        allowed = set(self.allowed_lookups)
        for entry in self.get_list_filter(request):
            if isinstance(entry, type) and issubclass(entry, SimpleListFilter):
                allowed.add(entry.parameter_name)
            else:
                allowed |= {f"{entry}__exact", f"{entry}__id__exact"}
        return lookup in allowed

    def get_changelist_instance(self, request):
        """Take a number that no column holds for the wrong lookup that it is."""
        try:
            return super().get_changelist_instance(request)
        except OverflowError as error:
            raise IncorrectLookupParameters from error

    @property
    def counted(self):
        """The noun after the number of rows of a list, when there are several."""
        return self.opts.verbose_name_plural

    # What is searched.

    def get_search_results(self, request, queryset, search_term):
        """Keep the rows that every word finds: one condition for each, and a few words."""
        words = self.split_search(request, search_term[:MOST_SEARCHED_CHARACTERS])
        for word in words[:MOST_SEARCHED_WORDS]:
            queryset = queryset.filter(self.found_by(request, word))
        return queryset, False

    def split_search(self, request, typed):
        return text.one_line(typed).split()

    def found_by(self, request, word):
        """Return the condition of a row that ``word`` finds."""
        return models.Q.create(
            [(f"{name}__icontains", word) for name in self.get_search_fields(request)],
            connector=models.Q.OR,
        )

    # What is selected.

    def response_action(self, request, queryset, *args, **options):
        """Refuse what is no key: databases fail on it."""
        if not all(map(self.is_key, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            raise BadRequest("no such key")
        return super().response_action(request, queryset, *args, **options)

    def is_key(self, typed):
        """Say whether ``typed`` may be the key of a row: databases fail on what may not."""
        try:
            self.opts.pk.clean(typed, None)
        except ValidationError:
            return False
        return True

    # What is typed.

    def get_object(self, request, object_id, from_field=None):
        """Hold the row of a page that is saved: of two at once, the second reads the first."""
        obj = super().get_object(request, object_id, from_field)
        if obj is None or request.method != "POST" or not _in_transaction():
            return obj
        rows = self.model._base_manager.select_for_update(no_key=True)
        if not rows.filter(pk=obj.pk).values_list("pk"):
            return None
        return super().get_object(request, object_id, from_field)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.choices:
            return self.formfield_for_choice_field(db_field, request, **kwargs)
        if isinstance(db_field, models.ManyToManyField):
            kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
            kwargs.setdefault("form_class", KeysField)
            return self.formfield_for_manytomany(db_field, request, **kwargs)
        if isinstance(db_field, models.ForeignKey):
            return self.formfield_for_foreignkey(db_field, request, **kwargs)
        if form_class := self.text_class(db_field):
            return typed_text(db_field, form_class)
        if isinstance(db_field, models.DateField):
            return db_field.formfield(widget=DayInput())
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def text_class(self, db_field):
        """Return our form field for the text of ``db_field``, or ``None``."""
        if db_field.name in self.website_fields:
            return WebsiteField
        if db_field.name in self.phone_fields:
            return PhoneField
        if isinstance(db_field, models.EmailField):
            return AddressField
        if isinstance(db_field, models.TextField):
            return TextField if (db_field.max_length or 0) <= ONE_LINE else ProseField
        return None

    def save_model(self, request, obj, form, change):
        """Write what was changed here, and nothing that somebody else has written."""
        if change:
            obj.save(update_fields=form.moved())
        else:
            super().save_model(request, obj, form, change)

    # What is written in the journal.

    def construct_change_message(self, request, form, formsets, add=False):
        return form.changed_data

    def log_addition(self, request, obj, message):
        self.record(request, "ajoute", obj, message)

    def log_change(self, request, obj, message):
        if message:
            self.record(request, "corrige", obj, message)

    def log_deletions(self, request, queryset):
        for obj in queryset:
            self.record(request, "supprime", obj, [])

    def record(self, request, verb, obj, changed):
        audit.record(
            verb,
            obj,
            by=request.user,
            at=request.at,
            changed=changed,
            values=self.values_of(obj, changed),
        )

    def values_of(self, obj, changed):
        """Return what the journal keeps of the fields ``changed`` of ``obj``."""
        return history.values_of(obj, changed)

    def history_view(self, request, object_id, extra_context=None):
        """Show the journal of one object."""
        if not self.sees_history(request):
            raise PermissionDenied
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": f"Historique{history.NBSP}: {obj}",
            "subtitle": None,
            "lines": history.journal_of(obj),
            "object": obj,
            "opts": self.opts,
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/object_history.html", context)

    def sees_history(self, request):
        return request.user.has_perm("assises.view_event")

    # What is said once it is saved.

    def response_add(self, request, obj, post_url_continue=None):
        self.tell_saved(request, obj)
        if "_continue" in request.POST and self.has_change_permission(request, obj):
            return redirect(self.page_of(request, obj))
        return self.response_post_save_add(request, obj)

    def response_change(self, request, obj):
        self.tell_saved(request, obj)
        if "_continue" in request.POST:
            return redirect(self.page_of(request, obj))
        return self.response_post_save_change(request, obj)

    def tell_saved(self, request, obj):
        page = reverse(admin_urlname(self.opts, "change"), args=[quote(obj.pk)])
        saved = 'La fiche « <a href="{}">{}</a> » est enregistrée.'
        self.message_user(request, format_html(saved, page, obj), messages.SUCCESS)

    def page_of(self, request, obj):
        """Return the page of ``obj``, which still knows the list it was opened from."""
        page = reverse(admin_urlname(self.opts, "change"), args=[quote(obj.pk)])
        return self.with_filters(request, page)

    def with_filters(self, request, page):
        filters = self.get_preserved_filters(request)
        return add_preserved_filters(
            {"preserved_filters": filters, "opts": self.opts}, page
        )

    def response_delete(self, request, obj_display, obj_id):
        self.message_user(
            request,
            f"La fiche « {obj_display} » est supprimée.",
            messages.SUCCESS,
        )
        whole_list = reverse(admin_urlname(self.opts, "changelist"))
        return redirect(self.with_filters(request, whole_list))

    # What is shown around.

    def render_change_form(self, request, context, obj=None, **options):
        context |= {
            "title": self.title_of(request, obj),
            "subtitle": None,
            "sees_history": self.sees_history(request),
        }
        response = super().render_change_form(request, context, obj=obj, **options)
        if context["adminform"].form.refused:
            response.status_code = 409
        return response

    def title_of(self, request, obj):
        """Return the title of the page of ``obj``, or of one to add."""
        if obj is None:
            return f"Ajouter : {self.opts.verbose_name}"
        verb = "Modifier" if self.has_change_permission(request, obj) else "Lire"
        return f"{verb} : {obj}"

    def get_view_on_site_url(self, obj=None):
        return self.view_on_site(obj) if obj and callable(self.view_on_site) else None

    view_on_site = False


def _in_transaction():
    return transaction.get_connection().in_atomic_block


class ReadOnlyAdmin(AssisesModelAdmin):
    """A page of what processes own: seen here, never typed."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
