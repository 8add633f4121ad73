"""Whatever a member types is kept word for word, or refused beside its field."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from committee.models import Review
from tests import team
from tests.committee.factories import proposal
from tests.committee.test_reviews import filled, sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition", "while_open")]

HOSTILE = {
    "<script>alert(1)</script>": "<script>alert(1)</script>",
    "{{7*7}}": "{{7*7}}",
    "=1+1": "=1+1",
    "🚀 é œ ’ « »": "🚀 é œ ’ « »",
    "\u202etfel ot thgir": "\u202etfel ot thgir",
    "avant\x00\x0b\ufffeaprès": "avantaprès",
    "ligne\r\nligne": "ligne\nligne",
    "\x00": "",
}
VISIBLE = st.text(
    st.characters(exclude_categories=["C", "Z", "M"]) | st.just(" "), max_size=80
)


@pytest.fixture
def review(member, assigned):
    proposal()
    assigned()
    return Review.objects.select_related("application").get()


def hand_in(member, review, marks, comment):
    """Hand in with ``comment``; return what is stored and what the sheet shows."""
    client = team.signed_in(member.user)
    review.refresh_from_db()
    response = client.post(
        sheet_of(review), filled(review, marks, comment=comment, geste="rendre")
    )
    assert response.status_code == 302
    review.refresh_from_db()
    return review.comment, client.get(sheet_of(review))


@pytest.mark.parametrize(("typed", "expected"), HOSTILE.items())
def test_hostile_comment_is_kept_and_shown_harmless(
    member, review, marks, typed, expected
):
    stored, sheet = hand_in(member, review, marks, typed)

    assert stored == expected
    assert sheet.context["form"]["comment"].value() == expected
    assert "<script>alert" not in sheet.text


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(typed=VISIBLE)
def test_any_visible_comment_is_kept_word_for_word(member, review, marks, typed):
    stored, _ = hand_in(member, review, marks, typed)

    assert stored == typed.strip()


@pytest.mark.parametrize(
    "forged",
    [
        {"version": "x"},
        {"version": ""},
        {"version": "9" * 30},
        {"snapshot": "9" * 30},
        {"snapshot": "x"},
        {"mark-impact-educatif": "4"},
        {"mark-impact-educatif": "-1"},
        {"geste": "effacer"},
    ],
)
def test_forged_fields_never_break(member, review, marks, forged):
    response = team.signed_in(member.user).post(
        sheet_of(review), filled(review, marks, **({"geste": "rendre"} | forged))
    )

    assert response.status_code in {302, 409, 422}
    review.refresh_from_db()
    assert not review.scores.exclude(mark__in=range(4)).exists()
