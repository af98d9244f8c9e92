"""The guided start: a name, first components, and the page."""

import pytest
from django.http import HttpResponse

from fixtures.cast import Member
from fixtures.queries import QueryCount
from fixtures.visitors import Visit
from pingpong.accounts.people import register
from pingpong.components.models import Component
from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page
from pingpong.teams.models import Membership

START = "/dashboard/start/"
NAMED = {"name": "Lucky Charms", "slug": "charms", "time_zone": "Asia/Tokyo"}


def components_of(slug: str) -> list[str]:
    rows = Component.objects.filter(page__slug=slug).order_by("position")
    return list(rows.values_list("name", flat=True))


def errors_in(answer: HttpResponse) -> list[str]:
    text = answer.content.decode()
    fields = ("name", "slug", "time_zone", "suggested", "own")
    return [field for field in fields if f'id="id_{field}_error"' in text]


def test_person_without_a_project_is_led_to_a_page_that_is_shown(visit: Visit, db: None) -> None:
    person = register(
        email="daisy@acme.example", name="Daisy", password="quack-quack-9", now=utc_now()
    )
    daisy = visit(None)
    daisy.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert f'href="{START}"' in daisy.get("/dashboard/").content.decode()
    named = daisy.post(START, NAMED)
    assert named["Location"] == "/dashboard/start/charms/components/"
    page = Page.objects.get()
    assert (page.name, page.time_zone) == ("Lucky Charms", "Asia/Tokyo")
    membership = Membership.objects.get()
    assert (membership.person_id, membership.role) == (person.pk, "owner")
    added = daisy.post(
        named["Location"], {"suggested": ["Website", "API"], "own": "Shop\r\n Till "}
    )
    assert added["Location"] == "/dashboard/start/charms/done/"
    assert components_of("charms") == ["Website", "API", "Shop", "Till"]
    text = daisy.get(added["Location"]).content.decode()
    assert 'href="http://testserver/s/charms/"' in text
    assert "Website, API, Shop, Till" in text
    assert "4 components are added." in text


def test_time_zone_is_the_one_of_the_browser(visit: Visit, owner: Member) -> None:
    browser = visit(owner)
    browser.cookies["zone"] = "Europe/Stockholm"
    text = browser.get(START).content.decode()
    assert '<option value="Europe/Stockholm" selected>' in text


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Lucky Charms", "lucky-charms-2"),
        ("\u00c5se & S\u00f6ner_AB", "ase-soner-ab"),
        ("\u72b6\u6cc1", "status"),
        ("-!-", "status"),
    ],
)
def test_address_is_made_from_the_name_where_none_is_given(
    visit: Visit, stranger: Member, name: str, slug: str
) -> None:
    answer = visit(stranger).post(START, NAMED | {"name": name, "slug": ""})
    assert answer["Location"] == f"/dashboard/start/{slug}/components/"


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"name": ""}, ["name"]),
        ({"name": "x" * 51}, ["name"]),
        ({"slug": "acme"}, ["slug"]),
        ({"slug": "Not A Slug"}, ["slug"]),
        ({"slug": "-a"}, ["slug"]),
        ({"slug": "a\n"}, []),
        ({"slug": "x" * 64}, ["slug"]),
        ({"time_zone": "Mars/Olympus"}, ["time_zone"]),
        ({"name": "", "slug": ""}, ["name"]),
    ],
)
def test_what_cannot_be_taken_is_told_beside_its_field(
    visit: Visit, owner: Member, changes: dict[str, str], wrong: list[str]
) -> None:
    before = Page.objects.count()
    answer = visit(owner).post(START, NAMED | changes)
    assert (answer.status_code, errors_in(answer)) == ((422, wrong) if wrong else (302, []))
    assert Page.objects.count() == before + (not wrong)


def test_address_that_somebody_takes_at_the_same_moment_is_told_beside_the_field(
    visit: Visit, owner: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pingpong.dashboard.forms.start import NamingForm

    monkeypatch.setattr(NamingForm, "clean_slug", lambda form: form.cleaned_data["slug"])
    answer = visit(owner).post(START, NAMED | {"slug": "acme"})
    assert (answer.status_code, errors_in(answer)) == (422, ["slug"])
    assert 'value="Lucky Charms"' in answer.content.decode()
    assert Page.objects.count() == 1


def test_components_that_are_there_already_are_not_added_twice(visit: Visit, owner: Member) -> None:
    path = "/dashboard/start/acme/components/"
    for _ in range(2):
        visit(owner).post(path, {"suggested": ["API"], "own": "Shop\nShop"})
    assert components_of("acme") == ["API", "Shop"]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"own": "x" * 51}, ["own"]),
        ({"own": "\n".join(f"Shop {number}" for number in range(51))}, []),
        ({"own": " \n\u200b"}, []),
        ({"suggested": ["Nonsense"]}, []),
        ({}, []),
    ],
)
def test_components_that_cannot_be_taken_are_told_with_all_that_was_typed(
    visit: Visit, owner: Member, typed: dict[str, object], wrong: list[str]
) -> None:
    answer = visit(owner).post("/dashboard/start/acme/components/", typed)
    assert (answer.status_code, errors_in(answer)) == (422, wrong)
    assert str(typed.get("own", "")) in answer.content.decode()
    assert components_of("acme") == []


def test_screens_of_a_foreign_project_are_as_those_of_none(
    visit: Visit, owner: Member, stranger: Member
) -> None:
    for step in ("components", "done"):
        theirs = visit(owner).get(f"/dashboard/start/lucky-charms/{step}/")
        nowhere = visit(owner).get(f"/dashboard/start/nowhere/{step}/")
        assert theirs.status_code == nowhere.status_code == 404


def test_last_screen_costs_the_same_for_many_components(
    visit: Visit, owner: Member, query_count: QueryCount
) -> None:
    browser = visit(owner)
    path = "/dashboard/start/acme/"
    counts = []
    for names in ("A\nB\nC", "\n".join(f"C{number}" for number in range(30))):
        browser.post(f"{path}components/", {"own": names})
        browser.get(f"{path}done/")
        with query_count() as counted:
            browser.get(f"{path}done/")
        counts.append(len(counted))
    assert counts[0] == counts[1] < 20
