"""Who changed what: the audit log of a project, to read and to take away."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

from pingpong.dashboard.audit_csv import lines
from pingpong.dashboard.audit_log import (
    AuditFilter,
    events_of,
    every_event,
    people_of,
    read_page,
)
from pingpong.dashboard.project_view import ProjectView
from pingpong.teams.roles import Role


class AuditView(ProjectView):
    """A page of the log, newest first."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponseBase:
        people = people_of(self.page.pk)
        asked = AuditFilter(request.GET, people)
        rows = events_of(self.page.pk, asked.chosen)
        shown = read_page(rows, request.GET.get("before", ""))
        context = {
            "filter": asked,
            "is_filtered": bool(asked.chosen),
            "subject": asked.chosen.get("subject", ""),
            "log": shown,
            "query": asked.query(),
            "older": asked.query(before=shown.older) if shown.older else "",
        }
        return self.render("audit/log.html", context)


class AuditCsvView(ProjectView):
    """The same events as a file, all of them."""

    read_by: ClassVar[Role] = Role.ADMIN

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponseBase:
        rows = events_of(self.page.pk, AuditFilter(request.GET, []).chosen)
        name = f"audit-{self.page.slug}-{self.now:%Y-%m-%d}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return StreamingHttpResponse(
            lines(every_event(rows)), content_type="text/csv; charset=utf-8", headers=headers
        )
