"""What is the call, and how are the projects of the morning chosen?"""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assises.models import Term
from assises.timeline import timeline
from committee.models import Criterion


@login_not_required
@require_safe
def call(request):
    edition = request.site.edition
    context = {"axes": Term.objects.of(Term.Vocabulary.AXIS).active().in_order()}
    if edition:
        context |= {
            "edition": edition,
            "criteria": Criterion.objects.of(edition),
            "timeline": timeline(edition, request.at),
            "kinds": edition.open_kinds(request.at),
        }
    return render(request, "committee/call.html", context)
