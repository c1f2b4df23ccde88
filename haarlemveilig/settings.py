"""All settings. What differs per installation comes from the environment; nothing set means a try-out.

Try-out: SQLite, files for mail and broker under VAR_DIR. DATABASE_URL, REDIS_URL and EMAIL_URL bring
PostgreSQL, Redis and SMTP. The README lists every variable.
"""

import secrets
import sys
from email.utils import parseaddr
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
# Keys that are to be destroyed (round key, draw key) live here: outside the database and its backups.
KEY_DIR = Path(env.str("KEY_DIR", default=str(VAR_DIR / "keys")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

TESTING = "pytest" in sys.modules
DEBUG = env.bool("DEBUG", default=False)
# Demo mode shows made-up data and allows the demo accounts; start-up refuses those without it.
DEMO = env.bool("DEMO", default=False)


def _own_secret() -> str:
    """A try-out without SECRET_KEY keeps its own, so that sessions outlive a restart."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", default="") or _own_secret()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
HTTPS = env.bool("HTTPS", default=False)

INSTALLED_APPS = [
    "haarlemveilig.pages",
    "actionprogram",
    "priorities",
    "participation.ranking",
    "indicators",
    "participation.wijkgesprekken",
    "haarlemveilig.ui",
    "haarlemveilig.editions",
    "haarlemveilig.accounts",
    "haarlemveilig.contacts",
    "haarlemveilig.mail",
    "haarlemveilig.gemeente",
    "haarlemveilig.jobs",
    "haarlemveilig.audit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "rules.apps.AutodiscoverRulesConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # BREACH needs a secret that stays the same beside reflected input: Django masks its CSRF token anew in each
    # response and pads compressed responses with random bytes.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "haarlemveilig.accounts.middleware.never_cache_private",
    "haarlemveilig.accounts.middleware.require_mfa",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "haarlemveilig.urls"
WSGI_APPLICATION = "haarlemveilig.wsgi.application"
FORM_RENDERER = "haarlemveilig.ui.forms.FormRenderer"
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
                "haarlemveilig.gemeente.context_processors.gemeente",
                "participation.ranking.context_processors.helped",
            ],
        },
    },
]

# --- database -----------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
# The address may carry options of its own, such as ?sslmode=require.
_options = DATABASES["default"].setdefault("OPTIONS", {})
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Immediate transactions: deferred ones fail when two writers meet. secure_delete: a closed
    # round's ballots must not linger in free pages.
    _options |= {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    }
    DATABASES["default"]["CONN_MAX_AGE"] = 600
elif not TESTING:
    _options["pool"] = {"min_size": 1, "max_size": 10}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Redis, or files ----------------------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
    CELERY_BROKER_URL = REDIS_URL
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    BROKER_DIR = VAR_DIR / "broker"
    BROKER_DIR.mkdir(exist_ok=True)
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR),
        "data_folder_out": str(BROKER_DIR),
        "control_folder": str(BROKER_DIR / "control"),
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Europe/Amsterdam"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "repeat-lost-jobs": {"task": "haarlemveilig.jobs.tasks.repeat_lost", "schedule": 60},
    "repeat-lost-mail": {"task": "haarlemveilig.mail.tasks.deliver_queued", "schedule": 60},
    # At a fixed hour: a count of 24 hours starts anew with every restart of beat.
    "purge-import-drafts": {"task": "indicators.tasks.purge_drafts", "schedule": crontab(hour=3, minute=10)},
    "finish-closing": {"task": "participation.ranking.tasks.finish_closing", "schedule": 300},
    "purge-code-files": {
        "task": "participation.ranking.tasks.purge_code_files",
        "schedule": crontab(hour=3, minute=30),
    },
    "purge-door-answers": {
        "task": "indicators.tasks.purge_door_answers",
        "schedule": crontab(hour=3, minute=20),
    },
}

# --- mail ---------------------------------------------------------------------------------------
EMAIL_FILE_PATH = str(VAR_DIR / "mail")
if env.str("EMAIL_URL", default=""):
    vars().update(env.email_url("EMAIL_URL"))
elif not TESTING:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Haarlem Veilig <veilig@example.org>")
EMAIL_TIMEOUT = 20

# --- accounts -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "haarlemveilig.accounts.backends.NoDemoAccountsOutsideDemo",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "haarlemveilig.accounts.validators.LongEnough",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "pages:desk"
LOGOUT_REDIRECT_URL = "pages:home"
RESIDENT_REDIRECT_URL = "ranking:start"
ACCOUNT_ADAPTER = "haarlemveilig.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "pages:home"
MFA_ADAPTER = "haarlemveilig.accounts.adapters.MFAAdapter"
MFA_FORMS = {"activate_totp": "haarlemveilig.accounts.forms.ActivateTOTPForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
SOCIALACCOUNT_ADAPTER = "haarlemveilig.accounts.adapters.SocialAccountAdapter"
SOCIALACCOUNT_STORE_TOKENS = False


def _oidc_app(prefix: str, default_id: str, default_name: str, **extra: object) -> list[dict[str, object]]:
    """One OpenID Connect provider from the environment, or none."""
    if not env.str(f"{prefix}_SERVER_URL", default=""):
        return []
    return [
        {
            "provider_id": env.str(f"{prefix}_ID", default=default_id),
            "name": env.str(f"{prefix}_NAME", default=default_name),
            "client_id": env.str(f"{prefix}_CLIENT_ID"),
            "secret": env.str(f"{prefix}_CLIENT_SECRET", default=""),
            "settings": {"server_url": env.str(f"{prefix}_SERVER_URL"), **extra},
        }
    ]


# Residents sign in at a provider of their own, a broker for DigiD: it makes no account here, and is asked for no
# name and no address.
_RESIDENT_APPS = _oidc_app("RESIDENT_OIDC", "bewoners", "DigiD", scope=["openid"], fetch_userinfo=False)
RESIDENT_OIDC = str(_RESIDENT_APPS[0]["provider_id"]) if _RESIDENT_APPS else ""
_COLLEAGUE_APPS = _oidc_app("OIDC", "gemeente", "Inloggen met uw werkaccount")
if RESIDENT_OIDC in [app["provider_id"] for app in _COLLEAGUE_APPS]:
    raise ImproperlyConfigured(
        "OIDC_ID and RESIDENT_OIDC_ID must differ: residents would pass for colleagues."
    )
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [*_COLLEAGUE_APPS, *_RESIDENT_APPS],
    }
}

# --- language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

# --- files --------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING or DEBUG
# Path, below STATIC_URL, of the municipality's own style sheet; loads last.
HOUSE_STYLE_CSS = env.str("HOUSE_STYLE_CSS", default="")
# Where paper forms are sent, such as an Antwoordnummer. Without it a form says to hand it in.
PAPER_RETURN_ADDRESS = env.str("PAPER_RETURN_ADDRESS", default="")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
IMPORT_MAX_BYTES = 20_000_000

# --- security -----------------------------------------------------------------------------------
# Who to tell of a hole in the security; stands in /.well-known/security.txt.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="") or parseaddr(DEFAULT_FROM_EMAIL)[1]
# How many reverse proxies of ours stand in front: so many entries of X-Forwarded-For, from the right, are true.
PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXIES", default=0)
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 12
# People share devices: what a browser knows of its user ends with it.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb")
}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOGGING_CONFIG = "haarlemveilig.log_masking.configure"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
