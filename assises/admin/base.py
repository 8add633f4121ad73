"""What do all our pages of the administration share?"""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ActionLocation, SimpleListFilter
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import unquote
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import models, transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from assises.admin import history
from assises.admin.forms import AssisesForm, KeysField, is_key, text_field
from assises.admin.screens import PER_PAGE, show_screen
from assises.forms.fields import DayInput, NumberField, TimeInput
from assises.french import dates, text
from assises.people import audit, permissions

# What a column or a line without value shows.
EMPTY = "—"
# Seats, minutes, ranks: PostgreSQL holds three times as much, and what is counted besides.
MOST_TYPED = 9_999
# Where an action is offered: for several rows, and on the page of one.
EVERYWHERE = [ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM]


class Section(models.TextChoices):
    """What a page is for, in the order of the first page of the administration."""

    ANSWERS = "answers", "Les réponses"
    GUESTS = "guests", "Les invitations"
    EDITION = "edition", "L’édition"
    FLOW = "flow", "Ce qui part, ce qui se passe"
    TEAM = "team", "L’équipe"


def as_column(name, description, write=dates.short_moment, none=EMPTY, ordering=None):
    """Return a column that shows ``name``, an instant or what ``write`` makes of it."""

    @admin.display(description=description, ordering=ordering or name)
    def shown(self, row):
        value = getattr(row, name)
        return write(value) if value else none

    return shown


def either(name, description, yes="oui", no="non"):
    """Return a column that says in words whether ``name`` is true."""
    return as_column(name, description, lambda value: yes, none=no)


class AssisesModelAdmin(admin.ModelAdmin):
    """A stock page that keeps our promises.

    Closed lookups, our own text fields, our journal; no window that pops up, so neither
    jQuery nor anything that needs it.
    """

    section = Section.EDITION
    # What one opens most stands first in its section, the rest by name.
    rank = 9
    form = AssisesForm
    list_per_page = PER_PAGE
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions_selection_counter = True
    view_on_site = False
    # The noun after the number of rows of a list, where it is not that of the model.
    counted = None

    @property
    def media(self):
        return forms.Media(js=["admin/js/actions.js"] if self.actions else [])

    def has_organise_permission(self, request, obj=None):
        """Say whether ``request.user`` may do what no verb of a model names."""
        return permissions.organises(request.user)

    def lookup_allowed(self, lookup, value, request):
        """Allow the filters of this page, as ``request.user`` sees them, and no other.

        Django allows any lookup on the model's own columns: who may only look could
        guess a hidden column letter by letter.
        """
        allowed = set()
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

    # What is sorted and searched.

    def get_sortable_by(self, request):
        """Leave out the texts: a database sorts them by bytes. Folded ones are columns of
        their own."""
        fields = self.opts.local_fields
        texts = {
            f.name for f in fields if isinstance(f, models.TextField) and not f.choices
        }
        return [name for name in super().get_sortable_by(request) if name not in texts]

    def get_search_results(self, request, queryset, search_term):
        """Keep the rows that every word finds: one condition for each, and a few words."""
        for word in text.searched_words(search_term):
            queryset = queryset.filter(self.found_by(request, word))
        return queryset, False

    def found_by(self, request, word):
        """Return the condition of a row that ``word``, folded, finds."""
        return models.Q.create(
            [(f"{name}__icontains", word) for name in self.get_search_fields(request)],
            connector=models.Q.OR,
        )

    # What is selected.

    def response_action(self, request, queryset, *args, **options):
        """Refuse what is no key: databases fail on it."""
        keys = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(is_key(self.model, key) for key in keys):
            raise BadRequest("no such key")
        return super().response_action(request, queryset, *args, **options)

    # What is typed.

    def get_object(self, request, object_id, from_field=None):
        """Hold the row of a page that is saved: of two at once, the second reads the first."""
        obj = super().get_object(request, object_id, from_field)
        saved = (
            request.method == "POST" and transaction.get_connection().in_atomic_block
        )
        if obj is not None and saved:
            rows = self.model._base_manager.select_for_update(no_key=True)
            list(rows.filter(pk=obj.pk).values("pk"))  # Waits for who saves it already.
            obj = super().get_object(request, object_id, from_field)
        return obj

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.choices:
            return self.formfield_for_choice_field(db_field, request, **kwargs)
        if isinstance(db_field, models.ManyToManyField):
            kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
            kwargs.setdefault("form_class", KeysField)
            return self.formfield_for_manytomany(db_field, request, **kwargs)
        if isinstance(db_field, models.ForeignKey):
            return self.formfield_for_foreignkey(db_field, request, **kwargs)
        if isinstance(db_field, models.DateField):
            return db_field.formfield(widget=DayInput())
        if isinstance(db_field, models.TimeField):
            return db_field.formfield(widget=TimeInput())
        if isinstance(db_field, models.IntegerField):
            small = isinstance(db_field, models.PositiveSmallIntegerField)
            most = {"max_value": MOST_TYPED} if small else {}
            return db_field.formfield(form_class=NumberField, **most)
        return text_field(db_field) or super().formfield_for_dbfield(
            db_field, request, **kwargs
        )

    def get_changeform_initial_data(self, request):
        """Begin a row in the edition of the moment."""
        edition = request.site.edition
        known = {"edition": edition.pk} if edition else {}
        return known | super().get_changeform_initial_data(request)

    def save_model(self, request, obj, form, change):
        """Write what was changed here, and nothing that somebody else has written."""
        if change:
            obj.save(update_fields=form.moved())
        else:
            super().save_model(request, obj, form, change)

    # What is said once it is done: in one sentence, and not in those of Django.

    def response_add(self, request, obj, post_url_continue=None):
        address = reverse(admin_urlname(self.opts, "change"), args=[obj.pk])
        self.tell(request, "C’est ajouté", obj, address)
        if "_continue" in request.POST:
            return redirect(address)
        return self.response_post_save_add(request, obj)

    def response_change(self, request, obj):
        self.tell(request, "C’est enregistré", obj, request.path)
        if "_continue" in request.POST:
            return redirect(request.get_full_path())
        return self.response_post_save_change(request, obj)

    def response_delete(self, request, obj_display, obj_id):
        told = f"C’est supprimé{dates.NBSP}: {obj_display}."
        self.message_user(request, told, messages.SUCCESS)
        return redirect(admin_urlname(self.opts, "changelist"))

    def tell(self, request, done, obj, address):
        told = format_html('{}\u00a0: <a href="{}">{}</a>.', done, address, obj)
        self.message_user(request, told, messages.SUCCESS)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        told = "Cette page n’existe pas, ou votre rôle ne l’ouvre pas."
        self.message_user(request, told, messages.WARNING)
        return redirect("admin:index")

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
        may_read = request.user.has_perm("assises.view_event")
        if not may_read or not self.has_view_or_change_permission(request):
            raise PermissionDenied
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return show_screen(
            request,
            "admin/object_history.html",
            title=f"Historique{dates.NBSP}: {obj}",
            lines=history.journal_of(obj),
            object=obj,
            opts=self.opts,
        )

    def render_change_form(self, request, context, obj=None, **options):
        response = super().render_change_form(request, context, obj=obj, **options)
        if context["adminform"].form.conflicts:
            response.status_code = 409
        return response


class ReadOnlyAdmin(AssisesModelAdmin):
    """A page of what processes own: seen here, never typed."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
