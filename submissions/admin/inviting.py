"""How does the secretary invite every structure that answered?"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from assises.admin.screens import admin_screen, show_screen
from assises.french.numbers import plural
from assises.guests import invitations
from assises.models import Invitation, Structure
from assises.people.permissions import ORGANISE
from submissions.reading import respondents


@admin_screen(ORGANISE)
@require_http_methods(["GET", "POST"])
def invite(request):
    """Show whom preparing would invite, with how many seats; the button prepares them."""
    edition = request.site.edition
    if edition is None:
        raise Http404("no edition")
    wanted = respondents.wanted(edition)
    if request.method == "POST":
        prepared = invitations.prepare(edition, wanted, by=request.user, at=request.at)
        _tell(request, prepared)
        return redirect("admin:assises_invitation_send")
    planned = invitations.plan(edition, wanted)
    names = Structure.objects.in_bulk([one.structure for one in planned.new])
    return show_screen(
        request,
        "admin/submissions/application/invite.html",
        title="Inviter les structures qui ont répondu",
        planned=planned,
        rows=[(names[one.structure], one.seats) for one in planned.new],
        standing=Invitation.objects.of(edition).count(),
        unconfirmed=respondents.unconfirmed(edition),
        edition=edition,
    )


def _tell(request, prepared):
    new, raised = len(prepared.new), len(prepared.raised)
    if not new and not raised:
        messages.info(
            request, "Tout le monde était déjà invité\u00a0: rien n’a changé."
        )
        return
    told = f"{new} invitation{plural(new)} préparée{plural(new)}"
    if raised:
        told += f", {raised} avec plus de places"
    messages.success(request, f"{told}. Rien n’est encore parti.")
