"""What may a cell hold, so that a spreadsheet shows what was typed and runs nothing?"""

from assises.french import dates, text

# Excel counts in UTF-16, and spreads a longer text over several rows of a CSV.
LONGEST = 32_767
CUT = "… [texte coupé]"
# A CSV has no types: behind these signs, a spreadsheet looks for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
DECIMALS = 2


def typed(value):
    """Return ``value`` as a cell of text holds it: readable by all, cut with a mark."""
    return _cut(text.storable(value))


def _cut(value):
    """Return ``value``, at most :data:`LONGEST` units long; the mark tells of the rest."""
    if len(value) <= LONGEST // 2:
        return value
    units = value.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return value
    return units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", "ignore") + CUT


def unarmed(value):
    """Return the text ``value`` for a CSV, behind an apostrophe if it looks like a formula."""
    value = text.storable(value)
    return _cut(f"'{value}" if value.startswith(FORMULA_SIGNS) else value)


def with_comma(number):
    """Write a number as a French spreadsheet reads it: « 2,33 », « 12 »."""
    if isinstance(number, float):
        return f"{number:.{DECIMALS}f}".replace(".", ",")
    return str(number)


def local_moment(instant):
    """Return ``instant`` as the clocks of Paris show it: spreadsheets know no time zone."""
    return dates.local(instant).replace(tzinfo=None)


def written_moment(instant):
    """Write ``instant`` as a French spreadsheet reads it: « 12/05/2027 14:42 »."""
    return f"{local_moment(instant):%d/%m/%Y %H:%M}"
