"""What the team wrote, in the other languages of its page."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pingpong.dashboard import toasts
from pingpong.dashboard.forms.translations import TranslationForm
from pingpong.dashboard.translatable import Thing, sections_of, thing_of
from pingpong.pages.look import languages_of
from pingpong.pages.translations import Texts, TranslationInvalidError, texts_of, translate

from .page_settings_view import SettingsView


@dataclass(frozen=True, slots=True)
class Line:
    """A thing in the list, and how many of its texts are translated."""

    title: str
    url: str
    done: int
    total: int


class TranslationsView(SettingsView):
    tab = "page_translations"

    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        languages, texts = languages_of(self.page), texts_of(self.page)
        sections = [
            (section.label, [self._line(one, texts, len(languages)) for one in section.things])
            for section in (sections_of(self.page) if languages else ())
        ]
        return self.show("translations.html", {"sections": sections})

    def _line(self, thing: Thing, texts: Mapping[str, Texts], languages: int) -> Line:
        places = [(part.kind, part.subject_id, part.field) for part in thing.parts]
        return Line(
            title=thing.title,
            url=self.url("page_translation", kind=thing.kind.value, thing=thing.id),
            done=sum(place in known for known in texts.values() for place in places),
            total=len(places) * languages,
        )


class TranslationView(SettingsView):
    tab = "page_translations"

    def get(self, _request: HttpRequest, kind: str, thing: str, **_kwargs: str) -> HttpResponse:
        chosen = self._thing(kind, thing)
        return self._show(chosen, self._form(chosen))

    def post(self, request: HttpRequest, kind: str, thing: str, **_kwargs: str) -> HttpResponse:
        chosen = self._thing(kind, thing)
        form = self._form(chosen, request)
        if not form.is_valid():
            return self._show(chosen, form)
        try:
            translate(self.page, form.typed, by=self.by, now=self.now)
        except TranslationInvalidError as problem:
            form.add_error(None, str(problem))
            return self._show(chosen, form)
        toasts.say(request, _("The translations are saved."))
        return redirect(self.url("page_translations"))

    def _thing(self, kind: str, thing_id: str) -> Thing:
        found = thing_of(self.page, kind, thing_id) if languages_of(self.page) else None
        if found is None:
            raise Http404
        return found

    def _form(self, thing: Thing, request: HttpRequest | None = None) -> TranslationForm:
        return TranslationForm(
            request.POST if request else None,
            thing=thing,
            languages=languages_of(self.page),
            texts=texts_of(self.page),
        )

    def _show(self, thing: Thing, form: TranslationForm) -> HttpResponse:
        return self.show("translation.html", {"thing": thing, "form": form})
