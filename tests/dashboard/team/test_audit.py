"""The audit log: found, read on, taken away, and silent about secrets."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.components import make_component
from factories.metrics import make_monitor
from fixtures.cast import Member
from fixtures.queries import QueryCount
from fixtures.visitors import Visit, Visitor
from pingpong.components.lifecycle import change_component, set_own_status
from pingpong.dashboard.audit_csv import safe
from pingpong.dashboard.audit_log import PER_PAGE
from pingpong.dashboard.audit_sentences import SENTENCES
from pingpong.dashboard.audit_words import SUBJECTS, sentence
from pingpong.events.kinds import Kind
from pingpong.events.models import Event
from pingpong.kit.actor import Actor
from pingpong.kit.clock import utc_now
from pingpong.monitors.lifecycle import change_monitor
from pingpong.pages.models import Page

from .conftest import Reach

CANARY = "CANARY-5f0c"


def events(page: Page, total: int, **others: str) -> None:
    known = {"kind": "component.changed", "actor": "Ada", "actor_id": "ada"} | others
    start = datetime(2026, 1, 1, tzinfo=UTC)
    Event.objects.bulk_create(
        Event(
            page_id=page.pk,
            at=start + timedelta(minutes=number // 2),
            data={"name": f"C{number:03}", "differences": {"name": ["a", f"b{number}"]}},
            **known,
        )
        for number in range(total)
    )


def names(visitor: Visitor, address: str) -> list[str]:
    entries = visitor.get(address).context["log"].entries
    return [one.text.removeprefix("Ada changed the component ").rstrip(".") for one in entries]


def table(visitor: Visitor, address: str) -> list[dict[str, str]]:
    answer = visitor.get(address)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_log_says_who_did_what_with_before_and_after(
    visit: Visit, viewer: Member, acme: Page, reach: Reach
) -> None:
    ada = Actor("Ada", "ada")
    component = make_component(acme, "API <b>")
    set_own_status(component, "Major issues", by=ada, now=utc_now())
    change_component(component, {"description": "Old & new"}, by=ada, now=utc_now())
    text = visit(viewer).get(reach("audit")).content.decode()
    assert "Ada set API &lt;b&gt; to Major issues." in text
    assert "Ada changed the component API &lt;b&gt;." in text
    assert "<ins>Old &amp; new</ins>" in text


def test_log_is_of_this_project_and_of_nobody_else(
    visit: Visit, owner: Member, stranger: Member, reach: Reach
) -> None:
    make_component(stranger.page, CANARY)
    Event.objects.create(kind="person.disabled", actor=CANARY, at=utc_now())
    inside = visit(owner)
    assert CANARY not in inside.get(reach("audit")).content.decode()
    assert CANARY not in str(table(inside, reach("audit_csv")))
    assert visit(stranger).get(reach("audit")).status_code == 404
    assert visit(stranger).get(reach("audit_csv")).status_code == 404


def test_unknown_kind_and_odd_data_are_shown(
    visit: Visit, owner: Member, acme: Page, reach: Reach
) -> None:
    for told in (5, {"x_y": "hidden"}, {"a": 1}, {"a": [1, 2, 3]}):
        Event.objects.create(
            kind="rocket.launched",
            page_id=acme.pk,
            actor="Ada",
            at=utc_now(),
            data={"differences": told},
        )
    inside = visit(owner)
    assert inside.get(reach("audit")).content.decode().count("rocket.launched") == 4
    assert len(table(inside, reach("audit_csv"))) == Event.objects.filter(page_id=acme.pk).count()


def test_event_of_old_gets_the_name_that_its_subject_has_now(
    visit: Visit, owner: Member, acme: Page, reach: Reach
) -> None:
    component = make_component(acme, "Gateway")
    Event.objects.filter(page_id=acme.pk).update(data={})
    text = visit(owner).get(reach("audit")).content.decode()
    assert "added the component Gateway." in text
    component.delete()
    assert "(without a name)" in visit(owner).get(reach("audit")).content.decode()


def test_filters_find_by_person_kind_subject_time_and_words(
    visit: Visit, owner: Member, acme: Page, reach: Reach
) -> None:
    events(acme, 4)
    events(acme, 1, kind="incident.opened", actor="Bob", actor_id="bob", subject_id="thing")
    inside, address = visit(owner), reach("audit")
    assert names(inside, f"{address}?person=ada") == ["C003", "C002", "C001", "C000"]
    assert len(names(inside, f"{address}?kind=incident")) == 1
    assert len(names(inside, f"{address}?subject=thing")) == 1
    assert names(inside, f"{address}?q=c002") == ["C002"]
    assert len(names(inside, f"{address}?since=2026-01-01&until=2026-01-01")) == 5
    assert names(inside, f"{address}?until=2025-12-31") == []
    assert names(inside, f"{address}?q=%00&kind=x&since=never") == names(inside, address)
    for far in ("since=0001-01-01", "until=0001-01-01", "since=9999-12-31", "until=9999-12-31"):
        assert names(inside, f"{address}?{far}") == names(inside, address)
    assert [row["subject"] for row in table(inside, f"{reach('audit_csv')}?person=bob")] == ["C000"]


def test_pages_follow_each_other_without_gap_or_double(
    visit: Visit, owner: Member, acme: Page, reach: Reach
) -> None:
    Event.objects.all().delete()
    events(acme, 2 * PER_PAGE + 1)
    inside, query, seen = visit(owner), "q=C", []
    while query:
        answer = inside.get(f"{reach('audit')}?{query}")
        seen += names(inside, f"{reach('audit')}?{query}")
        query = answer.context["older"]
    assert seen == [f"C{number:03}" for number in reversed(range(2 * PER_PAGE + 1))]


def test_log_costs_as_many_queries_for_much_as_for_little(
    visit: Visit, owner: Member, acme: Page, reach: Reach, query_count: QueryCount
) -> None:
    inside = visit(owner)
    inside.get(reach("audit"))
    counts = []
    for total in (3, 60):
        events(acme, total)
        with query_count() as counted:
            inside.get(reach("audit"))
        counts.append(len(counted))
    assert counts[0] == counts[1]
    assert counts[1] < 20


def test_no_secret_is_in_the_log_or_its_file(
    visit: Visit, owner: Member, acme: Page, reach: Reach
) -> None:
    monitor = make_monitor(acme, secrets={"password": CANARY})
    change_monitor(
        monitor,
        {
            "secrets": {"bearer": CANARY, "headers": [("X-Key", CANARY)]},
            "options": {"body": CANARY},
        },
        by=owner.actor,
        now=utc_now(),
    )
    inside = visit(owner)
    text = inside.get(reach("audit")).content.decode()
    assert "the values are hidden" in text
    everything = text + str(table(inside, reach("audit_csv"))) + str(list(Event.objects.values()))
    assert CANARY not in everything
    assert owner.token not in everything


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "'"])
def test_cell_that_could_be_run_begins_with_an_apostrophe(
    start: str, visit: Visit, owner: Member, acme: Page, reach: Reach
) -> None:
    Event.objects.filter(page_id=acme.pk).delete()
    bad = f'{start}cmd|"/c calc"!A1'
    Event.objects.create(
        kind="group.changed",
        page_id=acme.pk,
        actor=bad,
        at=utc_now(),
        data={"name": bad, "differences": {"name": [bad, "ö,\n;"]}},
    )
    (row,) = table(visit(owner), reach("audit_csv"))
    assert (row["person"], row["subject"], row["before"]) == (f"'{bad}",) * 3
    assert row["after"] == "ö,\n;"


@given(st.text())
def test_cell_is_got_back_by_taking_the_apostrophe_off(text: str) -> None:
    cell = safe(text)
    assert cell.removeprefix("'") == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\0"))


def test_every_kind_of_a_project_has_its_sentence_and_its_filter() -> None:
    ours = [kind for kind in Kind if not kind.startswith("person.")]
    assert sorted(set(ours) - set(SENTENCES)) == []
    assert sorted({kind.partition(".")[0] for kind in ours} - set(SUBJECTS)) == []
    for kind in ours:
        assert "%(" not in sentence(kind, "Ada", {"name": "100% sure", "role": "viewer"})
