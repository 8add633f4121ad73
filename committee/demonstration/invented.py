"""What does the demonstration invent, and under which name?"""

import tomllib
from pathlib import Path

SLUG = "demonstration"
DOMAIN = "example.org"
DATA = Path(__file__).parent / "data"


def read_data(name):
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
