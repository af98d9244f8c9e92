"""Status and live: operations 1 and 2 of the contract."""

from rest_framework.request import Request
from rest_framework.response import Response

from pingpong.api.answers import LiveAnswer, StatusAnswer
from pingpong.api.schema import documented
from pingpong.api.shapes import incident_json, maintenance_json
from pingpong.api.views import ProjectView
from pingpong.incidents import queries as incidents
from pingpong.maintenance import queries as maintenance
from pingpong.overview.live import status_of_page
from pingpong.pages.address import page_url

TAG = "Status"


class StatusView(ProjectView):
    written_by = "responders"

    @documented("Get the current status", tag=TAG, answer=StatusAnswer)
    def get(self, request: Request) -> Response:
        found = status_of_page(self.page.pk, now=self.now)
        return Response({"status": found.status, "status_color": found.color})


class LiveView(ProjectView):
    written_by = "responders"

    @documented("Get ongoing incidents and maintenance", tag=TAG, answer=LiveAnswer)
    def get(self, request: Request) -> Response:
        scene = self.scene()
        page_id = self.page.pk
        ongoing = incidents.ongoing(page_id)
        in_progress = maintenance.in_progress(page_id, now=self.now)
        return Response(
            {
                "project": self.page.name,
                "url": page_url(self.page),
                "incidents": [incident_json(one, scene) for one in ongoing],
                "maintenance": [maintenance_json(one, scene) for one in in_progress],
            }
        )
