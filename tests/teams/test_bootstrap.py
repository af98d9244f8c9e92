import pytest

from pingpong.accounts.models import Person
from pingpong.accounts.people import PersonInvalidError
from pingpong.kit.actor import Actor
from pingpong.kit.clock import utc_now
from pingpong.pages.lifecycle import PageInvalidError
from pingpong.pages.models import Page
from pingpong.teams.bootstrap import Bootstrapped, SlugTakenError, bootstrap
from pingpong.teams.models import ApiToken, Membership
from pingpong.teams.tokens import authenticate, revoke_token

pytestmark = pytest.mark.django_db


def boot(**others: str) -> Bootstrapped:
    asked = {
        "project": "ACME",
        "slug": "acme",
        "email": "donald@acme.example",
        "name": "Donald Duck",
        **others,
    }
    return bootstrap(**asked, now=utc_now())


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Person, Page, Membership, ApiToken))


def test_the_first_time_makes_owner_page_and_token() -> None:
    made = boot()
    membership = Membership.objects.get()
    assert (membership.role, membership.person.email, membership.page.slug) == (
        "owner",
        "donald@acme.example",
        "acme",
    )
    assert membership.person.check_password(made.password)
    assert authenticate(made.token).membership == membership
    assert made.shields_key == membership.page.shields_key


def test_the_second_time_tells_the_same_without_the_password() -> None:
    first, second = boot(), boot()
    assert (second.token, second.page_id, second.shields_key) == (
        first.token,
        first.page_id,
        first.shields_key,
    )
    assert (first.password is None, second.password) == (False, None)
    assert counts() == (1, 1, 1, 1)


def test_an_address_counts_in_any_case() -> None:
    boot()
    assert boot(email=" Donald@ACME.example ").email == "donald@acme.example"
    assert counts() == (1, 1, 1, 1)


def test_a_known_person_can_own_a_second_page() -> None:
    first, second = boot(), boot(project="Second", slug="second")
    assert (second.password, counts()) == (None, (1, 2, 2, 2))
    assert authenticate(first.token).membership.page.name == "ACME"
    assert authenticate(second.token).membership.page.name == "Second"


def test_a_revoked_token_is_replaced() -> None:
    first = boot()
    token = authenticate(first.token)
    revoke_token(token, by=Actor("Donald Duck"), now=utc_now())
    assert authenticate(boot().token) is not None


def test_a_slug_of_another_team_is_refused_and_nothing_made() -> None:
    boot()
    before = counts()
    with pytest.raises(SlugTakenError):
        boot(email="gladstone@lucky.example", name="Gladstone Gander")
    assert counts() == before


@pytest.mark.parametrize(
    ("field", "text", "problem"),
    [
        ("slug", "", PageInvalidError),
        ("slug", "UPPER", PageInvalidError),
        ("slug", "-a", PageInvalidError),
        ("slug", "a-", PageInvalidError),
        ("slug", "a.b", PageInvalidError),
        ("slug", "x" * 64, PageInvalidError),
        ("slug", "a\n", PageInvalidError),
        ("project", " \u200b", PageInvalidError),
        ("project", "x" * 51, PageInvalidError),
        ("email", "", PersonInvalidError),
        ("email", "nobody", PersonInvalidError),
        ("email", "a@b.example\nBcc: c@d.example", PersonInvalidError),
        ("name", " ", PersonInvalidError),
        ("name", "x" * 151, PersonInvalidError),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_made(
    field: str, text: str, problem: type[Exception]
) -> None:
    with pytest.raises(problem):
        boot(**{field: text})
    assert counts() == (0, 0, 0, 0)
