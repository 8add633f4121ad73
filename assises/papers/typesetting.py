"""How does data become a PDF that reads aloud, whatever people have typed?"""

import json
import logging
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings

logger = logging.getLogger(__name__)

LONGEST = 20  # seconds
# What the letters of Typst (Libertinus Serif, then DejaVu Sans Mono) can show: tried sign
# by sign. Elsewhere is a box, for an unknown sign makes a tagged PDF fail.
_UNKNOWN = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u0377\u0391-\u03a1\u03a3-\u0484\u048a-\u04ff\u0531-\u0556"
    "\u0561-\u0587\u10d0-\u10ff\u1e00-\u1eff\u2000-\u2040\u2044-\u2052\u2054-\u2064"
    "\u2070\u2071\u2074-\u208e\u2090-\u209c\u20a0-\u20bf\u2100-\u211e\u2122\u2126"
    "\u2150\u2153-\u2184\u2190-\u23ff\u2460-\u262f\u2701-\u2704\u270c-\u2727"
    "\u2b00-\u2b73\ufb00-\ufb06\ufe0e\ufe0f]"
)
_BOX = "\u25a1"


class NotMadeError(Exception):
    """Typst took too long, or refused twice."""


def compile_pdf(template, data, *, at):
    """Return the PDF of ``templates/papers/<template>.typ``, as bytes.

    ``data`` is what JSON holds: it reaches Typst as data, never as markup, in a process
    of its own that sees nothing but a copy of the templates. PDF/UA-1 (tags, language,
    title), dated ``at``. What cannot be tagged is made without tags, and logged. Raises
    :class:`NotMadeError`.
    """
    with tempfile.TemporaryDirectory() as root:
        shutil.copytree(
            settings.BASE_DIR / "templates/papers", root, dirs_exist_ok=True
        )
        task = {
            "template": str(Path(root) / f"{template}.typ"),
            "root": root,
            "data": json.dumps(printable(data)),
            "at": int(at.timestamp()),
        }
        try:
            return _run(task | {"standards": ["ua-1"]})
        except NotMadeError as error:
            logger.warning("%s is made without tags: %s", template, error)
            return _run(task | {"standards": []})


def printable(data):
    """Return ``data`` with a box for each sign that no letter shows."""
    if isinstance(data, str):
        return _UNKNOWN.sub(_BOX, data)
    if isinstance(data, dict):
        return {name: printable(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [printable(value) for value in data]
    return data


def _run(task):
    try:
        done = subprocess.run(
            [sys.executable, Path(__file__).with_name("typesetter.py")],
            input=json.dumps(task).encode(),
            capture_output=True,
            timeout=LONGEST,
            env={},
        )
    except subprocess.TimeoutExpired:
        raise NotMadeError(f"more than {LONGEST} s") from None
    if done.returncode:
        raise NotMadeError(done.stderr.decode(errors="replace").strip()[-300:])
    return done.stdout
