"""What an incident is called before its first update is the dashboard's alone (contract A6, A7)."""

from factories.incidents import make_incident, make_update
from fixtures.cast import Belongings, Member


def test_an_incident_without_updates_is_in_progress_whatever_it_was_opened_as(
    owner: Member, ours: Belongings
) -> None:
    page = ours.component.page
    opened = make_incident(page, opened_as="Identified")

    told = owner.get(f"/incidents/{opened.pk}").body

    assert (told["status"], told["updates"]) == ("In progress", [])
    listed = {
        word: [one["id"] for one in owner.get("/incidents", status=word).body]
        for word in ("In progress", "Identified")
    }
    assert (opened.pk in listed["In progress"], opened.pk in listed["Identified"]) == (True, False)


def test_its_first_update_says_what_it_is(owner: Member, ours: Belongings) -> None:
    opened = make_incident(ours.component.page, opened_as="Investigating")
    make_update(opened, "Identified")

    assert owner.get(f"/incidents/{opened.pk}").body["status"] == "Identified"
    assert opened.pk in [one["id"] for one in owner.get("/incidents", status="Identified").body]
    assert opened.pk not in [
        one["id"] for one in owner.get("/incidents", status="In progress").body
    ]
