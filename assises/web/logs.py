"""What never reaches the logs: the tokens of personal links, and what people typed."""

import logging
import re
import traceback

from gunicorn.glogging import Logger

SECRET = re.compile(r"/acces/(?!entrer/|quitter/)[^\s/'\"]+")
# What PostgreSQL quotes of a row, of a key or of a query, up to the end of its message.
QUOTED = re.compile(r"\b(D[EÉ]TAIL|CONTEXTE?|LI[GN]+E \d+)\s*:.*", re.DOTALL)


class WithoutSecrets(logging.Filter):
    """Mask tokens and typed texts in a message, its arguments and its traceback."""

    def filter(self, record):
        record.msg = _masked(record.getMessage())
        record.args = ()
        if getattr(record, "status_code", 500) < 500:
            record.exc_info = None  # Refused on purpose: its line says it all.
        if record.exc_info and record.exc_info[1]:
            record.exc_text = _masked(traced_errors(record.exc_info[1]))
        return True


class DiscreetLogger(Logger):
    """The journal of gunicorn, less the tokens of personal links."""

    def setup(self, cfg):
        super().setup(cfg)
        for handler in [*self.error_log.handlers, *self.access_log.handlers]:
            handler.addFilter(WithoutSecrets())


def _masked(words):
    return SECRET.sub("/acces/…", QUOTED.sub(r"\1: …", words))


def traced_errors(error):
    """Return the tracebacks of ``error`` and of what it comes from, oldest first."""
    chain = []
    while error is not None and error not in chain:
        chain.insert(0, error)
        quiet = error.__suppress_context__
        error = error.__cause__ or (None if quiet else error.__context__)
    return "\n\nThen:\n\n".join(
        "".join(traceback.format_tb(each.__traceback__)) + one_line_error(each)
        for each in chain
    )


def one_line_error(error):
    """Return the name of ``error`` and the first line of its message.

    The next lines of a database quote the row that it refuses, whose own text may
    hold lines: nothing tells where it ends.
    """
    lines = str(error).splitlines() or [""]
    return f"{type(error).__name__}: {lines[0]}"
