"""Tokens of the API: made, looked at, replaced and ended.

A token acts with its owner's role, so that nobody but its owner looks at it. Its text is in the
answer to a POST and nowhere else: not in an address, a session or a toast.
"""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from pingpong.dashboard import toasts
from pingpong.dashboard.curl_lines import curl_lines
from pingpong.dashboard.forms.tokens import TokenForm
from pingpong.dashboard.project_view import ProjectView
from pingpong.dashboard.sign_in.fresh import ask_again
from pingpong.kit.ids import is_readable_id, new_id
from pingpong.kit.secrets import SecretUnreadableError
from pingpong.teams.models import ApiToken
from pingpong.teams.roles import Role
from pingpong.teams.tokens import (
    issue_token,
    replace_token,
    reveal_token,
    revoke_token,
    tokens_of,
)

from .incident_view import is_confirmed

# As many as one person needs for one project.
MOST = 50
# In the session: the form that may still make a token. A page that is loaded again makes none.
FORM = "token_form"


class _TokenView(ProjectView):
    read_by: ClassVar[Role] = Role.ADMIN

    def shown(self, token: ApiToken, text: str) -> HttpResponse:
        """Answer the text of a token: once, and kept by no cache."""
        context = {"token": token, "text": text, "lines": curl_lines(self.page, text)}
        return self.render("api_access/token.html", context)


class NewTokenView(_TokenView):
    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        name = request.GET.get("name", "")
        asked = ask_again(request, then=f"{request.path}?{urlencode({'name': name})}")
        if asked is not None:
            return asked
        return self._show(TokenForm(initial={"name": name, "once": self._begin()}))

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        name = request.POST.get("name", "")
        asked = ask_again(request, then=f"{request.path}?{urlencode({'name': name})}")
        if asked is not None:
            return asked
        form = TokenForm(request.POST)
        if form.is_valid():
            mine = tokens_of(self.page.pk).filter(membership=self.membership)
            if mine.count() >= MOST:
                form.add_error(None, _("You have as many tokens as there can be. End one first."))
        if not form.is_valid():
            return self._show(form)
        if form.cleaned_data["once"] != request.session.pop(FORM, None):
            toasts.warn(request, _("This form was sent before. Look at the list of tokens."))
            return redirect(self.url("api_access"))
        token, text = issue_token(
            self.membership, name=form.cleaned_data["name"], by=self.by, now=self.now
        )
        return self.shown(token, text)

    def _begin(self) -> str:
        key = new_id()
        self.request.session[FORM] = key
        return key

    def _show(self, form: TokenForm) -> HttpResponse:
        return self.render("api_access/new_token.html", {"form": form})


class _OneTokenView(_TokenView):
    token: ApiToken

    def admit(self, request: HttpRequest, **kwargs: Any) -> None:
        super().admit(request, **kwargs)
        asked = kwargs["token"]
        rows = tokens_of(self.page.pk)
        found = rows.filter(pk=asked).first() if is_readable_id(asked) else None
        if found is None:
            raise Http404
        self.token = found

    def not_mine(self) -> HttpResponse | None:
        """Answer who wants to see somebody else's token; None for its owner."""
        if self.token.membership_id == self.membership.pk:
            return None
        toasts.warn(self.request, _("Only the person a token acts for can look at it."))
        return redirect(self.url("api_access"))


class ShowTokenView(_OneTokenView):
    """The question is a GET, to which the re-authentication leads back; the answer is a POST's."""

    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        return self.not_mine() or self.render("api_access/show_token.html", {"token": self.token})

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        refused = self.not_mine() or ask_again(request, then=request.path)
        if refused is not None:
            return refused
        try:
            text = reveal_token(self.token, by=self.by, now=self.now)
        except SecretUnreadableError:
            toasts.warn(
                request, _("This token was stored with another secret key. Generate a new one.")
            )
            return redirect(self.url("api_access"))
        return self.shown(self.token, text)


class ReplaceTokenView(_OneTokenView):
    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        return self.not_mine() or self.render(
            "api_access/replace_token.html", {"token": self.token}
        )

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        refused = self.not_mine() or ask_again(request, then=request.path)
        if refused is not None:
            return refused
        made = replace_token(self.token, by=self.by, now=self.now)
        if made is None:
            raise Http404
        return self.shown(*made)


class RevokeTokenView(_OneTokenView):
    """Ends one's own token, or that of somebody whose role is not above one's own."""

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        of_owner = self.token.membership.role == Role.OWNER
        if of_owner and self.membership.role != Role.OWNER:
            toasts.warn(request, _("Only owners end the tokens of owners."))
            return redirect(self.url("api_access"))
        if not is_confirmed(request):
            return self.render("api_access/revoke_token.html", {"token": self.token})
        revoke_token(self.token, by=self.by, now=self.now)
        toasts.say(request, _("The token “%(name)s” is ended.") % {"name": self.token.name})
        return redirect(self.url("api_access"))
