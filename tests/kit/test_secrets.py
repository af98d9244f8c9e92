import re
from collections.abc import Callable

import pytest

from pingpong.kit.secrets import (
    SecretUnreadableError,
    derive_key,
    keyed_hash,
    new_heartbeat_key,
    new_password,
    new_shields_key,
    new_token,
    seal,
    unseal,
)

KEY = derive_key("master", "one purpose")


@pytest.mark.parametrize(
    ("make", "form"),
    [
        (new_token, "[0-9a-f]{64}"),
        (new_shields_key, "sp_[0-9a-f]{32}"),
        (new_heartbeat_key, "hb_[0-9a-f]{40}"),
        (new_password, "([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}"),
    ],
)
def test_a_secret_has_its_form_and_comes_once(make: Callable[[], str], form: str) -> None:
    made = {make() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(form, one) for one in made)


def test_keys_differ_by_master_and_by_purpose() -> None:
    keys = {derive_key(master, purpose) for master in "ab" for purpose in "xy"}
    assert len(keys) == 4
    assert {len(key) for key in keys} == {32}


def test_a_hash_depends_on_key_and_text() -> None:
    other = derive_key("master", "another")
    assert keyed_hash(KEY, "a") == keyed_hash(KEY, "a")
    assert len({keyed_hash(KEY, "a"), keyed_hash(KEY, "b"), keyed_hash(other, "a")}) == 3


def test_even_half_a_character_can_be_hashed() -> None:
    assert len(keyed_hash(KEY, "\ud800")) == 64


def test_what_is_sealed_opens_again() -> None:
    assert unseal(KEY, seal(KEY, "tok\u00e9n", bound_to="row 1"), bound_to="row 1") == "tok\u00e9n"


def test_two_seals_of_one_text_differ() -> None:
    assert seal(KEY, "token", bound_to="row") != seal(KEY, "token", bound_to="row")


def test_the_seal_does_not_show_the_text() -> None:
    assert b"token" not in seal(KEY, "token", bound_to="row")


@pytest.mark.parametrize("damage", ["key", "row", "bit", "cut", "empty"])
def test_what_was_touched_does_not_open(damage: str) -> None:
    sealed = seal(KEY, "token", bound_to="row 1")
    key = derive_key("master", "another") if damage == "key" else KEY
    row = "row 2" if damage == "row" else "row 1"
    if damage == "bit":
        sealed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    elif damage == "cut":
        sealed = sealed[:20]
    elif damage == "empty":
        sealed = b""
    with pytest.raises(SecretUnreadableError):
        unseal(key, sealed, bound_to=row)
