import pytest

from assises.french.numbers import plural, spaced


@pytest.mark.parametrize(
    ("number", "ending", "verb"),
    [(0, "", "reste"), (1, "", "reste"), (1.5, "", "reste"), (2, "s", "restent")],
)
def test_the_plural_begins_at_two(number, ending, verb):
    assert (plural(number), plural(number, "reste,restent")) == (ending, verb)


def test_thousands_are_spaced_on_one_line():
    assert (spaced(999), spaced(1_234_567)) == ("999", "1\u202f234\u202f567")
