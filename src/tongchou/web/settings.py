"""Settings of the workbench. Safe by default; everything that differs between machines comes from the environment."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from tongchou import __version__
from tongchou.web import mail
from tongchou.web.database import settings_for
from tongchou.web.home import home, secret_key
from tongchou.web.operations.logs import logging_for
from tongchou.web.people.single_sign_on import settings_from

HOME = home()
PACKAGE = Path(__file__).parent

DEBUG = os.environ.get("TONGCHOU_DEBUG") == "1"
PRODUCTION = os.environ.get("TONGCHOU_PRODUCTION") == "1"
# Only a trial on one machine, or a network that is closed and says so, goes without.
HTTPS = PRODUCTION and os.environ.get("TONGCHOU_HTTPS") != "0"
PROXY = os.environ.get("TONGCHOU_PROXY", "")  # the one address whose X-Forwarded headers are believed
SECRET_KEY = os.environ.get("TONGCHOU_SECRET_KEY") or secret_key(HOME)
if PRODUCTION and (DEBUG or len(SECRET_KEY) < 50):
    raise ImproperlyConfigured("production needs TONGCHOU_DEBUG unset and a TONGCHOU_SECRET_KEY of 50 characters")

ALLOWED_HOSTS = [h for h in os.environ.get("TONGCHOU_HOSTS", "").split(",") if h] or ["127.0.0.1", "localhost", "[::1]"]
ROOT_URLCONF = "tongchou.web.urls"
WSGI_APPLICATION = "tongchou.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "tongchou.web.events",
    "tongchou.web.people",
    "tongchou.web.files",
    "tongchou.web.jobs",
    "tongchou.web.ledger",
    "tongchou.web.duties",
    "tongchou.web.figures",
    "tongchou.web.collection",
    "tongchou.web.registers",
    "tongchou.web.computing",
    "tongchou.web.reach",
    "tongchou.web.supply",
    "tongchou.web.runs",
    "tongchou.web.money",
    "tongchou.web.public",
    "tongchou.web.api",
    "tongchou.web.pages",
]
MIDDLEWARE = [
    "tongchou.web.operations.requests.Requests",
    "tongchou.web.operations.health.Health",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tongchou.web.policies.SecurityPolicies",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "tongchou.web.language.Language",
    "django.middleware.common.CommonMiddleware",
    "tongchou.web.nul.NoNul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tongchou.web.people.middleware.SessionLimits",
    # Whoever has not signed in sees only the views that say they are for everybody.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "tongchou.web.pages.context.workbench",
            ],
            "builtins": ["tongchou.web.templatetags.words", "django.templatetags.static"],
        },
    }
]

AUTH_USER_MODEL = "people.User"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "landing"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "tongchou.web.people.backends.PasswordBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "tongchou.web.people.passwords.NotTooLong"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# Five wrong passwords for a name from an address lock the two out for a quarter of an hour (people.lockout).
AXES_HANDLER = "tongchou.web.people.lockout.Handler"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "tongchou.web.people.lockout.locked_out"
AXES_USERNAME_CALLABLE = "tongchou.web.people.lockout.name_of"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken", "next"]
# A second factor (docs/sign-in.md): offered with TONGCHOU_TOTP=1, asked of the roles named in TONGCHOU_TOTP_ROLES.
TOTP = os.environ.get("TONGCHOU_TOTP") == "1"
TOTP_ROLES = frozenset(r for r in os.environ.get("TONGCHOU_TOTP_ROLES", "").split(",") if r)
OTP_TOTP_ISSUER = "Tongchou"
# Whom to tell of a weakness (mailto:… or https://…); shown in /.well-known/security.txt.
SECURITY_CONTACT = os.environ.get("TONGCHOU_SECURITY_CONTACT", "").replace("\n", " ").strip()
# Single sign-on with the city's own identity provider, off unless TONGCHOU_OIDC_… says otherwise (docs/sign-in.md).
try:
    _single_sign_on = settings_from(os.environ)
except ValueError as _error:
    raise ImproperlyConfigured(str(_error)) from None
globals().update(_single_sign_on)
OIDC = bool(_single_sign_on)
LOGIN_REDIRECT_URL_FAILURE = "/sign-in/?refused=1"
if OIDC:
    AUTHENTICATION_BACKENDS.append("tongchou.web.people.oidc.SingleSignOn")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
SESSION_ENGINE = "tongchou.web.people.sessions"
SESSION_COOKIE_AGE = 8 * 3600  # without a page; twelve hours in all (people.sessions)
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
# The demonstration says so on every page and shows its accounts at sign-in.
DEMO = os.environ.get("TONGCHOU_DEMO") == "1" and not PRODUCTION

# Mail (weekly lists) goes out here; the address of the workbench stands in its links.
globals().update(mail.settings_for(os.environ.get("TONGCHOU_SMTP_URL")))
PUBLIC_ADDRESS = os.environ.get("TONGCHOU_ADDRESS", "").rstrip("/")

DATABASES = {"default": settings_for(os.environ.get("TONGCHOU_DATABASE_URL"), HOME)}
STORAGES = {
    "default": {"BACKEND": "tongchou.web.files.storage.WholeFiles"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = HOME / "received"

# Files are served from where they are built; their names carry a hash of their content.
STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+-[0-9A-Z]{8}\..+$"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "tongchou_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "tongchou.web.pages.errors.forged"
X_FRAME_OPTIONS = "DENY"

# One document of at most this many bytes may be uploaded; the reader has bounds of its own beyond it.
UPLOAD_BYTES = 10 * 1024 * 1024
# A grid of figures has half a dozen fields for each of its cells.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_BYTES
FILE_UPLOAD_PERMISSIONS = 0o600
# What is larger than any form takes is refused while it arrives, before it fills the disk.
REQUEST_BYTES = 64 * 1024 * 1024

# A longer text (some 600 printed pages) makes pages no browser shows at ease; the command line reads it.
DOCUMENT_CHARACTERS = 200_000
LEDGER_ROWS = 300  # on one page

# Work in the background: kept in the database, done by the worker; tests do it at once.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
JOB_POLL_SECONDS = 1.0
JOB_LEASE_SECONDS = 30.0  # a worker silent for so long has died, and its task goes back
JOB_ATTEMPTS = 4

# How often the interface may be asked is counted; tests that ask it everything switch that off.
API_RATES = True

REGION = os.environ.get("TONGCHOU_REGION", "taiyuan")
VERSION = __version__

LOGGING = logging_for(os.environ.get("TONGCHOU_LOG"), production=PRODUCTION, debug=DEBUG)
