"""What the web server calls: the guard of the name, stored pages, the gate, then Django."""

import os
from datetime import timedelta

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pingpong.config.settings")
_django = get_wsgi_application()

from django.conf import settings  # noqa: E402 -- readable only after the set-up

from pingpong.kit.clock import utc_now  # noqa: E402
from pingpong.public.front import Front  # noqa: E402 -- imports models
from pingpong.runtime.gate import Gate  # noqa: E402
from pingpong.runtime.hosts import Application, HostGuard  # noqa: E402
from pingpong.runtime.repeat import every  # noqa: E402
from pingpong.runtime.transport import StrictTransport  # noqa: E402
from pingpong.teams import usage  # noqa: E402 -- imports models

USES_WRITTEN_EVERY = timedelta(seconds=5)

front = Front(Gate(_django, threads=settings.WEB_THREADS))
front.start_refresher()
every(USES_WRITTEN_EVERY, lambda: usage.flush(utc_now()), name="token-uses")

# The pages' own hosts are known from disk too: they are served while the database is gone.
_guard = HostGuard(front, own=settings.ALLOWED_HOSTS, verified=lambda: front.library.places.hosts)

application: Application = _guard
if settings.BASE_URL.startswith("https://"):
    application = StrictTransport(_guard, seconds=settings.HSTS_SECONDS)
