"""What do the pages of the form share: finding the answer, keeping typed text?"""

from django.http import Http404

from assises.web import unsaved
from submissions.answering.choice_lists import Words, pickable
from submissions.models import Application, normalise_key

keeps_typed_text = unsaved.keeps_typed_text(
    Http404, "submissions/unsaved.html#lost", status=404
)


def find_answer(request, key, *, own=False):
    """Return the answer ``key`` if this applicant may edit it; unknown and foreign: 404.

    ``own`` leaves out the second contact, who decides nothing for who answered.
    """
    answers = Application.objects
    answers = answers.owned_by if own else answers.editable_by
    application = (
        answers(request.applicant)
        .filter(key=normalise_key(key))
        .select_related("edition", "structure__seat", "contact", "second_contact")
        .first()
    )
    if application is None:
        raise Http404("no such answer for this applicant")
    return application


def words_for(request):
    """Return the lists to choose from, with the structures this applicant may pick."""
    return Words(pickable(request.applicant.email))
