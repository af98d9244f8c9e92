"""What the page is called, where it is found, and how it counts time."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from pingpong.dashboard import toasts
from pingpong.dashboard.forms.page_general import GeneralForm
from pingpong.pages.address import page_url
from pingpong.pages.changing import change_page
from pingpong.pages.lifecycle import PageInvalidError, SlugOfAnotherError

from .page_settings_view import SettingsView


class GeneralView(SettingsView):
    tab = "page_settings"

    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        return self._show(GeneralForm(page=self.page))

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = GeneralForm(request.POST, page=self.page)
        if not form.is_valid():
            return self._show(form)
        before = self.page.slug
        try:
            change_page(self.page, form.cleaned_data, by=self.by, now=self.now)
        except SlugOfAnotherError:
            form.add_error("slug", _("Another page has this address, or had it lately."))
            return self._show(form)
        except PageInvalidError as problem:
            form.add_error(problem.field or None, str(problem))
            return self._show(form)
        if self.page.slug == before:
            toasts.say(request, _("The settings are saved."))
        else:
            toasts.say(
                request, _("The page has moved. The former address leads there for 90 days.")
            )
        return redirect(reverse("dashboard:page_settings", kwargs={"slug": self.page.slug}))

    def _show(self, form: GeneralForm) -> HttpResponse:
        return self.show("general.html", {"form": form, "page_url": page_url(self.page)})
