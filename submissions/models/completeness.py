"""What may never be stored of an answer, whoever writes it?"""

from django.db import models
from django.db.models import Q

from assises.models import Kind
from assises.models.base import length_constraints

# « 2027 » or « 2027-09 »: sorted as text, sorted in time.
YEAR_AND_MONTH = r"^[0-9]{4}(-(0[1-9]|1[0-2]))?$"

CONSTRAINTS = [
    models.CheckConstraint(
        condition=~Q(state="sent")
        | Q(
            Q(kind="participate") | ~Q(title="") & ~Q(pitch="") & ~Q(stage=""),
            ~Q(kind="propose")
            | ~Q(description="")
            & ~Q(takeaway="")
            & ~Q(transferable="")
            & ~Q(presenters="")
            & ~Q(availability=""),
            ~Q(email=""),
            sent_at__isnull=False,
            structure__isnull=False,
            contact__isnull=False,
        ),
        name="submissions_application_sent_is_complete",
        violation_error_message="Une réponse envoyée est complète.",
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
        condition=Q(kind__in=Kind.values),
        name="submissions_application_kind_known",
        violation_error_message="Choisissez l’une des trois portes.",
    ),
    models.CheckConstraint(
        condition=Q(state__in=["draft", "sent", "withdrawn"]),
        name="submissions_application_state_known",
        violation_error_message="État inconnu.",
    ),
    models.CheckConstraint(
        condition=Q(starts="") | Q(starts__regex=YEAR_AND_MONTH),
        name="submissions_application_starts",
        violation_error_message="Indiquez une année, ou un mois et une année.",
    ),
    models.CheckConstraint(
        condition=Q(ends="") | Q(ends__regex=YEAR_AND_MONTH),
        name="submissions_application_ends",
        violation_error_message="Indiquez une année, ou un mois et une année.",
    ),
    *length_constraints(
        structure_correction=300,
        structure_name=120,
        person=200,
        unit=120,
        title=100,
        pitch=200,
        description=1500,
        stage=20,
        starts=7,
        ends=7,
        availability=20,
        reach=20,
        girls_share=20,
        takeaway=600,
        transferable=600,
        presenters=300,
        minors=120,
        equipment=300,
        difficulty=300,
        seeks=300,
        offers=300,
    ),
]
