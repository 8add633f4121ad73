"""Whatever a member types is kept word for word, or refused beside its field."""

import unicodedata

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
    "\u202etfel ot thgir": "tfel ot thgir",
    "avant\x00\x0b\ufffeaprès": "avant\naprès",
    "ligne\r\nligne": "ligne\nligne",
    "\x00": "",
}
State = Review.State
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

    assert stored == unicodedata.normalize("NFC", typed).strip()


FIRST = "mark-impact-educatif"


@pytest.mark.parametrize(
    ("forged", "status", "state", "marked", "unfinished"),
    [
        # No version, or none there is: the page is as good as overtaken.
        ({"version": "x"}, 409, State.TO_READ, 0, {}),
        ({"version": ""}, 409, State.TO_READ, 0, {}),
        ({"version": "9" * 30}, 409, State.TO_READ, 0, {}),
        ({"version": "9" * 5000}, 409, State.TO_READ, 0, {}),
        # Which version was read is not known: a draft may do without, no more.
        ({"snapshot": "9" * 30}, 409, State.TO_READ, 0, {}),
        ({"snapshot": "9" * 5000}, 409, State.TO_READ, 0, {}),
        ({"snapshot": "x"}, 409, State.TO_READ, 0, {}),
        ({"snapshot": "x", "geste": "sans-avis"}, 409, State.TO_READ, 0, {}),
        ({"snapshot": "x", "geste": "garder"}, 302, State.DRAFT, 5, {}),
        # A mark that is none is shown again, and everything else is kept.
        ({FIRST: "4"}, 302, State.DRAFT, 4, {FIRST: "4"}),
        ({FIRST: "-1"}, 302, State.DRAFT, 4, {FIRST: "-1"}),
        # An unknown button keeps.
        ({"geste": "effacer"}, 302, State.DRAFT, 5, {}),
        # Nothing of what the page says of itself is kept as if it had been typed.
        (
            {"snapshot": "x", "comment": "é" * 2001},
            302,
            State.DRAFT,
            5,
            {"comment": "é" * 2001},
        ),
    ],
)
def test_forged_fields_never_break(
    member, review, marks, forged, status, state, marked, unfinished
):
    response = team.signed_in(member.user).post(
        sheet_of(review), filled(review, marks, **({"geste": "rendre"} | forged))
    )

    assert response.status_code == status
    review.refresh_from_db()
    assert (review.state, review.unfinished) == (state, unfinished)
    assert list(review.scores.values_list("mark", flat=True)) == [2] * marked
