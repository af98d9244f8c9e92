"""Tokens are looked at by their owner alone, who has just said who it is, and seen nowhere else."""

import json
import logging

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from fixtures.cast import Member
from fixtures.visitors import Visit, Visitor
from pingpong.events.models import Event
from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page
from pingpong.teams.models import ApiToken
from pingpong.teams.tokens import authenticate, issue_token, tokens_of

PASSWORD = "duck-duck-duck"


@pytest.fixture
def desk(visit: Visit, admin: Member) -> Visitor:
    return visit(admin)


@pytest.fixture
def token(admin: Member) -> ApiToken:
    return tokens_of(admin.page.pk).get(membership=admin.membership)


def reach(page: Page, name: str, token: ApiToken | None = None) -> str:
    more = {"token": token.pk} if token else {}
    return reverse(f"dashboard:{name}", kwargs={"slug": page.slug, **more})


def prove(desk: Visitor) -> None:
    """Answer who it is."""
    answer = desk.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert answer.status_code == 302


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def test_token_is_shown_after_a_fresh_answer_only(
    acme: Page, desk: Visitor, admin: Member, token: ApiToken
) -> None:
    address = reach(acme, "show_token", token)
    asked = desk.post(address)
    assert (
        asked["Location"] == f"{reverse('account_reauthenticate')}?{urlencode({'next': address})}"
    )
    assert Event.objects.filter(kind="token.revealed").count() == 0
    answer = desk.post(asked["Location"], {"password": PASSWORD, "next": address})
    assert answer["Location"] == address
    assert admin.token not in text_of(desk.get(address))
    shown = desk.post(address)
    assert f">{admin.token}</code>" in text_of(shown)
    assert f"Authorization: Token {admin.token}" in text_of(shown).replace("&#x27;", "'")
    assert shown["Cache-Control"] == "no-store"
    told = Event.objects.get(kind="token.revealed")
    assert (told.actor_id, told.subject_id) == (admin.person.pk, token.pk)


def test_token_is_in_no_other_page_log_toast_address_or_event(
    acme: Page,
    desk: Visitor,
    admin: Member,
    token: ApiToken,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    prove(desk)
    assert admin.token in text_of(desk.post(reach(acme, "show_token", token)))
    replaced = desk.post(reach(acme, "replace_token", token), {"confirm": "yes"})
    made = replaced.context["text"]
    assert made in text_of(replaced)
    again = tokens_of(acme.pk).get(membership=admin.membership)
    for path in (
        reach(acme, "api_access"),
        reach(acme, "overview"),
        reach(acme, "show_token", again),
        reach(acme, "replace_token", again),
    ):
        seen = desk.get(path)
        assert seen.status_code == 200
        assert made not in text_of(seen)
        assert admin.token not in text_of(seen)
    rows = json.dumps(list(Event.objects.values()), cls=DjangoJSONEncoder)
    kept = json.dumps(dict(desk.session))
    for text in (made, admin.token):
        assert text not in rows
        assert text not in kept
        assert text not in caplog.text


def test_token_is_replaced_and_the_old_one_dies(
    acme: Page, desk: Visitor, admin: Member, token: ApiToken
) -> None:
    address = reach(acme, "replace_token", token)
    assert "The old token ends at once" in text_of(desk.get(address))
    desk.post(address, {"confirm": "yes"})
    assert authenticate(admin.token) is not None
    prove(desk)
    made = desk.post(address, {"confirm": "yes"}).context["text"]
    assert authenticate(admin.token) is None
    found = authenticate(made)
    assert found is not None
    assert (found.name, found.membership_id) == (token.name, admin.membership.pk)
    assert desk.post(address, {"confirm": "yes"}).status_code == 404


def test_named_token_is_made_once_however_often_its_form_is_sent(
    acme: Page, desk: Visitor, admin: Member
) -> None:
    address = reach(acme, "new_token")
    asked = desk.post(address, {"name": "Deploy"})
    assert "next=" in asked["Location"]
    assert "Deploy" in asked["Location"]
    prove(desk)
    form = desk.get(f"{address}?name=Deploy").context["form"]
    assert form.initial["name"] == "Deploy"
    assert desk.post(address, {"name": "", "once": form.initial["once"]}).status_code == 422
    sent = {"name": "Deploy", "once": form.initial["once"]}
    made = desk.post(address, sent).context["text"]
    found = authenticate(made)
    assert found is not None
    assert (found.name, found.membership_id) == ("Deploy", admin.membership.pk)
    assert desk.post(address, sent)["Location"] == reach(acme, "api_access")
    assert tokens_of(acme.pk).filter(name="Deploy").count() == 1


def test_nobody_looks_at_the_token_of_somebody_else(
    acme: Page, visit: Visit, desk: Visitor, owner: Member, stranger: Member
) -> None:
    theirs = tokens_of(acme.pk).get(membership=owner.membership)
    prove(desk)
    for name in ("show_token", "replace_token"):
        answer = desk.post(reach(acme, name, theirs), {"confirm": "yes"}, follow=True)
        assert "Only the person a token acts for can look at it." in text_of(answer)
        assert owner.token not in text_of(answer)
        assert desk.get(reach(acme, name, theirs)).status_code == 302
        by_way = reverse(
            f"dashboard:{name}", kwargs={"slug": stranger.page.slug, "token": theirs.pk}
        )
        assert visit(stranger).post(by_way).status_code == 404
    assert authenticate(owner.token) is not None


def test_tokens_are_ended_by_whom_they_are_not_above(
    acme: Page, visit: Visit, desk: Visitor, owner: Member, admin: Member, token: ApiToken
) -> None:
    owners = tokens_of(acme.pk).get(membership=owner.membership)
    desk.post(reach(acme, "revoke_token", owners), {"confirm": "yes"})
    assert authenticate(owner.token) is not None
    address = reach(acme, "revoke_token", token)
    assert "This cannot be undone." in text_of(visit(owner).post(address))
    assert authenticate(admin.token) is not None
    visit(owner).post(address, {"confirm": "yes"})
    assert authenticate(admin.token) is None


def test_token_stored_with_another_key_is_said_to_be_unreadable(
    acme: Page, desk: Visitor, token: ApiToken
) -> None:
    ApiToken.objects.filter(pk=token.pk).update(ciphertext=b"x" * 40)
    prove(desk)
    seen = desk.post(reach(acme, "show_token", token), follow=True)
    assert "This token was stored with another secret key." in text_of(seen)


def test_list_tells_names_roles_and_last_use_and_not_what_is_ended(
    acme: Page, desk: Visitor, admin: Member, owner: Member
) -> None:
    issue_token(admin.membership, name="Old <one>", by=admin.actor, now=utc_now())
    response = desk.get(reach(acme, "api_access"))
    assert [one.name for one in response.context["mine"]] == ["Token of a test", "Old <one>"]
    assert [one.membership.person.name for one in response.context["others"]] == ["Donald Duck"]
    assert "Old &lt;one&gt;" in text_of(response)
    assert "never used" in text_of(response)
    tokens_of(acme.pk).filter(name="Old <one>").update(revoked_at=utc_now())
    assert [one.name for one in desk.get(reach(acme, "api_access")).context["mine"]] == [
        "Token of a test"
    ]
