"""What does the environment say, and is it of the expected type?"""

import os

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def text(name, default=""):
    """Return the variable ``name``, stripped."""
    return os.environ.get(name, default).strip()


def boolean(name, default=False):
    """Return whether ``name`` is on; refuse a value that is neither on nor off."""
    value = text(name, "1" if default else "0").lower()
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")
    return value in TRUE


def integer(name, default):
    """Return the whole number in ``name``."""
    value = text(name) or str(default)
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} must be a whole number, not {value!r}."
        ) from error


def words(name, default=""):
    """Return the comma-separated words of ``name`` as a list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]
