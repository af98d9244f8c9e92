"""The style sheet of the page: what is typed, and what of it is shown."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pingpong.dashboard import toasts
from pingpong.dashboard.forms.page_look import SheetForm
from pingpong.dashboard.preview import answer_preview
from pingpong.kit.page_css import Why
from pingpong.pages.branding import change_branding, filter_sheet

from .page_look import branding_of
from .page_settings_view import SettingsView, answer_unseen

REASONS = {
    Why.TOO_LONG: gettext_lazy("there is too much of it"),
    Why.BROKEN: gettext_lazy("it is not understood"),
    Why.AT_RULE: gettext_lazy("such rules are not taken, except for widths and dark screens"),
    Why.SELECTOR: gettext_lazy("only elements, classes and a few states can be chosen"),
    Why.PROPERTY: gettext_lazy("this could hide or cover something, or reach another server"),
    Why.VALUE: gettext_lazy("this value could hide something, or reach another server"),
    Why.IMPORTANT: gettext_lazy("the rule is kept, but without !important"),
}


def left_out(css: str) -> Sequence[tuple[int, str, object]]:
    """Return line, what, and why, of everything that readers do not get."""
    return [(one.line, one.what, REASONS[one.why]) for one in filter_sheet(css).dropped]


class SheetView(SettingsView):
    tab = "page_sheet"

    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        typed = branding_of(self.page).css_typed
        return self._show(SheetForm(initial={"css_typed": typed}), typed)

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = SheetForm(request.POST)
        if not form.is_valid():
            return self._show(form, "")
        change_branding(self.page, form.cleaned_data, by=self.by, now=self.now)
        if left_out(form.cleaned_data["css_typed"]):
            toasts.warn(request, _("The style sheet is saved, without what is listed below."))
        else:
            toasts.say(request, _("The style sheet is saved."))
        return redirect(self.url("page_sheet"))

    def _show(self, form: SheetForm, typed: str) -> HttpResponse:
        return self.show("sheet.html", {"form": form, "left_out": left_out(typed)})


class PreviewSheetView(SettingsView):
    """The page with a style sheet that is not saved."""

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = SheetForm(request.POST)
        if not form.is_valid():
            return answer_unseen(request)
        return answer_preview(
            self.page,
            lambda: change_branding(self.page, form.cleaned_data, by=self.by, now=self.now),
            now=self.now,
        )
