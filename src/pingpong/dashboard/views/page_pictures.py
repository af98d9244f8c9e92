"""Uploading and removing the pictures of a page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pingpong.dashboard import toasts
from pingpong.dashboard.forms.page_look import LookForm, PictureForm
from pingpong.pages.branding import LookInvalidError, put_picture, remove_picture
from pingpong.pages.models import PagePicture, PictureKind

from .page_look import branding_of, show_look
from .page_settings_view import SettingsView


class _OfPicture(SettingsView):
    tab = "page_look"
    kind: PictureKind

    def admit(self, request: HttpRequest, **kwargs: str) -> None:
        super().admit(request, **kwargs)
        if kwargs["picture"] not in PictureKind.values:
            raise Http404
        self.kind = PictureKind(kwargs["picture"])


class PictureView(_OfPicture):
    """GET is the picture itself; POST puts another one in its place."""

    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        found = PagePicture.objects.filter(page=self.page, kind=self.kind).first()
        if found is None:
            raise Http404
        # Django adds nosniff; the sandbox is for whoever opens it by itself.
        policy = {"Content-Security-Policy": "default-src 'none'; sandbox"}
        return HttpResponse(bytes(found.content), content_type=found.content_type, headers=policy)

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = PictureForm(request.POST, request.FILES, auto_id=f"id_{self.kind.value}_%s")
        if form.is_valid():
            try:
                put_picture(
                    self.page, self.kind, form.cleaned_data["picture"], by=self.by, now=self.now
                )
            except LookInvalidError:
                form.add_error(
                    "picture",
                    _("A picture is a PNG, JPEG or WebP of at most 2000 by 2000 pixels."),
                )
        if form.errors:
            look = LookForm(branding=branding_of(self.page))
            response = show_look(self, look, sent=(self.kind.value, form))
            response.status_code = 422
            return response
        toasts.say(request, _("The picture is on the page."))
        return redirect(self.url("page_look"))


class RemovePictureView(_OfPicture):
    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        remove_picture(self.page, self.kind, by=self.by, now=self.now)
        toasts.say(request, _("The picture is removed."))
        return redirect(self.url("page_look"))
