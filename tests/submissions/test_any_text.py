"""Whatever is typed, in any field of any step: no fault, no loss, no silent change."""

import pytest
from django.urls import reverse
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assises.forms.fields import ProseField, TextField
from assises.french import text
from assises.french.numbers import spaced
from assises.models import Kind, Mail
from submissions.answering import lifecycle, steps
from submissions.models import Application
from tests.answers import ANSWERS, begin, enter, fill, fill_all, send
from tests.factories import WHILE_OPEN, ApplicationFactory
from tests.team import member, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]

HOSTILE = [
    "é" * 214,
    "x" * 5_000,
    "un\x00deux\x0btrois\x1equatre",
    "\ufffe\uffff non-caractères",
    "<script>alert('à')</script>",
    "{{7*7}} {% now 'Y' %}",
    "=1+1",
    "@SUM(A1)",
    "👩‍🔬🚀 émoji",
    "مرحبا\u202e à l’envers",
    "31/02/2027",
    "abc@",
    "'; DROP TABLE submissions_application; --",
    "ligne 1\r\nligne 2\rligne 3\n",
    "\u200b\u00a0\u3164",
    "%(titre)s %s {0}",
    "../../etc/passwd",
]
typed_texts = st.sampled_from(HOSTILE) | st.text(max_size=700)

unhurried = settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def text_fields(step):
    return {
        name: field
        for name, field in steps.STEPS[step].form.base_fields.items()
        if isinstance(field, TextField) and name != "structure_correction"
    }


def answer(client):
    """Return the one answer of this test, for all its examples."""
    if not hasattr(client, "answer"):
        client.answer = begin(client, Kind.PROPOSE)
    return client.answer


@pytest.mark.parametrize("step", steps.STEPS)
@unhurried
@given(data=st.data())
def test_any_text_is_stored_or_shown_again(client, step, data):
    fields = text_fields(step)
    typed = data.draw(st.fixed_dictionaries(dict.fromkeys(fields, typed_texts)))

    response = fill(client, answer(client), step, {**ANSWERS[step], **typed})

    form = steps.step_form(Application.objects.get(pk=client.answer.pk), step)
    assert response.status_code == 200
    for name, field in fields.items():
        shown = form[name].value() or ""
        if name in form.errors:
            assert shown == text.storable(typed[name])
            assert escape(shown) in response.content.decode()
            continue
        assert field.clean(shown) == field.clean(typed[name])
        if field.alters(typed[name]):
            assert "Des caractères invisibles ont été retirés de" in response.text
        elif type(field) in {TextField, ProseField} and text.has_visible(typed[name]):
            assert shown.split() == text.storable(typed[name]).split()


@pytest.mark.parametrize("name", ["title", "description"])
def test_a_text_of_a_million_signs_is_told_and_shown_again(client, name):
    application = begin(client, Kind.PROPOSE)
    huge = "é" * 1_000_000

    response = fill(client, application, "action", {**ANSWERS["action"], name: huge})

    application.refresh_from_db()
    limit = steps.STEPS["action"].form.base_fields[name].limit
    assert response.context["form"].errors == {
        name: [
            f"{spaced(limit)} caractères au plus, {spaced(1_000_000 - limit)} de trop."
        ]
    }
    assert huge in response.text
    assert name not in application.typed["action"]
    assert application.said("action", "pitch") == ANSWERS["action"]["pitch"]


@pytest.mark.parametrize("title", [title for title in HOSTILE if len(title) <= 100])
def test_a_title_is_faithful_wherever_it_goes(client, title):
    application = begin(client, Kind.DECLARE)
    fill_all(client, application)
    fill(client, application, "action", {**ANSWERS["action"], "title": title})
    enter(client, "zoe@example.org")
    kept = text.in_one_line(text.clean(title))
    if not kept:
        assert Application.objects.get().title == ""
        return

    receipt = send(client, application)

    application = Application.objects.get()
    subject = Mail.objects.get(kind="application_received").subject
    assert application.title == kept
    assert escape(kept) in receipt.text
    assert subject == text.one_line(f"[Assises CST] Réponse bien reçue – {kept}")
    assert application.snapshots.get().content["action"]["title"] == [kept]
    admin = signed_in(member("Organisation"))
    page = admin.get(
        reverse("admin:submissions_application_change", args=[application.pk])
    )
    assert escape(kept) in page.text


def test_a_typed_link_place_never_becomes_a_link():
    application = ApplicationFactory(
        declared=True, kind=Kind.DECLARE, title="Avant\x1eaprès"
    )
    Application.objects.filter(pk=application.pk).update(
        title=text.clean(application.title)
    )
    application.refresh_from_db()

    lifecycle.send(application, at=WHILE_OPEN)

    assert Mail.objects.get().body.count(text.LINK_PLACE) == 1


@unhurried
@given(
    email=st.sampled_from(HOSTILE) | st.text(max_size=300), kind=st.text(max_size=12)
)
def test_any_text_on_the_first_screen_is_answered(client, email, kind):
    response = client.post(
        reverse("submissions:start"),
        {"email": email, "kind": kind, "start_key": kind},
    )

    assert response.status_code in {200, 302}


@settings(unhurried, max_examples=5)
@given(values=st.lists(st.sampled_from(HOSTILE) | st.text(max_size=30), max_size=3))
def test_any_choice_is_answered(client, values):
    application = answer(client)
    for step in steps.path(Kind.PROPOSE):
        choices = {
            name: values
            for name, field in step.form.base_fields.items()
            if not isinstance(field, TextField)
        }
        response = fill(client, application, step.slug, choices)
        assert response.status_code == 200
    check = client.get(reverse("submissions:check", args=[application.key]))
    assert check.status_code == 200
