"""Drafts of incidents: listed where they are asked for, and nowhere else."""

from typing import Any

import pytest

from fixtures.cast import Belongings, Member

BODY = {"title": "Slow", "message": "Hm."}
LISTS = ("/incidents", "/incidents/ongoing", "/incidents?status=in progress")


@pytest.fixture
def draft(owner: Member, ours: Belongings) -> Any:
    owner.post(f"/incidents/{ours.incident.pk}/updates", {"status": "Resolved", "message": "x"})
    affected = [{"id": ours.component.pk, "status": "Critical state"}]
    answer = owner.post("/incidents", {**BODY, "draft": True, "affected_components": affected})
    assert answer.status == 201
    return answer.body


def ids(owner: Member, path: str) -> list[str]:
    return [one["id"] for one in owner.get(path).body]


def test_a_draft_says_that_it_is_one_and_has_no_effect(owner: Member, draft: Any) -> None:
    assert draft["draft"] is True
    assert draft["affected_components"][0]["status"] == "Operational"
    assert draft["affected_components"][0]["affected_status"] == "Critical state"
    assert owner.get("/status").body["status"] == "All systems operational"
    assert owner.get("/live").body["incidents"] == []


@pytest.mark.parametrize("path", LISTS)
def test_a_draft_is_in_no_list(owner: Member, draft: Any, path: str) -> None:
    assert draft["id"] not in ids(owner, path)


@pytest.mark.parametrize("word", ["true", "TRUE"])
def test_drafts_are_listed_by_themselves(owner: Member, draft: Any, word: str) -> None:
    assert owner.get("/incidents", draft=word).body == [draft]
    assert owner.get("/incidents", draft=word, status="Resolved").body == []
    assert draft["id"] not in ids(owner, "/incidents?draft=false")


@pytest.mark.parametrize("word", ["", "yes", "1", "null", "%00"])
def test_whether_drafts_are_wanted_is_true_or_false(owner: Member, word: str) -> None:
    answer = owner.get(f"/incidents?draft={word}")
    assert (answer.status, list(answer.body)) == (400, ["draft"])


def test_a_draft_is_read_changed_and_told_on_like_any_other(owner: Member, draft: Any) -> None:
    path = f"/incidents/{draft['id']}"
    assert owner.get(path).body == draft
    assert owner.put(path, {"title": "Other", "draft": True}).body["title"] == "Other"
    update = owner.post(f"{path}/updates", {"status": "Identified", "message": "x"})
    assert update.status == 201
    found = owner.get(path).body
    assert (found["draft"], found["status"], len(found["updates"])) == (True, "Identified", 1)
    assert owner.delete(path).status == 204


def test_a_draft_is_published_together_with_other_changes(owner: Member, draft: Any) -> None:
    answer = owner.put(f"/incidents/{draft['id']}", {"title": "Very slow", "draft": False})
    assert (answer.body["draft"], answer.body["title"]) == (False, "Very slow")
    assert answer.body["affected_components"][0]["status"] == "Critical state"
    assert ids(owner, "/incidents/ongoing") == [draft["id"]]
    assert owner.get("/incidents", draft="true").body == []


def test_what_is_published_stays_so(owner: Member, draft: Any) -> None:
    path = f"/incidents/{draft['id']}"
    for _ in range(2):
        assert owner.put(path, {"draft": False}).status == 200
    answer = owner.put(path, {"draft": True, "title": "Other"})
    assert (answer.status, answer.body) == (
        400,
        {"draft": ["What is published cannot become a draft."]},
    )
    assert owner.get(path).body["title"] == "Slow"


def test_an_incident_is_published_unless_it_says_otherwise(owner: Member) -> None:
    made = [owner.post("/incidents", {**BODY, **extra}).body for extra in ({}, {"draft": False})]
    assert [one["draft"] for one in made] == [False, False]
