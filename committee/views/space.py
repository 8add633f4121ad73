"""« Mon dossier »: everything one applicant has answered, and what can be done with it."""

import uuid

from django.shortcuts import redirect, render

from assises.guests import answering
from assises.models import Contact, Kind
from assises.people import access_links
from committee.publishing import readings
from submissions.models import Application
from submissions.offers import asking
from submissions.people import identity
from submissions.views.common import applicant_page


@applicant_page("GET", "HEAD")
def space(request):
    """List the answers of a confirmed address, or those begun in this browser."""
    if not request.applicant.is_known:
        return redirect("submissions:access")
    own = Application.objects.editable_by(request.applicant)
    editable = set(own.open_for_changes(request.at).values_list("pk", flat=True))
    answers = list(own.with_people().select_related("second_contact").newest_first())
    for answer in answers:
        answer.is_open = answer.pk in editable
        answer.offer = asking.told_to_bearer(answer, request.at)
        answer.is_own = answer.is_owned_by(request.applicant)
        answer.next_key = uuid.uuid4()
        answer.as_second = answer.is_seconded_by(request.applicant)
    readings.tell_results(answers)
    edition = request.site.edition
    unrecognised = Application.objects.to_recognise(request.applicant).newest_first()
    return render(
        request,
        "committee/space.html",
        {
            "answers": answers,
            "unrecognised": unrecognised,
            "moved": identity.moved_from(request.applicant.email).exclude(
                pk__in=[answer.pk for answer in answers]
            ),
            "invitations": answering.opened_by(request.applicant).select_related(
                "edition", "structure", "contact"
            ),
            "seats": answering.seats_of(request.applicant).select_related(
                "invitation__edition"
            ),
            "links": access_links.own_links(request),
            "is_informed": Contact.objects.informed(request.applicant.email).exists(),
            "came_by": access_links.came_by(request),
            "can_declare": edition and edition.is_open(request.at, Kind.DECLARE),
        },
    )
