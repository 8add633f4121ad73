"""Who is invited, what did they answer, and what leaves for them?"""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import Q, Sum
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from assises.admin.base import (
    EMPTY,
    EVERYWHERE,
    AssisesModelAdmin,
    Section,
    as_column,
)
from assises.admin.forms import AssisesForm
from assises.admin.screens import admin_screen, show_screen
from assises.forms.fields import AddressField, NameField, TextField
from assises.forms.invitation import ROW, one_line
from assises.french import dates
from assises.french.numbers import plural
from assises.guests import invitations, mails, rounds, seats
from assises.models import Contact, Invitation, Mail

State = Invitation.State
SEND = "assises.change_invitation"
# Readers count, and see nobody.
COUNT = "assises.view_edition"


class PersonForm(AssisesForm):
    """Somebody invited for themselves: an elected official, a partner, the press."""

    first_name = NameField(label="Prénom", limit=200)
    last_name = NameField(label="Nom", limit=200, required=True)
    function = TextField(label="Fonction", limit=120)
    email = AddressField(label="Adresse électronique", required=True)

    def save(self, commit=True):
        person = {
            name: self.cleaned_data[name]
            for name in ("first_name", "last_name", "function", "email")
        }
        known = Contact.objects.filter(structure=None, email=person["email"]).first()
        self.instance.contact = known or Contact.objects.create(**person)
        return super().save(commit)


class WantingFilter(admin.SimpleListFilter):
    """Who asks for more seats."""

    title = "places"
    parameter_name = "places"

    def lookups(self, request, model_admin):
        return [("demandees", "Des places demandées en plus")]

    def queryset(self, request, queryset):
        if self.value() == "demandees":
            return queryset.filter(seats_wanted__gt=0)
        return queryset


@admin.register(Invitation)
class InvitationAdmin(AssisesModelAdmin):
    section = Section.GUESTS
    rank = 1
    list_display = [
        "who",
        "category",
        "state",
        "seats_given",
        "coming",
        "sent",
        "answered",
    ]
    list_filter = ["state", "category", "to_decide", WantingFilter, "edition"]
    list_select_related = ["structure", "contact", "edition"]
    ordering = ["search_text"]
    search_fields = ["search_text"]
    search_help_text = "Structure, personne ou adresse électronique."
    actions = ["send", "keep_the_day", "remind", "cancel", "restore"]
    fields = ["contact", "seats", "to_decide"]
    sent = as_column("sent_at", "envoyée", dates.short_moment)
    answered = as_column("answered_at", "réponse", dates.short_moment)
    change_form_template = "admin/assises/invitation/change_form.html"
    change_list_template = "admin/assises/invitation/change_list.html"

    def get_urls(self):
        return [
            path("envoyer/", send_invitations, name="assises_invitation_send"),
            path("chiffres/", count_invitations, name="assises_invitation_count"),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(people=Sum("guests__headcount"))

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="invitée ou invité", ordering="search_text")
    def who(self, invitation):
        return str(invitation)

    @admin.display(description="places", ordering="seats")
    def seats_given(self, invitation):
        return invitation.seats

    @admin.display(description="personnes", ordering="people")
    def coming(self, invitation):
        return invitation.people or EMPTY

    # By hand.

    def get_form(self, request, obj=None, **options):
        if obj is None:
            options["form"] = PersonForm
        return super().get_form(request, obj, **options)

    def get_fields(self, request, obj=None):
        if obj is None:
            return ["category", *PersonForm.base_fields, "edition", "seats"]
        return self.fields

    def formfield_for_foreignkey(self, db_field, request, **options):
        """Offer the people of its structure, or of the one that it was merged with, and
        whoever it is sent to already."""
        if db_field.name == "contact":
            invitation = request.resolver_match.kwargs.get("object_id", "")
            there = Invitation.objects.filter(pk=unquote(invitation) or None)
            own = Q(structure__invitations__in=there) | Q(invitations__in=there)
            merged = Q(structure__merged__invitations__in=there)
            options["queryset"] = Contact.objects.filter(own | merged).distinct()
            options["required"] = True
        return super().formfield_for_foreignkey(db_field, request, **options)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.prepared_at = request.at
        super().save_model(request, obj, form, change)
        if change and "contact" in form.changed_data:
            invitations.give_to(obj, obj.contact, by=request.user, at=request.at)
            if obj.state in invitations.ANSWERABLE:
                told = f"L’invitation part à {obj.contact.email}."
                self.message_user(request, told, messages.SUCCESS)
        if change and "seats" in form.changed_data:
            if obj.seats > form.initial["seats"]:
                invitations.give_seats(obj, at=request.at)
            if obj.edition.capacity is not None:
                seats.promote(obj.edition, at=request.at)

    # The list and the page of one.

    def changelist_view(self, request, extra_context=None):
        context = _counted(request)
        return super().changelist_view(request, (extra_context or {}) | context)

    def render_change_form(self, request, context, obj=None, **options):
        if obj is not None:
            people = list(obj.guests.in_order())
            context |= {
                "title": f"Invitation{dates.NBSP}: {obj}",
                "people": [
                    one_line({name: getattr(guest, name) for name in ROW})
                    for guest in people
                ],
                "mails": Mail.objects.filter(reference=obj.key)
                .order_by("-created_at", "pk")
                .defer("body"),
                "letter": obj.contact and mails.shown([obj], obj.edition)[0][1:],
                "page": reverse("assises:invitation", args=[obj.key]),
            }
        return super().render_change_form(request, context, obj=obj, **options)

    # What is done with several.

    @admin.action(
        description="Envoyer aussitôt",
        permissions=["organise"],
        location=EVERYWHERE,
    )
    def send(self, request, queryset):
        left = invitations.send(_plain(queryset), by=request.user, at=request.at)
        _tell_sent(request, left)

    @admin.action(
        description="Réserver la date",
        permissions=["organise"],
        location=EVERYWHERE,
    )
    def keep_the_day(self, request, queryset):
        told = invitations.announce(_plain(queryset), by=request.user, at=request.at)
        self._tell(request, told, "à qui demander de réserver la date")

    @admin.action(description="Relancer", permissions=["organise"], location=EVERYWHERE)
    def remind(self, request, queryset):
        told = rounds.remind(_plain(queryset).to_remind(), at=request.at)
        self._tell(request, told, "sans réponse à relancer")

    def _tell(self, request, number, nobody):
        if number:
            told = f"{number} courriel{plural(number)} en route."
            self.message_user(request, told, messages.SUCCESS)
        else:
            told = f"Rien n’est parti{dates.NBSP}: personne {nobody}."
            self.message_user(request, told, messages.WARNING)

    @admin.action(
        description="Annuler (un courriel part)",
        permissions=["organise"],
        location=EVERYWHERE,
    )
    def cancel(self, request, queryset):
        self._move_each(request, queryset, invitations.cancel, "annulée")

    @admin.action(
        description="Préparer de nouveau",
        permissions=["organise"],
        location=EVERYWHERE,
    )
    def restore(self, request, queryset):
        self._move_each(request, queryset, invitations.restore, "préparée")

    def _move_each(self, request, queryset, process, told):
        done = 0
        rows = _plain(queryset).select_related("edition", "structure", "contact")
        for invitation in rows:
            try:
                process(invitation, by=request.user, at=request.at)
                done += 1
            except invitations.MoveRefusedError:
                refused = f"{invitation}{dates.NBSP}: {invitation.get_state_display()}, rien n’a changé."
                self.message_user(request, refused, messages.WARNING)
        if done:
            s = plural(done)
            self.message_user(
                request, f"{done} invitation{s} {told}{s}.", messages.SUCCESS
            )


def _counted(request):
    """Return how the day fills up, if there is an edition."""
    edition = request.site.edition
    counts = seats.counts(edition, at=request.at) if edition else None
    return {"counts": counts, "capacity": edition and edition.capacity}


@admin_screen(COUNT)
@require_safe
def count_invitations(request):
    """Show the numbers alone, to who reads no name."""
    return show_screen(
        request,
        "admin/assises/invitation/count.html",
        title="Les invitations en chiffres",
        **_counted(request),
    )


def _plain(queryset):
    """Return the same rows, less what the list adds to them."""
    return Invitation.objects.filter(pk__in=queryset.values("pk"))


def _tell_sent(request, left):
    if left:
        told = f"{left} invitation{plural(left)} en route."
        messages.success(request, told)
    else:
        told = "Rien n’est parti\u00a0: seule part une invitation préparée, avec un contact."
        messages.warning(request, told)


@admin_screen(SEND)
@require_http_methods(["GET", "POST"])
def send_invitations(request):
    """Show the letters that would leave, as they would; the button sends those shown."""
    edition = request.site.edition
    ready = Invitation.objects.of(edition).filter(
        state=State.PREPARED, contact__isnull=False
    )
    if request.method == "POST":
        chosen = [key for key in request.POST.getlist("cle") if key.isalnum()]
        left = invitations.send(
            ready.filter(key__in=chosen), by=request.user, at=request.at
        )
        _tell_sent(request, left)
        return redirect("admin:assises_invitation_changelist")
    rows = list(ready.select_related("edition", "structure", "contact"))
    return show_screen(
        request,
        "admin/assises/invitation/send.html",
        title="Envoyer les invitations",
        edition=edition,
        letters=mails.shown(rows, edition),
        without=Invitation.objects.of(edition)
        .filter(state=State.PREPARED, contact=None)
        .count(),
    )
