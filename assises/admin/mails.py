"""What left, what waits, what failed: seen by organisers, owned by processes."""

from functools import partial

from django.contrib import admin, messages
from django.db import transaction
from django.urls import path

from assises.admin import wordings
from assises.admin.base import EMPTY, EVERYWHERE, ReadOnlyAdmin, Section, as_column
from assises.french import dates, text
from assises.french.dates import NBSP
from assises.french.numbers import plural
from assises.mail import failures, outbox
from assises.models import AccessLink, Job, Mail
from assises.people import access_links, audit
from assises.work import jobs

STAYS = (
    "Ne part que ce qui est retenu. Un appel ne part plus vers qui a répondu, ne souhaite pas,"
    " ou a changé d’adresse."
)
# What the worker does beside the site, by its name in the code.
JOBS = {
    "housekeeping": "ménage",
    "backup": "sauvegarde",
    "invitations": "relances et liste d’attente",
    "assignment": "attribution des dossiers",
    "letter": "lettre d’invitation",
    jobs.HEARTBEAT: "signe de vie",
}


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    section = Section.FLOW
    list_display = [
        "subject",
        "address",
        "state",
        "written",
        "left_on",
        "last_error",
    ]
    list_filter = ["state"]
    ordering = ["-created_at"]
    search_fields = ["search_text"]
    search_help_text = "Adresse, objet ou dossier."
    actions = ["release", "requeue", "note_bounce", "cancel"]
    change_list_template = "admin/assises/mail/change_list.html"
    fields = [
        "subject",
        "address",
        "reply_to",
        "state",
        "last_error",
        "said_by_server",
        "written",
        "left",
        "tries",
        "next_try",
        "dossier",
        "text",
        "message_id",
    ]
    written = as_column("created_at", "écrit")
    left = as_column("sent_at", "remis")
    # In our words in the list; the page of the mail has those of the server too.
    last_error = as_column("error", "pourquoi", failures.explained)
    said_by_server = as_column("error", "réponse du serveur", str)
    next_try = as_column("retry_at", "prochain essai")

    def get_urls(self):
        pages = {
            "textes/": (wordings.list_wordings, "wordings"),
            "textes/<str:package>/<str:name>/": (wordings.word_mail, "wording"),
        }
        screens = [
            path(address, view, name=f"assises_mail_{name}")
            for address, (view, name) in pages.items()
        ]
        return [*screens, *super().get_urls()]

    @admin.display(description="remis, ou prochain essai", ordering="sent_at")
    def left_on(self, mail):
        if mail.sent_at:
            return dates.short_moment(mail.sent_at)
        return (
            f"essai le {dates.short_moment(mail.retry_at)}" if mail.retry_at else EMPTY
        )

    @admin.display(description="dossier")
    def dossier(self, mail):
        return mail.dossier or EMPTY

    @admin.display(description="texte")
    def text(self, mail):
        """Show the stored body; what is made at sending is told, never shown."""
        place = "[code à usage unique]" if mail.code_user_id else "[lien personnel]"
        return mail.body.replace(text.LINK_PLACE, place)

    def releasing(self, mails, *, by, at):
        return outbox.release(mails, at=at)

    @admin.action(
        description="Envoyer ce qui est retenu",
        permissions=["organise"],
        location=EVERYWHERE,
    )
    def release(self, request, queryset):
        leave = partial(self.releasing, by=request.user, at=request.at)
        if done := _move_each(request, queryset, "envoyé", leave):
            told = f"À envoyer{NBSP}: {done} courriel{plural(done)}."
            self.message_user(request, told, messages.SUCCESS)
        if done < len(queryset):
            self.message_user(request, STAYS, messages.WARNING)

    @admin.action(
        description="Renvoyer tel quel", permissions=["organise"], location=EVERYWHERE
    )
    def requeue(self, request, queryset):
        put_back = partial(outbox.requeue, at=request.at)
        if done := _move_each(request, queryset, "remis en file", put_back):
            told = f"À renvoyer{NBSP}: {done} courriel{plural(done)}."
            self.message_user(request, told, messages.SUCCESS)
        else:
            told = "Seul un courriel en échec se renvoie."
            self.message_user(request, told, messages.WARNING)

    @admin.action(
        description="Noter qu’il est revenu",
        permissions=["organise"],
        location=EVERYWHERE,
    )
    def note_bounce(self, request, queryset):
        note = partial(outbox.note_bounce, at=request.at)
        if _move_each(request, queryset, "retour noté", note):
            told = "C’est noté. Rien ne part plus à cette adresse\u00a0: corrigez-la, ou renvoyez."
            self.message_user(request, told, messages.SUCCESS)
        else:
            told = "Seul un courriel remis peut être revenu."
            self.message_user(request, told, messages.WARNING)

    @admin.action(description="Annuler", permissions=["organise"], location=EVERYWHERE)
    def cancel(self, request, queryset):
        if done := _move_each(request, queryset, "annulé", outbox.cancel_mails):
            told = f"Annulation{NBSP}: {done} courriel{plural(done)}."
            self.message_user(request, told, messages.SUCCESS)
        else:
            told = "Seuls les courriels qui ne sont pas partis s’annulent."
            self.message_user(request, told, messages.WARNING)


@transaction.atomic
def _move_each(request, queryset, verb, process):
    """Move each row by ``process``, write its history, and return how many moved."""
    done = 0
    for row in queryset:
        if process(queryset.model.objects.filter(pk=row.pk)):
            audit.record(verb, row, by=request.user, at=request.at)
            done += 1
    return done


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    section = Section.FLOW
    list_display = ["name", "state", "due", "done", "tries", "result"]
    list_filter = ["state"]
    ordering = ["-due_at"]
    fields = list_display
    due = as_column("due_at", "à faire")
    done = as_column("done_at", "fait")

    @admin.display(description="tâche", ordering="kind")
    def name(self, job):
        return JOBS.get(job.kind.rpartition(".")[2], job.kind)


@admin.register(AccessLink)
class AccessLinkAdmin(ReadOnlyAdmin):
    """Links are seen by their address: not even their digest is shown."""

    section = Section.FLOW

    list_display = ["email", "scope", "created", "used", "expires", "revoked"]
    ordering = ["-created_at"]
    search_fields = ["email"]
    search_help_text = "Adresse électronique."
    actions = ["revoke"]
    fields = list_display
    created = as_column("created_at", "créé")
    used = as_column("used_at", "utilisé la dernière fois")
    expires = as_column("expires_at", "valable jusqu’au")
    revoked = as_column("revoked_at", "révoqué")

    @admin.action(description="Révoquer", permissions=["organise"], location=EVERYWHERE)
    def revoke(self, request, queryset):
        revoke = partial(access_links.revoke, at=request.at)
        done = _move_each(request, queryset, "lien révoqué", revoke)
        told = (
            f"Révocation{NBSP}: {done} lien{plural(done)}. Les sessions ainsi ouvertes"
            " se ferment."
        )
        level = messages.SUCCESS if done else messages.WARNING
        self.message_user(request, told, level)
