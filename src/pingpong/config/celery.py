"""The Celery application, for Celery's own tools: `celery --app pingpong.config.celery`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pingpong.config.settings")
django.setup()

from django.conf import settings  # noqa: E402 -- readable only after the set-up

from pingpong.runtime.broker import make_app  # noqa: E402 -- its tasks import models

app = make_app(settings.BROKER_URL)
