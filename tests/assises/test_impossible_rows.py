"""What the database itself refuses, whoever writes it: by hand, by a race or by a mistake."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import F

from assises.models import AccessLink, Job
from assises.people import access_links
from tests import factories
from tests.factories import WHILE_OPEN

pytestmark = pytest.mark.django_db
OURS = [
    model
    for model in apps.get_models()
    if model._meta.app_label in {"assises", "submissions", "committee"}
]


def a_link():
    access_links.issue("zoe@example.org", at=WHILE_OPEN)
    return AccessLink.objects.get()


def a_job():
    return Job.objects.create(kind="x", key="x", due_at=WHILE_OPEN)


@pytest.mark.parametrize(
    ("make", "constraint", "broken"),
    [
        (factories.StructureFactory, "kind_known", {"kind": "ailleurs"}),
        (factories.StructureFactory, "one_seat", {"seat": None}),
        (factories.StructureFactory, "one_seat", {"seat_elsewhere": True}),
        (factories.StructureFactory, "named", {"name": ""}),
        (
            factories.StructureFactory,
            "not_merged_into_itself",
            {"merged_into": F("pk")},
        ),
        (factories.ContactFactory, "status_known", {"status": "ailleurs"}),
        (factories.PartnerFactory, "role_known", {"role": "ailleurs"}),
        (factories.MailFactory, "state_known", {"state": "ailleurs"}),
        (factories.MailFactory, "sending_is_leased", {"state": "sending"}),
        (factories.MailFactory, "sent_is_dated", {"state": "sent"}),
        (a_job, "state_known", {"state": "ailleurs"}),
        (a_job, "running_is_leased", {"state": "running"}),
        (a_link, "scope_known", {"scope": "ailleurs"}),
        (a_link, "lasts", {"expires_at": F("created_at")}),
        (
            factories.EditionFactory,
            "opens_before_closing",
            {"closes_at": F("opens_at")},
        ),
        (
            factories.EditionFactory,
            "inventory_closes_last",
            {"inventory_closes_at": F("closes_at") - timedelta(days=1)},
        ),
        (
            factories.EditionFactory,
            "read_before_results",
            {"reviews_due_on": date(2027, 7, 6)},
        ),
        (
            factories.EditionFactory,
            "results_before_the_day",
            {"results_on": date(2027, 10, 22)},
        ),
        (
            factories.EditionFactory,
            "answered_before_the_day",
            {"answers_until": F("held_on")},
        ),
        (
            factories.EditionFactory,
            "quiet_ends_after_it_begins",
            {"quiet_from": date(2027, 7, 14)},
        ),
        (factories.InvitationFactory, "category_known", {"category": "ailleurs"}),
        (
            factories.InvitationFactory,
            "somebody",
            {"structure": None, "contact": None},
        ),
        (factories.InvitationFactory, "one_seat", {"seats": 0}),
        (factories.InvitationFactory, "sent_is_dated", {"state": "sent"}),
        (
            factories.InvitationFactory,
            "answered_is_dated",
            {"state": "accepted", "sent_at": WHILE_OPEN},
        ),
        (
            factories.InvitationFactory,
            "waiting_is_dated",
            {"state": "waiting", "sent_at": WHILE_OPEN},
        ),
        (factories.GuestFactory, "somebody", {"headcount": 0}),
        (factories.GuestFactory, "named", {"name": ""}),
        (
            factories.GuestFactory,
            "comes",
            {"morning": False, "lunch": False, "afternoon": False},
        ),
        (factories.OutreachFactory, "state_known", {"state": "ailleurs"}),
    ],
)
def test_the_database_refuses(make, constraint, broken):
    row = make()
    own = type(row).objects.filter(pk=row.pk)
    name = f"{row._meta.label_lower.replace('.', '_')}_{constraint}"

    with pytest.raises(IntegrityError, match=rf"{name}\b"), transaction.atomic():
        own.update(**broken)


@pytest.mark.parametrize("model", OURS)
def test_every_text_is_held_to_its_choices_and_its_length(model):
    held = {constraint.name for constraint in model._meta.constraints}
    table = model._meta.label_lower.replace(".", "_")

    for field in model._meta.local_fields:
        if isinstance(field, models.TextField) and (field.choices or field.max_length):
            kind = "known" if field.choices else "length"
            assert f"{table}_{field.name}_{kind}" in held
