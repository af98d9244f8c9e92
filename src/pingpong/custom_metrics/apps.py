from django.apps import AppConfig


class CustomMetricsConfig(AppConfig):
    name = "pingpong.custom_metrics"
    default_auto_field = "django.db.models.BigAutoField"
