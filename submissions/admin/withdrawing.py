"""How do organisers withdraw answers, once they have read which ones and who is told?"""

from django.contrib import admin, messages
from django.shortcuts import redirect

from assises.admin.base import EVERYWHERE
from assises.admin.screens import show_screen
from submissions.answering import lifecycle


@admin.action(
    description="Retirer la réponse", permissions=["change"], location=EVERYWHERE
)
def withdraw_answers(page, request, answers):
    """Show which answers would be withdrawn, and withdraw them once that is confirmed.

    A mail leaves for each, at once.
    """
    sent = []
    for application in answers:
        if application.is_sent:
            sent.append(application)
        else:
            _refuse(page, request, application)
    if not sent:
        return None
    if "confirmed" not in request.POST:
        return show_screen(
            request,
            "admin/submissions/application/withdraw.html",
            title="Retirer cette réponse" if len(sent) == 1 else "Retirer ces réponses",
            answers=sent,
        )
    for application in sent:
        try:
            lifecycle.withdraw(application, by=request.user, at=request.at)
        except lifecycle.MoveRefusedError:
            _refuse(page, request, application)
        else:
            told = f"{application.reference} est retirée."
            page.message_user(request, told, messages.SUCCESS)
    if len(sent) == 1:
        return redirect("admin:submissions_application_change", sent[0].pk)
    return None


def _refuse(page, request, application):
    told = f"{application.reference}\u00a0: seule une réponse envoyée se retire."
    page.message_user(request, told, messages.WARNING)
