"""Django and DRF as they come, on the product's tables: no middleware, no log, nothing of ours."""

from pingpong.config.settings import DATABASES, NO_SECRET_KEY, SECRET_KEY

__all__ = ["DATABASES", "NO_SECRET_KEY", "SECRET_KEY"]

ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "rest_framework",
    "pingpong.events",
    "pingpong.accounts",
    "pingpong.pages",
    "pingpong.teams",
    "pingpong.components",
    "pingpong.incidents",
]
AUTH_USER_MODEL = "accounts.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "bare.urls"
USE_TZ = True
TIME_ZONE = "UTC"
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["bare.auth.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
}
