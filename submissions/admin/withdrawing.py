"""How do organisers withdraw answers, once they have read which ones and who is told?"""

from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path

from submissions.answering import lifecycle

NOT_SENT = "{} : seule une réponse envoyée se retire."


class WithdrawingMixin:
    """The action asks, its own page withdraws."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.withdraw_view)
        page = path("retirer/", view, name="submissions_application_withdraw")
        return [page, *super().get_urls()]

    @admin.action(
        description="Retirer la réponse",
        permissions=["change"],
        location=[ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM],
    )
    def withdraw(self, request, queryset):
        """Show which answers would be withdrawn: a mail leaves for each, at once."""
        related = ("structure", "contact", "second_contact", "edition")
        answers = list(queryset.select_related(*related))
        for application in answers:
            if not application.is_sent:
                told = NOT_SENT.format(application.reference)
                self.message_user(request, told, messages.WARNING)
        sent = [application for application in answers if application.is_sent]
        if not sent:
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": "Retirer cette réponse"
            if len(sent) == 1
            else "Retirer ces réponses",
            "subtitle": None,
            "answers": sent,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request, "admin/submissions/application/withdraw.html", context
        )

    def withdraw_view(self, request):
        """Withdraw each answer that the page of the question has listed."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        keys = list(filter(self.is_key, request.POST.getlist("answer")))
        answers = self.get_queryset(request).filter(pk__in=keys)
        for application in answers:
            try:
                lifecycle.withdraw(application, by=request.user, at=request.at)
            except lifecycle.MoveRefusedError:
                told = NOT_SENT.format(application.reference)
                self.message_user(request, told, messages.WARNING)
            else:
                told = f"{application.reference} est retirée."
                self.message_user(request, told, messages.SUCCESS)
        if len(keys) == 1:
            return redirect("admin:submissions_application_change", keys[0])
        return redirect("admin:submissions_application_changelist")
