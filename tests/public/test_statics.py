import gzip

import brotli  # type: ignore[import-untyped]
import pytest

from pingpong.public import statics
from pingpong.public.negotiate import BROTLI, GZIP

from .conftest import Reader


def test_script_is_served_for_ever_under_its_digest(reader: Reader) -> None:
    response = reader.get(statics.chart_script_path())
    assert response.code == 200
    assert response.body == statics.chart_script()
    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    again = reader.get(statics.chart_script_path(), if_none_match=response.headers["ETag"])
    assert (again.code, again.body) == (304, b"")


@pytest.mark.parametrize(
    ("accepted", "decode"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_script_is_small_on_the_way(reader: Reader, accepted: str, decode: object) -> None:
    response = reader.get(statics.chart_script_path(), accept_encoding=accepted)
    assert callable(decode)
    assert decode(response.body) == statics.chart_script()
    assert len(response.body) < 26_000


def test_other_names_and_methods_lead_nowhere(reader: Reader) -> None:
    path = statics.chart_script_path()
    assert reader.get(f"{statics.PREFIX}charts.0000000000000000.js").code == 404
    assert reader.get(statics.PREFIX).code == 404
    assert reader.ask("POST", path).headers["Allow"] == "GET, HEAD"
    head = reader.ask("HEAD", path)
    assert (head.code, head.body) == (200, b"")


def test_script_has_the_licence_of_what_it_is_made_of() -> None:
    assert statics.chart_script().startswith(b"/*! uPlot 1.6.32, MIT licence")
    assert len({len(body) for body in (_body(BROTLI), _body(GZIP), _body(0))}) == 3


def _body(encoding: int) -> bytes:
    answers = statics.answers_at(statics.chart_script_path())
    assert answers is not None
    return answers[encoding].body[0]
