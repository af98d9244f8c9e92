import re

import pytest

from pingpong.kit.ids import is_readable_id, new_id

BASE57 = re.compile("[23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz]{22}")
PUBLISHED = ("GZ7tIAmLacSDW7sHe9Fskl", "LlPtdb4hXX3447YH7XYrt9", "bHH6yReKWkL92llkdk6sd7")
UNREADABLE = (
    "", "x" * 23, "a-b", "a b", "a/b", "..", "%00", "\0", "a\n", "\u0661", "\uff21", "\ud800",
    None, 5, True, 1.5, ["a"], {"a": 1}, b"a",
)  # fmt: skip


def test_a_new_id_is_22_characters_of_base57() -> None:
    made = {new_id() for _ in range(500)}
    assert len(made) == 500
    assert all(BASE57.fullmatch(one) for one in made)


@pytest.mark.parametrize("published", [*PUBLISHED, "0", "x" * 22])
def test_any_base62_text_of_up_to_22_is_an_id(published: str) -> None:
    assert is_readable_id(published) is True


@pytest.mark.parametrize("text", UNREADABLE, ids=repr)
def test_anything_else_is_none(text: object) -> None:
    assert is_readable_id(text) is False
