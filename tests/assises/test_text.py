import pytest
from hypothesis import given
from hypothesis import strategies as st

from assises import text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("tab\tkept", "tab\tkept"),
        ("\x0b=1+1\x1e\ufffe", "=1+1"),
        ("\ud800é", "é"),
        ("\u200b\u00a0 ", ""),
        ("\u3164", ""),
        ("{{7*7}} <script>", "{{7*7}} <script>"),
        ("👩‍🔬 مرحبا", "👩‍🔬 مرحبا"),
    ],
)
def test_clean_keeps_what_people_write(typed, kept):
    assert text.clean(typed) == kept


@given(st.text())
def test_clean_is_storable_and_stable(typed):
    cleaned = text.clean(typed)

    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert "\x00" not in cleaned
    assert text.LINK_PLACE not in cleaned
    assert text.clean(cleaned) == cleaned


def test_one_line_collapses_what_would_break_a_header():
    assert text.one_line("Objet\r\nBcc: tous\n") == "Objet Bcc: tous"


def test_shorten_shows_its_cut():
    assert text.shorten("abcdef", 6) == "abcdef"
    assert text.shorten("abcdefg", 6) == "abcde…"


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Étoiles & Cœur", "etoile coeur"),
        ("LES FUSÉES", "les fusee"),
        ("ﬁlles", "fille"),
        ("K7QF-2M9X", "k7qf 2m9x"),
    ],
)
def test_fold_ignores_accents_case_and_plurals(typed, folded):
    assert text.fold(typed) == folded
