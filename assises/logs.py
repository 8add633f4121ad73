"""What never reaches the logs: the tokens of personal links."""

import logging
import re

SECRET = re.compile(r"/acces/(?!entrer/|quitter/)[^\s/'\"]+")


class WithoutSecrets(logging.Filter):
    """Mask whatever follows ``/acces/`` in a message, its arguments and its traceback."""

    def filter(self, record):
        record.msg = SECRET.sub("/acces/…", record.getMessage())
        record.args = ()
        if record.exc_info:
            text = logging.Formatter().formatException(record.exc_info)
            record.exc_text = SECRET.sub("/acces/…", text)
        return True
