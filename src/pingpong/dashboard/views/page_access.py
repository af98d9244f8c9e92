"""Who can see the page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pingpong.dashboard import toasts
from pingpong.dashboard.forms.page_access import AccessForm
from pingpong.pages.access import PageAccessInvalidError, change_access
from pingpong.pages.models import PageAccess, Visibility

from .page_settings_view import SettingsView


class AccessView(SettingsView):
    tab = "page_access"

    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        return self._show(AccessForm(page=self.page, access=self._access()))

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = AccessForm(request.POST, page=self.page, access=self._access())
        if not form.is_valid():
            return self._show(form)
        told = form.cleaned_data
        try:
            change_access(
                self.page,
                visibility=told["visibility"],
                password=told["password"],
                network_list=told["networks"],
                by=self.by,
                now=self.now,
            )
        except PageAccessInvalidError as problem:
            form.add_error(problem.field, str(problem))
            return self._show(form)
        if told["visibility"] == Visibility.PUBLIC:
            toasts.say(request, _("Everybody can see the page."))
        else:
            toasts.say(request, _("Only those you named can see the page now."))
        return redirect(self.url("page_access"))

    def _access(self) -> PageAccess:
        return PageAccess.objects.filter(page=self.page).first() or PageAccess(page=self.page)

    def _show(self, form: AccessForm) -> HttpResponse:
        return self.show("access.html", {"form": form})
