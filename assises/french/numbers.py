"""How are a number, and the words that it counts, written in French?"""


def spaced(number):
    """Write a whole number as it is read in French: « 2 000 »."""
    return f"{number:,}".replace(",", "\u202f")


def plural(number, forms="s"):
    """Return which of ``forms`` (« s », « reste,restent ») goes with ``number``.

    In French the plural begins at two, where Django's ``pluralize`` has it at zero.
    """
    one, _, several = forms.rpartition(",")
    return several if number >= 2 else one
