"""What two pages say of one field: shown before either replaces the other."""

from typing import NamedTuple


class Conflict(NamedTuple):
    label: str
    stored: str
    typed: str
