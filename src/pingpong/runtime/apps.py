from django.apps import AppConfig


class RuntimeConfig(AppConfig):
    name = "pingpong.runtime"
    default_auto_field = "django.db.models.BigAutoField"
