"""A host of the page's own: claiming it, proving it, giving it up."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pingpong.dashboard import toasts
from pingpong.pages.address import page_url
from pingpong.pages.domains import (
    RECORD,
    HostInvalidError,
    ask_check,
    claim_domain,
    release_domain,
)
from pingpong.pages.models import DomainProblem, DomainState, PageDomain

from .incident_view import is_confirmed
from .page_settings_view import SettingsView

PROBLEMS = {
    DomainProblem.ABSENT: gettext_lazy("There is no such record yet."),
    DomainProblem.OTHER: gettext_lazy("There is a record, but with another text."),
    DomainProblem.NO_ANSWER: gettext_lazy("No name server gave an answer."),
    DomainProblem.TAKEN: gettext_lazy("Another project has proven this host before."),
}


class DomainForm(forms.Form):
    host = forms.CharField(
        label=gettext_lazy("Host name"),
        max_length=300,
        help_text=gettext_lazy("Such as status.example.com. It has to be yours."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}
        ),
    )


class _DomainView(SettingsView):
    tab = "page_domain"

    def domain_context(self) -> dict[str, Any]:
        domain = PageDomain.objects.filter(page=self.page).first()
        if domain is None:
            return {"domain": None}
        return {
            "domain": domain,
            "record": f"{RECORD}.{domain.host}",
            "target": urlsplit(settings.BASE_URL).hostname,
            "is_verified": domain.state == DomainState.VERIFIED,
            "is_suspended": domain.state == DomainState.SUSPENDED,
            "is_being_checked": domain.next_check_at <= self.now,
            "problem": PROBLEMS.get(DomainProblem(domain.problem)),
        }


class DomainView(_DomainView):
    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        return self._show(DomainForm())

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = DomainForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        try:
            claim_domain(self.page, form.cleaned_data["host"], by=self.by, now=self.now)
        except HostInvalidError as problem:
            form.add_error("host", str(problem))
            return self._show(form)
        toasts.say(request, _("Now prove that the host is yours."))
        return redirect(self.url("page_domain"))

    def _show(self, form: DomainForm) -> HttpResponse:
        context = {"form": form, "page_url": page_url(self.page), **self.domain_context()}
        return self.show("domain.html", context)


class DomainStateView(_DomainView):
    """The state alone, for a screen that waits for it."""

    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        return self.render("page_settings/domain_state.html", self.domain_context())


class CheckDomainView(_DomainView):
    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        ask_check(self.page, now=self.now)
        if request.headers.get("HX-Request"):
            return self.render("page_settings/domain_state.html", self.domain_context())
        toasts.say(request, _("The DNS is being asked. It takes a few seconds."))
        return redirect(self.url("page_domain"))


class ReleaseDomainView(_DomainView):
    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        if not is_confirmed(request):
            return self.show("release.html", self.domain_context())
        release_domain(self.page, by=self.by, now=self.now)
        toasts.say(request, _("The host is given up."))
        return redirect(self.url("page_domain"))
