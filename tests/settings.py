"""The settings of the site, faster where speed changes no behaviour."""

import os

os.environ["SECRET_KEY"] = "tests only"
os.environ["DEMO"] = "0"
os.environ["DEBUG"] = "0"
os.environ["BACKUP_DIR"] = ""
os.environ.setdefault("CLOCK_SHIFT", "0")

from assises.settings import *  # noqa: F403
from assises.settings import DATABASES, STATIC_ROOT, TEMPLATES

# WhiteNoise warns of a folder that only `collectstatic` makes.
STATIC_ROOT.mkdir(exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]


class UnknownVariable(str):
    """Fail where a template names what its view does not give."""

    def __mod__(self, missing):
        raise AssertionError(f"unknown template variable: {missing}")

    def __contains__(self, item):
        return item == "%s"


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UnknownVariable()
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Durability is tested with the real settings; here it only costs time.
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF"
    )
