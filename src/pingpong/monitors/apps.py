from django.apps import AppConfig


class MonitorsConfig(AppConfig):
    name = "pingpong.monitors"
    default_auto_field = "django.db.models.BigAutoField"
