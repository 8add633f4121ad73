"""Who sees which answers, and what of each? Every list, search, page and export asks here.

The public sees numbers and what was published, applicants their own answers, readers
what was sent less people, organisers everything; the committee's narrows it.
"""

from django.db.models import Exists, OuterRef, Q

from assises.french import text
from assises.models import Structure
from assises.people.permissions import organises
from submissions.answering.choice_lists import ChoiceLists
from submissions.forms.public import CONSENTS
from submissions.models import Application
from submissions.reading import dossier


def applications_visible_to(user):
    """Return the answers that ``user`` reads in the administration, of every edition.

    A draft was given to nobody yet, and a withdrawn answer was taken back: only
    organisers see them, to help those who call.
    """
    if not user.has_perm("submissions.view_application"):
        return Application.objects.none()
    answers = Application.objects.all()
    return answers if organises(user) else answers.sent()


def structures_visible_to(user, structures):
    """Narrow ``structures`` to those that ``user`` knows from elsewhere than a draft."""
    if organises(user):
        return structures
    answers = Application.objects.filter(structure=OuterRef("pk"))
    return structures.filter(Q(listed=True) | ~Exists(answers) | Exists(answers.sent()))


def sees_people(user):
    """Say whether ``user`` may read the names and addresses in an answer."""
    return user.has_perm("assises.view_contact")


def visible_sections(application, *, sees_people, lists=None, content=None):
    """Return the answer as it was asked, less what names people if they are hidden.

    ``content`` is that of the snapshot to read in place of what is stored.
    """
    whole = dossier.dossier_sections(
        application, lists=lists or lists_of(application), content=content
    )
    if sees_people:
        return whole
    hidden = set(Application.personal)
    if application.is_by_an_individual:
        hidden |= Structure.personal
    return less_rows(whole, hidden, steps={"contact"})


def sections_for(application, applicant, *, lists, forms=None):
    """Return what ``applicant`` reads of ``application``: the second contact, no consent of
    the person who answered. ``forms``: see :func:`submissions.reading.dossier.dossier_sections`."""
    sections = dossier.dossier_sections(
        application, lists=lists, empty=False, forms=forms
    )
    own = application.is_owned_by(applicant)
    return sections if own else less_rows(sections, CONSENTS)


def less_rows(sections, names, *, steps=frozenset()):
    """Return ``sections`` less the rows ``names`` and the whole ``steps``."""
    return [
        section._replace(rows=[row for row in section.rows if row.name not in names])
        for section in sections
        if section.slug not in steps
    ]


def lists_of(application):
    """Return the words to read ``application`` with; what a draft chooses may be any."""
    return OwnLists(application) if application.is_sent else ChoiceLists()


class OwnLists(ChoiceLists):
    """Only the words that one answer has chosen: enough to read it.

    Terms that are no longer offered keep their label.
    """

    def __init__(self, application):
        super().__init__()
        self.communes = list(application.communes.all())
        self.terms = list(application.terms.all())
        seat = application.structure.seat if application.structure_id else None
        if seat is not None and seat not in self.communes:
            self.communes.append(seat)


def search(answers, query, user):
    """Keep the ``answers`` that every word of ``query`` finds in what ``user`` sees."""
    for word in text.searched_words(query):
        answers = answers.filter(found_by(word, sees_people=sees_people(user)))
    return answers


def found_by(word, *, sees_people):
    """Return the condition of an answer that ``word``, folded, finds in what is seen."""
    found = Q(search_text__contains=word)
    return found | Q(people_text__contains=word) if sees_people else found
