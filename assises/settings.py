"""How is this installation set up? Everything that varies comes from the environment."""

from datetime import timedelta
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from assises.web import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR") or BASE_DIR / "var")
VAR_DIR.mkdir(parents=True, exist_ok=True)

# What this installation is: the real site, or its demonstration.

DEMO = env.boolean("DEMO")
DEBUG = env.boolean("DEBUG")
CLOCK_SHIFT = timedelta(seconds=env.integer("CLOCK_SHIFT", 0))
REQUIRE_SECOND_FACTOR = env.boolean("REQUIRE_SECOND_FACTOR", default=not DEMO)

SECRET_KEY = env.text("SECRET_KEY")
if not SECRET_KEY:
    if not (DEMO or DEBUG):
        raise ImproperlyConfigured("SECRET_KEY is required (see .env.example).")
    SECRET_KEY = "insecure: demonstration and development only, never a real call"  # noqa: S105

SITE_URL = env.text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
TRUSTED_PROXIES = env.integer("TRUSTED_PROXIES", 0)

# Packages, from the highest to the lowest: committee → submissions → assises.

INSTALLED_APPS = [
    "committee",
    "submissions",
    "assises",
    "assises.admin.apps.AssisesAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_email",
    "crispy_forms",
]

MIDDLEWARE = [
    "assises.web.middleware.RequestInstantMiddleware",
    "assises.web.public_pages.PrivateByDefaultMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "assises.web.middleware.SoundRequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "assises.web.middleware.KeepingLoginMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

# Notices travel in their own cookie: reading one opens no session.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

ROOT_URLCONF = "assises.urls"
WSGI_APPLICATION = "assises.wsgi.application"
CSRF_FAILURE_VIEW = "assises.views.errors.csrf_failure"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "assises.web.site_context.site",
            ],
        },
    },
]
FORM_RENDERER = "assises.forms.renderer.ControlRenderer"
CRISPY_TEMPLATE_PACK = "fields"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("fields",)
CRISPY_FAIL_SILENTLY = False

# Data.

DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'assises.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            # Half a megabyte by thread: the system keeps the pages of the file already.
            " PRAGMA cache_size=-512"
        ),
    }
    # A live server and its threads cannot share a database in memory.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
BACKUP_DIR = Path(env.text("BACKUP_DIR")) if env.text("BACKUP_DIR") else None

# Mail: sent by the worker alone (assises/mail/delivery.py).

DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "assises@example.org")
MAIL_DIR = VAR_DIR / "mails"
if DEMO:
    MAILERS = {
        "default": {
            "BACKEND": "assises.mail.demonstration_mailbox.EmlBackend",
            "OPTIONS": {"directory": MAIL_DIR},
        }
    }
else:
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": env.text("SMTP_HOST", "127.0.0.1"),
                "port": env.integer("SMTP_PORT", 25),
                "username": env.text("SMTP_USER"),
                "password": env.text("SMTP_PASSWORD"),
                "use_tls": env.boolean("SMTP_TLS"),
                "timeout": 15,
            },
        }
    }

# People.

AUTH_USER_MODEL = "assises.User"
AUTHENTICATION_BACKENDS = ["assises.people.role_backend.RoleBackend"]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        # The list of Django is in English.
        "NAME": "django.contrib.auth.password_validation.CommonPasswordValidator",
        "OPTIONS": {
            "password_list_path": BASE_DIR / "assises" / "data" / "common_passwords.txt"
        },
    },
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
OTP_TOTP_ISSUER = "Assises CST"
OTP_EMAIL_TOKEN_VALIDITY = 600

# Words and time: one language, no LocaleMiddleware.

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"

# Files that everybody may read.

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "assises.web.static_files.ModuleManifestStorage"
        )
    },
}
WHITENOISE_MAX_AGE = 3600
# Nothing typed travels in a body refused for its size: texts have their own limits.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Closed by default.

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "form-action": [CSP.SELF],
}
HTTPS = SITE_URL.startswith("https://")
if HTTPS:
    SECURE_PROXY_SSL_HEADER = (
        ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
    )
    SECURE_SSL_REDIRECT = True
    # Asked from the machine itself too, and behind a proxy that is not trusted yet.
    SECURE_REDIRECT_EXEMPT = [r"^sante/$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    # No other host, nor a page without https, plants a cookie of these names.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# A draft begun in a browser stays open there for a month; the team signs in each day, and
# again where a page was left alone.
SESSION_COOKIE_AGE = 30 * 24 * 3600
WORKING_DAY = 12 * 3600
LEFT_ALONE = 2 * 3600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "filters": {"secrets": {"()": "assises.web.logs.WithoutSecrets"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["secrets"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"assises": {"level": "INFO"}},
}
