"""From a mail to the dossier that it is about, and to the address to correct?"""

from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.html import format_html

from assises.admin import mails
from assises.models import Invitation, Mail
from submissions.answering import calling
from submissions.models import Application


class MailAdmin(mails.MailAdmin):
    releasing = staticmethod(calling.release)
    list_display = [
        "subject",
        "address",
        "state",
        "dossier",
        "last_error",
        "written",
        "left_on",
    ]
    fields = [
        "dossier",
        *(name for name in mails.MailAdmin.fields if name != "dossier"),
    ]

    def get_queryset(self, request):
        answers = Application.objects.filter(key=OuterRef("reference"))
        queryset = super().get_queryset(request)
        return queryset.annotate(
            answer=Subquery(answers.values("pk")[:1]),
            answer_email=Subquery(answers.values("email")[:1]),
            invitation=Subquery(
                Invitation.objects.filter(key=OuterRef("reference")).values("pk")[:1]
            ),
        )

    @admin.display(description="dossier", ordering="reference")
    def dossier(self, mail):
        """Lead to the dossier, and from a failure to the address to correct there."""
        if mail.answer is None:
            return self.invitation_of(mail)
        url = reverse("admin:submissions_application_change", args=[mail.answer])
        link = format_html('<a href="{}">{}</a>', url, super().dossier(mail))
        if mail.state != Mail.State.FAILED or mail.address != mail.answer_email:
            return link
        page = "admin:submissions_application_correct_address"
        url = reverse(page, args=[mail.answer])
        return format_html('{}<br><a href="{}">Corriger l’adresse</a>', link, url)

    def invitation_of(self, mail):
        """Lead to the invitation, and from a failure to the contact whose address is wrong."""
        if mail.invitation is None:
            return super().dossier(mail)
        url = reverse("admin:assises_invitation_change", args=[mail.invitation])
        link = format_html('<a href="{}">Invitation</a>', url)
        if mail.state != Mail.State.FAILED or mail.contact_id is None:
            return link
        url = reverse("admin:assises_contact_change", args=[mail.contact_id])
        return format_html('{}<br><a href="{}">Corriger l’adresse</a>', link, url)
