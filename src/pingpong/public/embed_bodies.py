"""What other sites put into their pages: a banner's script with its news, and a widget to frame."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.template.loader import get_template
from django.utils.translation import get_language, get_language_bidi, gettext

from pingpong.overview.summary import Summary

from . import page_html, paper, summary_json, words
from .body import Body
from .copies import HTML, JSON, digest_of
from .embed_news import News, news_of
from .sign_paths import SIGN_PATHS

SCRIPT = "text/javascript; charset=utf-8"
_DARK_MEDIA = "(prefers-color-scheme:dark)"
_FRAMED = "frame-ancestors *"


@dataclass(frozen=True, slots=True)
class _Look:
    """One widget: the schemes that it knows, and its style sheets with the media they are for."""

    scheme: str
    sheets: tuple[tuple[str, str], ...]

    @property
    def policy(self) -> str:
        return paper.policy(*(name for name, _ in self.sheets), script="widget.js", framed_by="*")


_SHAPE = ("widget.css", "")
_LOOKS = {
    "widget": _Look(
        "light dark", (("widget_light.css", ""), ("widget_dark.css", _DARK_MEDIA), _SHAPE)
    ),
    "widget-light": _Look("light", (("widget_light.css", ""), _SHAPE)),
    "widget-dark": _Look("dark", (("widget_dark.css", ""), _SHAPE)),
}


def may_be_framed(policy: str) -> bool:
    """Tell whether other sites may show what has this policy in a frame."""
    return _FRAMED in policy


def embed_bodies(summary: Summary, path: str, *, url: str, robots: str = "") -> Iterator[Body]:
    """Yield them for a page whose paths begin with `path`, in the language that is active."""
    news = news_of(summary)
    folder = f"{path}embed/"
    yield Body(
        path=f"{folder}banner.js",
        content_type=SCRIPT,
        policy="",
        slot="",
        notice="",
        text=banner_script(),
    )
    yield Body(
        path=f"{folder}status.json",
        content_type=JSON,
        policy="",
        slot=summary_json.AGE_SLOT,
        notice=summary_json.AGE_NOTICE,
        text=_news_json(news).encode(),
        robots=robots,
    )
    for name, look in _LOOKS.items():
        yield Body(
            path=f"{folder}{name}",
            content_type=HTML,
            policy=look.policy,
            slot=page_html.AGE_SLOT,
            notice=page_html.age_notice(),
            text=_widget(news, look, url=url).encode(),
            robots=robots,
        )


@cache
def banner_script() -> bytes:
    """Return the script, the same for all pages: it knows its page by its own address."""
    style = "".join(paper.inline("banner.css").splitlines())
    lines = paper.inline("banner.js").replace("STYLE", style).splitlines()
    return "\n".join(line.strip() for line in lines).encode()


def _news_json(news: News) -> str:
    if not news.is_bad:
        return summary_json.write({"stale": False, "show": False})
    return summary_json.write(
        {
            "stale": False,
            "show": True,
            "mark": digest_of("\n".join([news.head, *news.lines]).encode())[:16],
            "lang": get_language() or "en",
            "dir": _direction(),
            "name": news.name,
            "sign": news.sign,
            "icon": words.title_mark(news.sign),
            "head": news.head,
            "lines": news.lines,
            "old": gettext("This may be out of date: last checked"),
            "more": gettext("Status page"),
            "close": gettext("Dismiss"),
        }
    )


def _widget(news: News, look: _Look, *, url: str) -> str:
    shape, glyph = SIGN_PATHS[news.sign]
    context = {
        "news": news,
        "url": url,
        "language": get_language() or "en",
        "direction": _direction(),
        "scheme": look.scheme,
        "styles": [{"text": paper.inline(name), "media": media} for name, media in look.sheets],
        "script": paper.inline("widget.js"),
        "shape": shape,
        "glyph": glyph,
        "age_slot": page_html.age_slot(),
    }
    return get_template("public/widget.html").render(context).strip()


def _direction() -> str:
    return "rtl" if get_language_bidi() else "ltr"
