"""Screens are sent compressed, to who can read that."""

import gzip

from fixtures.cast import Member
from fixtures.visitors import Visit


def test_a_screen_is_sent_compressed(visit: Visit, owner: Member) -> None:
    plain = visit(owner).get("/dashboard/account/")
    packed = visit(owner).get("/dashboard/account/", headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(gzip.decompress(packed.content)) > 3 * len(packed.content)


def test_an_answer_of_the_api_stays_as_it_is(visit: Visit, owner: Member) -> None:
    answer = visit(owner).get("/rest/v1/docs", headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in answer.headers
