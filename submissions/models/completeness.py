"""What may never be stored of an answer, whoever writes it?"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left, Length

from assises.forms.fields import TickField
from assises.models import Kind
from submissions.questions.index import QUESTIONS
from submissions.questions.question import Owner

# « 2027 » or « 2027-09 »: sorted as text, sorted in time.
YEAR_AND_MONTH = r"^[0-9]{4}(-(0[1-9]|1[0-2]))?$"


def _is_complete(kind):
    """Return the condition of an answer that holds what its own columns need to be sent.

    A tick is not one of them: who answers alone has no direction to inform.
    """
    needed = [
        question.column
        for question in QUESTIONS.values()
        if question.owner is Owner.ANSWER
        and kind in question.needed
        and not isinstance(question.field, TickField)
    ]
    return Q(*(~Q(**{column: ""}) for column in needed), kind=kind)


def _dated(column):
    return models.CheckConstraint(
        condition=Q(**{column: ""}) | Q(**{f"{column}__regex": YEAR_AND_MONTH}),
        name=f"submissions_application_{column}",
        violation_error_message="Indiquez une année, ou un mois et une année.",
    )


CONSTRAINTS = [
    models.CheckConstraint(
        condition=~Q(state="sent")
        | Q(
            _is_complete(Kind.PARTICIPATE)
            | _is_complete(Kind.DECLARE)
            | _is_complete(Kind.PROPOSE),
            structure__isnull=False,
            contact__isnull=False,
        ),
        name="submissions_application_sent_is_complete",
        violation_error_message="Une réponse envoyée est complète.",
    ),
    models.CheckConstraint(
        condition=Q(state="draft", sent_at__isnull=True)
        | Q(~Q(state="draft"), sent_at__isnull=False),
        name="submissions_application_sent_is_dated",
        violation_error_message="Une réponse envoyée, et elle seule, porte sa date.",
    ),
    models.CheckConstraint(
        condition=~Q(state="withdrawn") | Q(withdrawn_at__isnull=False),
        name="submissions_application_withdrawn_is_dated",
        violation_error_message="Une réponse retirée porte la date du retrait.",
    ),
    models.CheckConstraint(
        condition=Q(asked_to_present_at__isnull=True) | Q(editable_until__isnull=False),
        name="submissions_application_asked_has_a_last_day",
        violation_error_message="Une proposition du comité porte un dernier jour.",
    ),
    models.CheckConstraint(
        condition=Q(declined_to_present_at__isnull=True)
        | Q(asked_to_present_at__isnull=False),
        name="submissions_application_declined_was_asked",
        violation_error_message="Ne se décline que ce qui a été proposé.",
    ),
    models.CheckConstraint(
        condition=Q(second_contact__isnull=True) | ~Q(second_contact=F("contact")),
        name="submissions_application_two_contacts_differ",
        violation_error_message="Les deux contacts sont deux personnes.",
    ),
    _dated("starts"),
    _dated("ends"),
    models.CheckConstraint(
        condition=Q(ends="") | Q(ends__gte=Left("starts", Length("ends"))),
        name="submissions_application_starts_before_it_ends",
        violation_error_message="La fin vient avant le début.",
    ),
]
