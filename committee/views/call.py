"""What is the call, and how are the projects of the morning chosen?"""

from django.shortcuts import render

from assises.models import Term
from assises.timeline import timeline
from assises.web.public_pages import public_page
from assises.web.watched import every_row
from committee.models import Criterion


@public_page(every_row(Criterion))
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
