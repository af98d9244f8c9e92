"""The application as the server loads it, in a process of its own: it starts threads."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROGRAM = """
import io, json
from django.conf import settings
from pingpong.config.wsgi import application

def ask(path, host="localhost", **more):
    told = {}
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_HOST": host, "SERVER_NAME": "x",
        "SERVER_PORT": "80", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), **more,
    }
    def start(status, headers, *more):
        told["status"] = int(status[:3])
        told["headers"] = headers
    answer = application(environ, start)
    told["text"] = b"".join(answer).decode()
    return told

print(json.dumps({
    "allowed": settings.ALLOWED_HOSTS,
    "proxy": settings.SECURE_PROXY_SSL_HEADER,
    "unknown": ask("/s/acme/", "evil.example", HTTP_X_FORWARDED_HOST="localhost"),
    "stored": ask("/s/acme/"),
    "more": ask("/s/acme/", "Backup.example.com:8443"),
    "django": ask("/healthz", "10.0.0.1"),
}))
"""
HSTS = "Strict-Transport-Security"


def served(folder: Path, **more: str) -> dict[str, Any]:
    """Return what the application of these settings answers, without any database."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PINGPONG_")}
    env |= {"PINGPONG_DATA_DIR": str(folder), "PINGPONG_SECRET_KEY": "s" * 40, **more}
    env |= {"PINGPONG_ALLOWED_HOSTS": "backup.example.com", "PINGPONG_LOG_LEVEL": "CRITICAL"}
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=env, capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    return found


def test_server_on_http_knows_its_names_and_nothing_of_tls(tmp_path: Path) -> None:
    found = served(tmp_path, PINGPONG_BASE_URL="http://status.example.com:8000")
    assert found["allowed"] == [
        "127.0.0.1",
        "[::1]",
        "backup.example.com",
        "localhost",
        "status.example.com",
    ]
    assert found["proxy"] is None
    told = {name: found[name]["status"] for name in ("unknown", "stored", "more", "django")}
    assert told == {"unknown": 421, "stored": 404, "more": 404, "django": 200}
    assert "PINGPONG_ALLOWED_HOSTS" in found["unknown"]["text"]
    names = {name for one in told for name, _ in found[one]["headers"]}
    assert HSTS not in names


@pytest.mark.parametrize(("seconds", "told"), [("", "31536000"), ("0", "0")])
def test_server_on_https_says_so_in_each_answer_once(
    tmp_path: Path, seconds: str, told: str
) -> None:
    more = {"PINGPONG_HSTS_SECONDS": seconds} if seconds else {}
    found = served(
        tmp_path,
        PINGPONG_BASE_URL="https://status.example.com",
        PINGPONG_TRUSTED_PROXIES="127.0.0.1",
        **more,
    )
    assert found["proxy"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    for one in ("unknown", "stored", "more", "django"):
        said = [value for name, value in found[one]["headers"] if name == HSTS]
        assert said == [f"max-age={told}"], one
