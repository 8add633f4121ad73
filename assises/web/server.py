"""What does gunicorn write of what it serves?"""

from gunicorn.glogging import Logger

from assises.web.logs import WithoutSecrets


class DiscreetLogger(Logger):
    """The journal of gunicorn, less the tokens of personal links."""

    def setup(self, cfg):
        super().setup(cfg)
        for handler in [*self.error_log.handlers, *self.access_log.handlers]:
            handler.addFilter(WithoutSecrets())
