"""Steps of somebody who signs in, by a browser without a browser."""

import base64
import hashlib
import hmac
import struct
import time
from typing import Any

from django.http import HttpResponse
from django.test import Client

from factories.teams import make_membership
from pingpong.accounts.models import Person
from pingpong.pages.models import Page

PASSWORD = "duck-duck-duck"
LOGIN = "/dashboard/account/login/"
CODE = "/dashboard/account/login/code/"
AGAIN = "/dashboard/account/again/"
HOME = "/dashboard/"


def make_person(page: Page, name: str = "Scrooge McDuck") -> Person:
    """Return somebody with a role on a page, whose password is PASSWORD."""
    return make_membership(page, name=name).person


def sign_in(
    client: Client, email: str, password: str = PASSWORD, *, follow: str = "", **headers: Any
) -> HttpResponse:
    form = {"login": email, "password": password}
    address = f"{LOGIN}?next={follow}" if follow else LOGIN
    return client.post(address, form, **headers)


def is_in(client: Client) -> bool:
    """Tell whether a browser is signed in, by what a screen answers to it."""
    return client.get("/dashboard/account/").status_code == 200


def confirm(client: Client) -> HttpResponse:
    """Enter the password again, as is asked for before changes."""
    return client.post(AGAIN, {"password": PASSWORD})


def code_of(secret: str, *, step: int = 0) -> str:
    """Return the code that an authenticator app shows (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30 + step)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 0xF
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def use_app(client: Client) -> str:
    """Set up an authenticator app for who is signed in; return its secret."""
    confirm(client)
    client.get("/dashboard/account/second-factor/app/")
    secret: str = client.session["mfa.totp.secret"]
    client.post("/dashboard/account/second-factor/app/", {"code": code_of(secret)})
    return secret
