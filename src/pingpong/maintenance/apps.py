from django.apps import AppConfig


class MaintenanceConfig(AppConfig):
    name = "pingpong.maintenance"
    default_auto_field = "django.db.models.BigAutoField"
