"""Django's settings, from the environment alone.

INSTEAD_DATA          folder for the database and the secret key of an embedded office (default: run/office)
DATABASE_URL          another database, such as postgres://user:password@host/name
INSTEAD_SECRET_KEY    the secret key; without it one is made and kept in INSTEAD_DATA
INSTEAD_HOSTS         the names this office answers to, separated by commas (default: this machine only)
INSTEAD_POLICY        the policy that decides, by name in the library or as a path (default: treatment-instead)
INSTEAD_LIBRARY       the office's own library folder, looked at before the one in the package
INSTEAD_DOCUMENTS     folder for papers that somebody uploaded (default: documents in INSTEAD_DATA)
INSTEAD_OFFICE        the office's own clocks and numbers, by name in the library or as a path (default: model-office)
INSTEAD_SENDERS       how reminders leave, such as text=file,email=smtp,letter=paper (default: the console for each)
INSTEAD_OUTBOX        folder for messages and letters that somebody else sends on (default: outbox in INSTEAD_DATA)
INSTEAD_REMINDER_NAME a neutral name for reminders on paper and by e-mail, such as “Appointments desk”
INSTEAD_REMINDER_PHONE a number for questions about a date, answered with a neutral name
INSTEAD_ADDRESS       the lines of the office's address for its letters, separated by semicolons
INSTEAD_PHONE         the telephone of the desk that answers for every case; letters need it
INSTEAD_PHONE_HOURS   when somebody answers there, such as “Monday to Friday, 9 to 5”
INSTEAD_SMTP          host:port of the mail server; INSTEAD_SMTP_USER and INSTEAD_SMTP_PASSWORD where it asks for them
INSTEAD_MAIL_FROM     the neutral address that e-mail comes from
INSTEAD_HTTPS         1 where the office is reached over https, as it must be outside this machine
INSTEAD_REQUIRE_TOTP  0 where people may sign in without a code from their phone (default: 1)
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

import dj_database_url

DATA = Path(os.environ.get("INSTEAD_DATA", "run/office"))


def _secret_key() -> str:
    """The key from the environment, or one that is made once and readable by its owner alone."""
    if key := os.environ.get("INSTEAD_SECRET_KEY"):
        return key
    path = DATA / "secret-key"
    DATA.mkdir(parents=True, exist_ok=True)
    made = DATA / f".secret-key-{os.getpid()}"
    if not path.is_file():  # written whole under a name of its own, so that two first starts end with one key
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            os.link(made, path)
        made.unlink()
    return path.read_text()


def _database() -> dict[str, object]:
    """PostgreSQL by URL, else SQLite in a file: write-ahead log, and every transaction takes the write lock at once."""
    if url := os.environ.get("DATABASE_URL"):
        return dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(DATA / "office.sqlite3"),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
        },
        "TEST": {"NAME": str(DATA / "test.sqlite3")},
    }


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("INSTEAD_HOSTS", "127.0.0.1,localhost").split(",")
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rules",
    "django_htmx",
    "instead.office.accounts",
    "instead.office.ledger",
    "instead.office.people",
    "instead.office.cases",
    "instead.office.treatment",
    "instead.office.tasks",
    "instead.office.court",
    "instead.office.consents",
    "instead.office.offers",
    "instead.office.enrolments",
    "instead.office.closing",
    "instead.office.my_page",
    "instead.office.notices",
    "instead.office.numbers",
    "instead.office.demonstration",
]
MIDDLEWARE = [
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "instead.office.security.content_security_policy",
    "instead.office.demonstration.middleware.demonstration_clock",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "instead.office.accounts.second_step.SecondStepMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "instead.office.accounts.sign_in.OfficeBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "instead.office.navigation.navigation",
                "instead.office.demonstration.bar.demonstration",
            ]
        },
    }
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
ACCOUNT_ADAPTER = "instead.office.accounts.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "instead.office.accounts.sign_in.SecondStepAdapter"
MFA_TOTP_ISSUER = "Instead"
MFA_TOTP_TOLERANCE = 1  # clocks of phones differ
INSTEAD_REQUIRE_TOTP = os.environ.get("INSTEAD_REQUIRE_TOTP", "1") == "1"
SESSION_COOKIE_AGE = 12 * 60 * 60  # a shift
CSRF_FAILURE_VIEW = "instead.office.my_page.plain_pages.csrf_failure"
ROOT_URLCONF = "instead.office.urls"
WSGI_APPLICATION = "instead.office.wsgi.application"
STATIC_URL = "static/"
# The few files of the package are served from where they are; nothing has to be collected first.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STATIC_ROOT = None
STATICFILES_DIRS = [Path(__file__).parent / name for name in ("static", "assets")]
LANGUAGES = [("en", "English"), ("es", "Español")]
LANGUAGE_CODE = "en"
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_TZ = True
TIME_ZONE = "America/New_York"

#: Papers that somebody uploaded: apart from the database, and from everything that is served.
INSTEAD_DOCUMENTS = Path(os.environ.get("INSTEAD_DOCUMENTS", str(DATA / "documents")))
INSTEAD_SENDERS = {
    way.strip(): name.strip()
    for way, _, name in (pair.partition("=") for pair in os.environ.get("INSTEAD_SENDERS", "").split(",") if pair)
}
INSTEAD_OUTBOX = Path(os.environ.get("INSTEAD_OUTBOX", str(DATA / "outbox")))
INSTEAD_REMINDER_NAME = os.environ.get("INSTEAD_REMINDER_NAME", "")
INSTEAD_REMINDER_PHONE = os.environ.get("INSTEAD_REMINDER_PHONE", "")
INSTEAD_ADDRESS = tuple(line.strip() for line in os.environ.get("INSTEAD_ADDRESS", "").split(";") if line.strip())
INSTEAD_PHONE = os.environ.get("INSTEAD_PHONE", "")
INSTEAD_PHONE_HOURS = os.environ.get("INSTEAD_PHONE_HOURS", "")
EMAIL_HOST, _, _SMTP_PORT = os.environ.get("INSTEAD_SMTP", "").partition(":")
EMAIL_PORT = int(_SMTP_PORT or 587)
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_HOST_USER = os.environ.get("INSTEAD_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("INSTEAD_SMTP_PASSWORD", "")
DEFAULT_FROM_EMAIL = os.environ.get("INSTEAD_MAIL_FROM", "")
INSTEAD_OFFICE = os.environ.get("INSTEAD_OFFICE", "model-office")
INSTEAD_POLICY = os.environ.get("INSTEAD_POLICY", "treatment-instead")
INSTEAD_LIBRARY = Path(os.environ["INSTEAD_LIBRARY"]) if "INSTEAD_LIBRARY" in os.environ else None

_HTTPS = os.environ.get("INSTEAD_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SECURE_SSL_REDIRECT = _HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
