"""Colours, links and pictures of the page, beside the page as it would be."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pingpong.dashboard import toasts
from pingpong.dashboard.forms.page_look import PLACES, LookForm, PictureForm
from pingpong.dashboard.preview import answer_preview
from pingpong.pages.branding import LookInvalidError, change_branding
from pingpong.pages.colors import readings_of
from pingpong.pages.look import Picture, look_of
from pingpong.pages.models import Branding, Page, PictureKind

from .page_settings_view import SettingsView, answer_unseen

KINDS = {
    PictureKind.LOGO: (
        gettext_lazy("Logo"),
        gettext_lazy("Stands in the place of the name. Up to 48 pixels high on the page."),
    ),
    PictureKind.DARK_LOGO: (
        gettext_lazy("Logo for dark screens"),
        gettext_lazy("Where there is none, the other one is shown."),
    ),
    PictureKind.ICON: (
        gettext_lazy("Icon"),
        gettext_lazy("In the browser's tab, in the place of the sign of the status."),
    ),
}


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a picture, and what is in it."""

    kind: str
    label: object
    hint: object
    picture: Picture | None
    form: PictureForm


def branding_of(page: Page) -> Branding:
    return Branding.objects.filter(page=page).first() or Branding(page=page)


def show_look(
    view: SettingsView, form: LookForm, *, sent: tuple[str, PictureForm] | None = None
) -> HttpResponse:
    """Show the screen; `sent` is a picture that was refused."""
    pictures = look_of(view.page).pictures
    refused = dict([sent] if sent else [])
    slots = [
        Slot(kind.value, label, hint, pictures.get(kind), refused.get(kind) or _picture_form(kind))
        for kind, (label, hint) in KINDS.items()
    ]
    colors = [form["color"].value() or "", form["dark_color"].value() or ""]
    context = {
        "form": form,
        "slots": slots,
        "readings": () if form.errors else readings_of(*colors),
        "places": [
            (place, label, form.lines[place])
            for place, label in zip(
                PLACES, (_("Links at the top"), _("Links at the bottom")), strict=True
            )
        ],
    }
    return view.show("look.html", context)


class LookView(SettingsView):
    tab = "page_look"

    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        return show_look(self, LookForm(branding=branding_of(self.page)))

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = LookForm(request.POST, branding=branding_of(self.page))
        if not form.is_valid():
            return show_look(self, form)
        try:
            change_branding(self.page, form.cleaned_data, by=self.by, now=self.now)
        except LookInvalidError as problem:
            form.add_error(None, str(problem))
            return show_look(self, form)
        toasts.say(request, _("The look is saved."))
        return redirect(self.url("page_look"))


class PreviewLookView(SettingsView):
    """The page in the colours and with the links of a form that is not saved."""

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = LookForm(request.POST, branding=branding_of(self.page))
        if not form.is_valid():
            return answer_unseen(request)
        return answer_preview(
            self.page,
            lambda: change_branding(self.page, form.cleaned_data, by=self.by, now=self.now),
            now=self.now,
        )


class ContrastView(SettingsView):
    """Whether text in some colours can be read, as a part of the screen."""

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = LookForm(request.POST, branding=Branding())
        form.is_valid()
        colors = [form.cleaned_data.get(name, "") for name in ("color", "dark_color")]
        return self.render("page_settings/contrast.html", {"readings": readings_of(*colors)})


def _picture_form(kind: PictureKind) -> PictureForm:
    return PictureForm(auto_id=f"id_{kind.value}_%s")
