"""From a mail to the dossier that it is about, and to the address to correct?"""

from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.html import format_html

from assises.admin import mails
from assises.models import Mail
from submissions.models import Application


class MailAdmin(mails.MailAdmin):
    list_display = [
        "subject",
        "address",
        "state",
        "remedy",
        "last_error",
        "written",
        "left_on",
        "tries",
    ]
    fields = ["remedy", *(name for name in mails.MailAdmin.fields if name != "dossier")]

    def get_queryset(self, request):
        answers = Application.objects.filter(key=OuterRef("reference"))
        queryset = super().get_queryset(request)
        return queryset.annotate(
            answer=Subquery(answers.values("pk")[:1]),
            answer_email=Subquery(answers.values("email")[:1]),
        )

    @admin.display(description="dossier", ordering="reference")
    def dossier(self, mail):
        if mail.answer is None:
            return super().dossier(mail)
        url = reverse("admin:submissions_application_change", args=[mail.answer])
        return format_html('<a href="{}">{}</a>', url, super().dossier(mail))

    @admin.display(description="que faire")
    def remedy(self, mail):
        """Lead from a failure to the address to correct, or to the dossier."""
        if mail.state != Mail.State.FAILED or mail.answer is None:
            return self.dossier(mail)
        if mail.address != mail.answer_email:
            return self.dossier(mail)
        page = "admin:submissions_application_correct_address"
        url = reverse(page, args=[mail.answer])
        return format_html('<a href="{}">Corriger l’adresse</a>', url)
