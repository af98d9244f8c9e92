"""Settings, all from the environment; docs/operate/configuration.md lists every variable."""

from datetime import timedelta
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from pingpong.config.cookies import cookie_settings
from pingpong.config.logging import logging_settings
from pingpong.kit import data_dir as folder
from pingpong.kit.client_ip import Network, networks
from pingpong.kit.hosts import HostInvalidError, own_hosts
from pingpong.kit.smtp_address import SmtpAddressError, parse_smtp_url
from pingpong.probe.contract import LOCATIONS

env = environ.Env()


def number(name: str, default: int, *, least: int = 1) -> int:
    """Read a whole number from `least` on, or say which variable is none."""
    text: str = env.str(name, default=str(default))
    if not (text.isascii() and text.isdigit() and int(text) >= least):
        raise ImproperlyConfigured(
            f"{name} is {text!r} and should be a whole number above {least - 1}."
        )
    return int(text)


def web_address(name: str, default: str) -> str:
    """Read the address that links begin with, or say which variable is none."""
    text: str = env.str(name, default=default)
    if not text.startswith(("http://", "https://")):
        raise ImproperlyConfigured(f"{name} is {text!r} and should begin with https:// or http://.")
    return text.rstrip("/")


def locations(name: str, default: str) -> frozenset[str]:
    """Read the locations that this machine looks from by itself: all, none, or some by name."""
    text: str = env.str(name, default=default)
    known = {one.lower(): one for one in LOCATIONS}
    if text.strip().lower() in ("all", "none", ""):
        return frozenset(LOCATIONS if text.strip().lower() == "all" else ())
    try:
        return frozenset(known[one.strip().lower()] for one in text.split(","))
    except KeyError as problem:
        raise ImproperlyConfigured(
            f"{name} is {text!r} and should be all, none, or some of {', '.join(LOCATIONS)}."
        ) from problem


def mail_server(name: str) -> str:
    """Read where mail is handed in, or say what is wrong with it; empty: nowhere."""
    text: str = env.str(name, default="")
    try:
        if text:
            parse_smtp_url(text)
    except SmtpAddressError as problem:
        raise ImproperlyConfigured(f"{name} cannot be used: {problem}") from problem
    return text


def proxies(name: str) -> tuple[Network, ...]:
    """Read whose X-Forwarded-For is believed, or say which entry is none."""
    try:
        return networks(env.str(name, default=""))
    except ValueError as problem:
        raise ImproperlyConfigured(f"{name} cannot be used: {problem}") from problem


def hosts(name: str, base_url: str) -> list[str]:
    """Read the names that this server answers to beside its own, or say which one is none."""
    given = env.str(name, default="").replace(",", " ").split()
    try:
        return sorted(own_hosts(base_url, given))
    except HostInvalidError as problem:
        raise ImproperlyConfigured(
            f"PINGPONG_BASE_URL or {name} cannot be used: {problem}"
        ) from problem


DATA_DIR = folder.default_data_dir()
BASE_URL = web_address("PINGPONG_BASE_URL", folder.read_address(DATA_DIR))
# Tools that need no key work without one; what hashes or seals refuses to (teams.keys).
NO_SECRET_KEY = "no-key-yet-run-pingpong-up"  # noqa: S105 -- the absence of one
SECRET_KEY: str = folder.read_secret(DATA_DIR) or NO_SECRET_KEY
DEBUG: bool = env.bool("PINGPONG_DEBUG", default=False)
# runtime.hosts refuses all others before Django is asked; no link is made of a request's host.
ALLOWED_HOSTS = hosts("PINGPONG_ALLOWED_HOSTS", BASE_URL)
USE_X_FORWARDED_HOST = False
HSTS_SECONDS = number("PINGPONG_HSTS_SECONDS", 365 * 24 * 60 * 60, least=0)
RATE_LIMIT = number("PINGPONG_RATE_LIMIT", 6000)
METRICS_TOKEN: str = env.str("PINGPONG_METRICS_TOKEN", default="")
WEB_THREADS = number("PINGPONG_WEB_THREADS", 16)
LOCAL_LOCATIONS = locations("PINGPONG_LOCAL_LOCATIONS", folder.read_locations(DATA_DIR))
SMTP_URL = mail_server("PINGPONG_SMTP_URL")
MAIL_FROM: str = env.str("PINGPONG_MAIL_FROM", default="PingPong <pingpong@localhost>")
TRUSTED_PROXIES = proxies("PINGPONG_TRUSTED_PROXIES")
# Without a proxy that somebody vouches for, the header is a visitor's word.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
OIDC_ISSUER: str = env.str("PINGPONG_OIDC_ISSUER", default="").rstrip("/")
OIDC_NAME: str = env.str("PINGPONG_OIDC_NAME", default="OpenID Connect") if OIDC_ISSUER else ""
BROKER_URL: str = env.str("BROKER_URL", default="memory://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "pingpong.events",
    "pingpong.accounts",
    "pingpong.pages",
    "pingpong.teams",
    "pingpong.components",
    "pingpong.incidents",
    "pingpong.maintenance",
    "pingpong.custom_metrics",
    "pingpong.monitors",
    "pingpong.api",
    # Before allauth, whose templates it takes the place of.
    "pingpong.dashboard",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "pingpong.public",
    "pingpong.runtime",
]

MIDDLEWARE = [
    "pingpong.api.cors.CorsMiddleware",
    "pingpong.runtime.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pingpong.dashboard.compression.CompressionMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pingpong.dashboard.sign_in.session_life.SessionLifeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pingpong.dashboard.middleware.SurroundingsMiddleware",
    "axes.middleware.AxesMiddleware",  # last, as it asks for
]

ROOT_URLCONF = "pingpong.config.urls"
WSGI_APPLICATION = "pingpong.config.wsgi.application"
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard:home"
# Where the start page leads while nobody has an account.
SETUP_URL = "dashboard:setup"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 10}),
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
        ("CommonPasswordValidator", {}),
    )
]
# Of links by mail and by the operator alike.
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60

_SIGN_IN = "pingpong.dashboard.sign_in"
ACCOUNT_ADAPTER = f"{_SIGN_IN}.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": f"{_SIGN_IN}.forms.LoginForm",
    "add_email": f"{_SIGN_IN}.forms.AddEmailForm",
    "change_password": f"{_SIGN_IN}.forms.ChangePasswordForm",
    "set_password": f"{_SIGN_IN}.forms.SetPasswordForm",
    "reset_password": f"{_SIGN_IN}.forms.ResetPasswordForm",
    "reset_password_from_key": f"{_SIGN_IN}.forms.ResetPasswordKeyForm",
    "reauthenticate": f"{_SIGN_IN}.forms.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = str
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_CONFIRMATION_ANONYMOUS_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_CONFIRMATION_AUTHENTICATED_REDIRECT_URL = "account_email"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "dashboard:home"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = True
# Failures are counted by axes, in the database: allauth would count for each process.
ACCOUNT_RATE_LIMITS = {"login_failed": None}
MFA_ADAPTER = f"{_SIGN_IN}.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": f"{_SIGN_IN}.forms.AuthenticateForm",
    "reauthenticate": f"{_SIGN_IN}.forms.ReauthenticateByCodeForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "PingPong"
# Accounts are made by people who know the address: nobody takes one that is not theirs.
MFA_ALLOW_UNVERIFIED_EMAIL = True
SOCIALACCOUNT_ADAPTER = f"{_SIGN_IN}.oidc.ProviderAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": OIDC_NAME,
                "client_id": env.str("PINGPONG_OIDC_CLIENT_ID", default=""),
                "secret": env.str("PINGPONG_OIDC_CLIENT_SECRET", default=""),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}
AXES_HANDLER = f"{_SIGN_IN}.lockout.Lockout"
AXES_FAILURE_LIMIT = 1  # of the limits that the handler knows
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = f"{_SIGN_IN}.lockout.answer_locked_out"
AXES_USERNAME_CALLABLE = f"{_SIGN_IN}.lockout.attempted_name"
AXES_CLIENT_IP_CALLABLE = f"{_SIGN_IN}.visitor.address_of"
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["code", "credential", "csrfmiddlewaretoken", "oldpassword"]
AXES_VERBOSE = False  # it would say so at each start of each process

SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
globals().update(cookie_settings(BASE_URL))
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Links and forms are made of this address alone, and only forms of its pages are taken.
CSRF_FAILURE_VIEW = "pingpong.dashboard.refusals.form_too_old"
CSRF_TRUSTED_ORIGINS = [BASE_URL]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# Who draws the page for the dashboard, which does not know how.
PAGE_PREVIEW = "pingpong.public.preview.draw_preview"

# How long a writer waits for SQLite's one lock; with the gate's patience, 503 within 2 s.
SQLITE_WAIT_S = 1.0


def database(url: str) -> dict[str, Any]:
    """Turn DATABASE_URL into Django's form, with what each engine needs to be safe."""
    try:
        parsed: dict[str, Any] = environ.Env.db_url_config(url)
        engine = parsed["ENGINE"]
        asked = parsed.get("OPTIONS", {})
        if not engine.endswith(("sqlite3", "postgresql")):
            raise ValueError(engine)  # noqa: TRY301 -- told as the others
    except (KeyError, ValueError) as problem:
        raise ImproperlyConfigured(
            "DATABASE_URL is not understood: give sqlite:///PATH or postgres://USER@HOST/NAME."
        ) from problem
    if engine.endswith("sqlite3"):
        parsed["ENGINE"] = "pingpong.config.sqlite3"
        parsed["OPTIONS"] = asked | {
            "timeout": SQLITE_WAIT_S,
            "transaction_mode": "IMMEDIATE",
            # FULL: with NORMAL a power cut loses acknowledged commits.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
        parsed["CONN_MAX_AGE"] = None
        return parsed
    parsed["OPTIONS"] = asked | {
        "pool": {"min_size": 1, "max_size": 20, "timeout": 2},
        "connect_timeout": 2,
        # A server that vanishes without a word is noticed within seconds.
        "keepalives_idle": 5,
        "keepalives_interval": 5,
        "keepalives_count": 2,
        "tcp_user_timeout": 15_000,
    }
    parsed["CONN_MAX_AGE"] = 0
    return parsed


DATABASES = {
    "default": database(
        env.str("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'pingpong.sqlite3'}")
    )
}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("de", "Deutsch"),
    ("es", "Español"),
    ("fr", "Français"),
    ("ja", "日本語"),
    ("sv", "Svenska"),
]

STATIC_URL = "/static/"
# Found inside the installed packages: no collectstatic step, nothing to forget.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# The API reads bodies itself and knows its own limits (api.parsers).
DATA_UPLOAD_MAX_MEMORY_SIZE = None

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["pingpong.api.auth.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["pingpong.api.auth.RoleAllows"],
    "DEFAULT_THROTTLE_CLASSES": ["pingpong.api.throttle.TokenThrottle"],
    "DEFAULT_PARSER_CLASSES": ["pingpong.api.parsers.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "pingpong.api.schema.ContractSchema",
    "EXCEPTION_HANDLER": "pingpong.api.errors.answer_error",
    "UNAUTHENTICATED_USER": None,
    "UNAUTHENTICATED_TOKEN": None,
    "URL_FORMAT_OVERRIDE": None,
}

SPECTACULAR_SETTINGS = {
    "TITLE": "PingPong Status Pages",
    "DESCRIPTION": "The PingPong REST API, version 1, as this server answers it.",
    "VERSION": "1.1.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"validatorUrl": None, "persistAuthorization": False},
    "COMPONENT_SPLIT_REQUEST": True,
    "SORT_OPERATIONS": False,
    "PREPROCESSING_HOOKS": ["pingpong.api.schema.only_canonical"],
    "POSTPROCESSING_HOOKS": ["pingpong.api.schema.without_marks"],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}

LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logging_settings(
    level=env.str("PINGPONG_LOG_LEVEL", default="INFO"),
    form=env.str("PINGPONG_LOG_FORMAT", default="console"),
)
