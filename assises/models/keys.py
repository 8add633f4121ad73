"""How is the reference of an answer, or of an invitation, made, and read back?"""

import secrets

# Read aloud and copied by hand: no 0 O, no 1 I L.
KEY_CHARACTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
KEY_LENGTH = 8


def new_key():
    """Return a fresh reference: 8 characters, about 40 bits, no secret."""
    return "".join(secrets.choice(KEY_CHARACTERS) for _ in range(KEY_LENGTH))


def normalise_key(typed):
    """Return ``typed`` as a key is stored: « k7qf-2m9x » becomes ``K7QF2M9X``."""
    return "".join(each for each in typed.upper() if each in KEY_CHARACTERS)
