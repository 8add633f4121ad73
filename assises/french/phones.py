"""How is a telephone number kept, written and found?"""

import re

# In these ranges of France, a number may be that of a territory with a code of its own.
OVERSEAS_RANGES = ("26", "508", "59", "639", "69", "709")
# What such a number stands behind; « 0508… » has its code already.
CODES = ("+262", "+590", "+594", "+596", "+")


def kept(typed):
    """Return the number ``typed`` as it is kept (« +33199001234 »); nothing if it is none.

    A word or an extension would be lost: it makes it none.
    """
    import phonenumbers  # Here, for its tables are large.

    try:
        number = phonenumbers.parse(" ".join(typed.split()), "FR")
    except phonenumbers.NumberParseException:
        return ""
    if number.extension or any(map(str.isalpha, typed)):
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return _overseas(number) or phonenumbers.format_number(number, 0)


def _overseas(number):
    """Return a number of France under the code of its territory; nothing if it has none."""
    import phonenumbers
    from phonenumbers import PhoneNumberType

    national = str(number.national_number)
    if number.country_code != 33 or not national.startswith(OVERSEAS_RANGES):
        return ""
    for code in CODES if national.startswith("508") else CODES[:-1]:
        there = phonenumbers.parse(f"{code}{national}")
        line = phonenumbers.number_type(there)
        if line in {PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE}:
            return f"{code}{national}"
    return ""


def spoken(number):
    """Write a number as it is read in France: « 01 99 00 12 34 », « +44 20 7946 0958 ».

    Typed again, it is the same number. What is none is left as it is.
    """
    import phonenumbers
    from phonenumbers import PhoneNumberFormat as Way

    known = kept(number)
    if not known:
        return number
    said = phonenumbers.format_number(phonenumbers.parse(known), Way.NATIONAL)
    if kept(said) != known:
        said = phonenumbers.format_number(phonenumbers.parse(known), Way.INTERNATIONAL)
    return said.replace(" ", "\u202f")


def dialled(number):
    """Return what of a number is dialled: « 01 99 00 12 34 » is ``+33199001234``."""
    return kept(number) or "".join(re.findall(r"[\d+]", number))


def digits(number):
    """Return the digits by which a number is found: as it is read, and with its code."""
    return re.sub(r"[^\d ]", "", f"{spoken(number)} {dialled(number)}")
