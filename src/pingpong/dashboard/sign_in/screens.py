"""What allauth's screens share here: who looks at them, and how a wrong form is answered."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from pingpong.accounts.mail import can_send
from pingpong.dashboard.project_view import INVALID


class Screen:
    """A mix-in in front of allauth's views; `tab` is the part of the account area."""

    request: HttpRequest
    tab = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc] # allauth's
        return known | {"person": self.request.user, "tab": self.tab, "can_mail": can_send()}

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc] # allauth's
        if response.status_code == HttpResponse.status_code:
            response.status_code = INVALID
        return response
