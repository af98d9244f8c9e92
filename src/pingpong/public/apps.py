from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "pingpong.public"
    default_auto_field = "django.db.models.BigAutoField"
