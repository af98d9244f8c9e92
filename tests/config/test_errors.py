"""What unknown paths answer, in the form of whoever asks."""

import pytest
from django.test import Client


@pytest.mark.parametrize("path", ["/rest/v1/nothing", "/rest/", "/widget/nothing"])
def test_programs_are_told_in_json(path: str) -> None:
    answer = Client().get(path)
    assert (answer.status_code, answer.json()) == (404, {"detail": "Not found."})


@pytest.mark.parametrize("path", ["/nothing", "/dashboard/nothing/", "/robots.txt"])
def test_people_are_told_by_a_page(path: str) -> None:
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert "<h1" in answer.content.decode()
    assert "default-src 'none'" in answer["Content-Security-Policy"]
