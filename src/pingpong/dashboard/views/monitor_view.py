"""What all screens of one monitor have in common."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from pingpong.dashboard.project_view import ProjectView
from pingpong.kit.ids import is_readable_id
from pingpong.monitors import queries
from pingpong.monitors.models import Monitor


class MonitorView(ProjectView):
    """For the team of a project: the monitor is one of this project."""

    monitor: Monitor

    def admit(self, request: HttpRequest, **kwargs: Any) -> None:
        super().admit(request, **kwargs)
        asked = kwargs["monitor"]
        found = self.rows().filter(pk=asked).first() if is_readable_id(asked) else None
        if found is None:
            raise Http404
        self.monitor = found

    def rows(self) -> "QuerySet[Monitor]":
        return queries.full(self.page.pk)

    def surroundings(self) -> dict[str, Any]:
        return {**super().surroundings(), "monitor": self.monitor}

    @property
    def here(self) -> str:
        """Return the address of the monitor's own screen."""
        return self.url("monitor", monitor=self.monitor.pk)
