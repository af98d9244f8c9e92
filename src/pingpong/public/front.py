"""The door of the web process: public pages from memory, everything else from Django."""

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from time import time
from typing import Any

from django.conf import settings

from pingpong.pages.languages import preferred

from . import missing, statics
from .badge_texts import index_path
from .badges import Badges
from .disk import Shelf
from .entry import CORS, Answers, Entry, Headers
from .feed_sieve import FilterTooLongError, components_in
from .library import Library
from .negotiate import choose, has_current
from .places import PREFIX, slug_in
from .refresher import Refresher
from .sifter import Sifter

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Wsgi = Callable[[Environ, StartResponse], Iterable[bytes]]

# In a request: under which host of its own a page is asked for.
OWN_HOST = "pingpong.own_host"
# Browsers send a handful of different Accept-Encoding headers; the rest is worked out each time.
_REMEMBERED_HEADERS = 256
_REMEMBERED_LANGUAGES = 1024
_LONGEST_REMEMBERED = 128
_PREFLIGHT: Headers = [
    *CORS,
    ("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS"),
    ("Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key"),
    ("Access-Control-Max-Age", "600"),
    ("Allow", "GET, HEAD, OPTIONS"),
]


# The fronts of this process that follow the store: one, outside of tests.
_fronts: list["Front"] = []


def has_pages() -> bool:
    """Tell whether this process serves pages already; True where it has no front at all."""
    return all(front.library.entries for front in _fronts)


class Front:
    """A WSGI application. It must be the outermost: its lists of headers are shared."""

    def __init__(self, django_app: Wsgi, *, folder: Path | None = None) -> None:
        """Serve at once what `folder` (by default in the data folder) has from earlier."""
        self._django_app = django_app
        self.library = Library(Shelf(folder or settings.DATA_DIR / "public"))
        self.library.load()
        self._entries = self.library.entries
        self._choices: dict[str, int] = {}
        self._languages: dict[tuple[str, tuple[str, ...]], str] = {}
        self._sifter = Sifter()
        self._badges = Badges()
        self._stop = threading.Event()

    def start_refresher(self) -> threading.Thread:
        """Start following the store, in a thread that ends with the process or with `stop`."""
        refresher = Refresher(self.library)
        thread = threading.Thread(
            target=refresher.run, args=(self._stop,), name="public-refresher", daemon=True
        )
        thread.start()
        _fronts.append(self)
        return thread

    def stop(self) -> None:
        """Follow the store no longer; what is known goes on being served."""
        self._stop.set()
        if self in _fronts:
            _fronts.remove(self)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if self.library.places.hosts:
            host = environ.get("HTTP_HOST", "")
            slug = self.library.places.slug_at(host)
            if slug is not None:
                return self._serve(_below(slug, environ), start_response)
        return self._serve(environ, start_response)

    def _serve(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        entry = self._entries.get(environ["PATH_INFO"])
        if entry is None:
            return self._elsewhere(environ, start_response)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return _refuse(entry, environ["REQUEST_METHOD"], start_response)
        if entry.languages:
            language = self._language(environ, entry.languages)
            if language != entry.languages[0]:
                return missing.send_to_language(language, entry.path, start_response)
        entry.is_used = True
        if entry.is_feed and environ.get("QUERY_STRING"):
            sifted = self._sifted(entry, environ, start_response)
            if sifted is not None:
                return sifted
        if time() < entry.fresh_until:
            answers = entry.fresh or self.library.fresh(entry)
        else:
            answers = entry.stale or self.library.stale(entry)
        if answers is None:
            return missing.answer_later(start_response)
        return self._answer(answers, environ, start_response)

    def _sifted(
        self, entry: Entry, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes] | None:
        """Answer a feed of some components; None where the request names none."""
        try:
            ids = components_in(environ["QUERY_STRING"])
        except FilterTooLongError as problem:
            return missing.answer_too_much(str(problem), start_response)
        if ids is None:
            return None
        copy = self.library.copy_of(entry)
        answers = None if copy is None else self._sifter.answers(copy, ids)
        if answers is None:
            return missing.answer_later(start_response)
        return self._answer(answers, environ, start_response)

    def _answer(
        self, answers: Answers, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        choice = self._choices.get(accepted)
        if choice is None:
            choice = self._choose(accepted)
        answer = answers[choice]
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known is not None and has_current(known, answer.etag):
            start_response("304 Not Modified", answer.not_modified)
            return []
        start_response("200 OK", answer.headers)
        return answer.body if environ["REQUEST_METHOD"] == "GET" else []

    def _choose(self, accepted: str) -> int:
        choice = choose(accepted)
        if len(accepted) <= _LONGEST_REMEMBERED and len(self._choices) < _REMEMBERED_HEADERS:
            self._choices[accepted] = choice
        return choice

    def _language(self, environ: Environ, offered: tuple[str, ...]) -> str:
        accepted = environ.get("HTTP_ACCEPT_LANGUAGE", "")
        known = self._languages.get((accepted, offered))
        if known is None:
            known = preferred(accepted, offered)
            if (
                len(accepted) <= _LONGEST_REMEMBERED
                and len(self._languages) < _REMEMBERED_LANGUAGES
            ):
                self._languages[accepted, offered] = known
        return known

    def _elsewhere(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path: str = environ["PATH_INFO"]
        if not path.startswith(PREFIX):
            return self._django_app(environ, start_response)
        answers = statics.answers_at(path)
        if answers is None:
            return self._unstored(path, environ, start_response)
        if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            return self._answer(answers, environ, start_response)
        return missing.answer_method(
            environ["REQUEST_METHOD"], is_open=False, start_response=start_response
        )

    def _unstored(
        self, path: str, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer a path of no stored page: of a private one, of a former one, or of none."""
        values = self._entries.get(index_path(path))
        if values is not None:
            return self._badge(path, values, environ, start_response)
        places, slug = self.library.places, slug_in(path)
        begin = f"{PREFIX}{slug}"
        is_private = slug in places.private
        if is_private and path != begin:
            return self._django_app(environ, start_response)
        if is_private or f"{path}/" in self._entries:
            return missing.send_to(f"{path.rpartition('/')[2]}/", start_response)
        if slug in places.moved:
            rest = path[len(begin) :] or "/"
            place = f"{PREFIX}{places.moved[slug]}{rest}"
            return missing.send_on(place, environ.get("QUERY_STRING", ""), start_response)
        return missing.answer_unknown(path, start_response)

    def _badge(
        self, path: str, values: Entry, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer a badge, drawn from the values that are stored of its page."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return _refuse(values, environ["REQUEST_METHOD"], start_response)
        known = self.library.current(values)
        if known is None:
            return missing.answer_later(start_response)
        answers = self._badges.answers(path, known)
        if answers is None:
            return missing.answer_unknown(path, start_response)
        return self._answer(answers, environ, start_response)


def _below(slug: str, environ: Environ) -> Environ:
    """Return a request to a page's own host as one to its path: nothing else is found there."""
    path = environ["PATH_INFO"]
    if path.startswith(statics.PREFIX):
        return environ
    return {**environ, "PATH_INFO": f"{PREFIX}{slug}{path}", OWN_HOST: environ["HTTP_HOST"]}


def _refuse(entry: Entry, method: str, start_response: StartResponse) -> Iterable[bytes]:
    if method == "OPTIONS" and entry.is_open:
        start_response("204 No Content", _PREFLIGHT)
        return []
    return missing.answer_method(method, is_open=entry.is_open, start_response=start_response)
