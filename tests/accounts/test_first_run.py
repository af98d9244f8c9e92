"""The first account: one code, one person, whoever else tries."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from pingpong.accounts.first_run import (
    SetupOverError,
    complete_setup,
    has_accounts,
    offer_setup,
)
from pingpong.accounts.models import Person, SetupCode
from pingpong.accounts.people import PersonInvalidError
from pingpong.kit.clock import utc_now

MANY = 12


def make(code: str, email: str = "daisy@acme.example") -> Person:
    return complete_setup(code, email=email, name="Daisy", password="quack-quack-9", now=utc_now())


@pytest.mark.django_db
def test_code_makes_the_first_account_and_no_second() -> None:
    code = offer_setup(now=utc_now())
    assert not has_accounts()
    assert make(f" {code.upper()} ").check_password("quack-quack-9")
    with pytest.raises(SetupOverError):
        make(code, "donald@acme.example")
    assert list(Person.objects.values_list("email", flat=True)) == ["daisy@acme.example"]


@pytest.mark.django_db
def test_code_is_not_stored_and_the_one_before_it_is_dead() -> None:
    first, second = offer_setup(now=utc_now()), offer_setup(now=utc_now())
    assert first not in SetupCode.objects.get().digest
    with pytest.raises(SetupOverError):
        make(first)
    assert make(second).email == "daisy@acme.example"


@pytest.mark.django_db
def test_address_that_is_none_leaves_the_code_as_it_was() -> None:
    code = offer_setup(now=utc_now())
    with pytest.raises(PersonInvalidError):
        make(code, "nobody")
    assert make(code).email == "daisy@acme.example"


@pytest.mark.django_db
def test_code_is_dead_once_somebody_else_has_an_account() -> None:
    code = offer_setup(now=utc_now())
    Person.objects.create(email="a@b.example", name="A", created_at=utc_now())
    with pytest.raises(SetupOverError):
        make(code)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_exactly_one_succeeds() -> None:
    code = offer_setup(now=utc_now())
    start = threading.Barrier(MANY)

    def race(number: int) -> str:
        start.wait()
        try:
            return make(code, f"n{number}@acme.example").email
        except SetupOverError:
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as pool:
        won = [email for email in pool.map(race, range(MANY)) if email]
    assert won == list(Person.objects.values_list("email", flat=True))
    assert len(won) == 1
