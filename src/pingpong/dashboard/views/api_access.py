"""The API integration page: tokens, lines to paste, badges."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pingpong.dashboard import toasts
from pingpong.dashboard.badges import choose_badge
from pingpong.dashboard.curl_lines import curl_lines
from pingpong.dashboard.embeds import embeds_of, endpoints_of
from pingpong.dashboard.project_view import ProjectView
from pingpong.pages.address import page_url
from pingpong.pages.shields import renew_shields_key
from pingpong.teams.models import ApiToken
from pingpong.teams.roles import Role, reaches
from pingpong.teams.tokens import tokens_of

from .incident_view import is_confirmed

MOST = 200


class ApiAccessView(ProjectView):
    """For the whole team; tokens are for who builds."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        tokens: list[ApiToken] = []
        if reaches(self.membership.role, Role.ADMIN):
            tokens = list(tokens_of(self.page.pk)[:MOST])
        context = {
            "mine": [one for one in tokens if one.membership_id == self.membership.pk],
            "others": [one for one in tokens if one.membership_id != self.membership.pk],
            "lines": curl_lines(self.page),
            "badge": choose_badge(self.page, request.GET),
            "embeds": embeds_of(self.page),
            "endpoints": endpoints_of(self.page),
            "page_url": page_url(self.page),
        }
        return self.render("api_access/page.html", context)


class RenewShieldsKeyView(ProjectView):
    """Gives the badges a new key after a question: addresses that others have end."""

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        if not is_confirmed(request):
            return self.render("api_access/renew_key.html", {})
        renew_shields_key(self.page, by=self.by, now=self.now)
        toasts.say(request, _("The badges have a new address. Put it where the old one was."))
        return redirect(f"{self.url('api_access')}#endpoints")
