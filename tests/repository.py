"""What do the files of the repository hold? For the tests that read them."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ["assises", "submissions", "committee"]


def tracked(*patterns):
    """Return the paths of the repository's files, those not committed yet included."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [
        ROOT / name for name in listing.stdout.split("\n") if (ROOT / name).is_file()
    ]


def name_of(path):
    return str(path.relative_to(ROOT))


def read(path):
    return path.read_text(encoding="utf-8")


def sources():
    """Return our modules, without tests and migrations."""
    return [
        path
        for path in tracked("*.py")
        if path.relative_to(ROOT).parts[0] in PACKAGES
        and "migrations" not in path.parts
    ]


def hits(paths, pattern):
    """Return « file: what was found » for each match of ``pattern``."""
    return [
        f"{name_of(path)}: {match[0]!r}"
        for path in paths
        for match in re.finditer(pattern, read(path))
    ]
