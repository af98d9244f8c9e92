"""Colours, links, pictures and the style sheet of a page, as forms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pingpong.kit.page_css import MAX_BYTES
from pingpong.kit.pictures import MAX_BYTES as MOST_PICTURE_BYTES
from pingpong.pages.branding import (
    LONGEST_LABEL,
    LONGEST_URL,
    MOST_LINKS,
    LookInvalidError,
    checked_color,
    checked_links,
)
from pingpong.pages.look import Link
from pingpong.pages.models import Branding

# So many empty lines are there for more links.
SPARE = 2
NOT_A_COLOR = _("Write a colour as #1f5f46.")
NOT_A_LINK = _("A link has a text, and an address that begins with https:// or mailto:.")
PLACES = ("header_links", "footer_links")


@dataclass(frozen=True, slots=True)
class Line:
    """One link of the form, as typed."""

    number: int
    label: str
    url: str


class LookForm(forms.Form):
    """Links come as lists `<place>_label` and `<place>_url`, in the order of the page."""

    color = forms.CharField(
        label=_("Brand colour"),
        required=False,
        max_length=20,
        help_text=_("For the line at the top, the name and the links. Empty: none."),
    )
    dark_color = forms.CharField(
        label=_("Brand colour in the dark"),
        required=False,
        max_length=20,
        help_text=_("For readers whose screens are dark. Empty: the same."),
    )

    def __init__(self, data: QueryDict | None = None, *, branding: Branding) -> None:
        super().__init__(data, initial={"color": branding.color, "dark_color": branding.dark_color})
        for name in ("color", "dark_color"):
            self.fields[name].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
        self.lines = {place: _lines(_typed(data, place, branding)) for place in PLACES}

    def clean_color(self) -> str:
        return self._color("color")

    def clean_dark_color(self) -> str:
        return self._color("dark_color")

    def clean(self) -> dict[str, Any]:
        """Judge the links, which are no fields of Django's."""
        for place, lines in self.lines.items():
            links = [Link(line.label, line.url) for line in lines if line.label or line.url]
            try:
                checked_links(place, links)
            except LookInvalidError:
                self.add_error(None, NOT_A_LINK)
            self.cleaned_data[place] = links
        return self.cleaned_data

    def _color(self, name: str) -> str:
        try:
            return checked_color(name, self.cleaned_data[name])
        except LookInvalidError as problem:
            raise forms.ValidationError(NOT_A_COLOR) from problem


class SheetForm(forms.Form):
    css_typed = forms.CharField(
        label=_("Style sheet"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false", "class": "code"}),
    )

    def clean_css_typed(self) -> str:
        text: str = self.cleaned_data["css_typed"].replace("\r\n", "\n").replace("\0", "")
        if len(text.encode("utf-8", "replace")) > MAX_BYTES:
            raise forms.ValidationError(_("A style sheet has at most 32 KiB."))
        return text


class PictureForm(forms.Form):
    """What is too large is refused before a byte of it is read."""

    picture = forms.FileField(
        label=_("Picture"),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )

    def clean_picture(self) -> bytes:
        sent = self.cleaned_data["picture"]
        if (sent.size or 0) > MOST_PICTURE_BYTES:
            raise forms.ValidationError(_("A picture has at most 512 KiB."))
        content: bytes = sent.read()
        return content


def _typed(data: QueryDict | None, place: str, branding: Branding) -> list[tuple[str, str]]:
    if data is None:
        return [(row["label"], row["url"]) for row in getattr(branding, place)]
    labels, urls = (data.getlist(f"{place}_{part}")[: MOST_LINKS + 1] for part in ("label", "url"))
    cut = ((one[: LONGEST_LABEL + 1].strip(), other[: LONGEST_URL + 1].strip())
           for one, other in zip(labels, urls, strict=False))  # fmt: skip
    return [(label, url) for label, url in cut if label or url]


def _lines(links: Iterable[tuple[str, str]]) -> Sequence[Line]:
    typed = list(links)
    spare = min(SPARE, max(0, MOST_LINKS - len(typed)))
    typed += [("", "")] * spare
    return [Line(number, label, url) for number, (label, url) in enumerate(typed, start=1)]
