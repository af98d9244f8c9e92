import json
import threading
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

import pytest

from pingpong.runtime.bodies import BODY_READ_AHEAD
from pingpong.runtime.gate import Gate


class Started:
    """What a server is told about an answer."""

    def __init__(self) -> None:
        self.status = ""
        self.headers: dict[str, str] = {}

    def __call__(self, status: str, headers: list[tuple[str, str]]) -> None:
        self.status = status
        self.headers = dict(headers)


class Answer:
    """An answer of Django: iterable, closable, perhaps streamed."""

    def __init__(self, *parts: bytes, streaming: bool = False) -> None:
        self._parts = parts
        self.streaming = streaming
        self.closed = 0

    def __iter__(self) -> Any:
        return iter(self._parts)

    def close(self) -> None:
        self.closed += 1


def environ(path: str = "/rest/v1/components", **more: Any) -> dict[str, Any]:
    return {"PATH_INFO": path, "REQUEST_METHOD": "POST", "wsgi.input": BytesIO(), **more}


def ask(gate: Gate, **more: Any) -> tuple[Started, Iterable[bytes]]:
    started = Started()
    return started, gate(environ(**more), started)


def answering(answer: Answer) -> Callable[..., Iterable[bytes]]:
    def application(_environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [])
        return answer

    return application


class Stuck:
    """An application that answers only when it is let."""

    def __init__(self) -> None:
        self.let = threading.Event()
        self.entered = threading.Semaphore(0)

    def __call__(self, _environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.entered.release()
        assert self.let.wait(10)
        start_response("200 OK", [])
        return Answer(b"late")


@pytest.fixture
def stuck() -> Any:
    application = Stuck()
    yield application
    application.let.set()


def send(gate: Gate, count: int) -> list[Started]:
    """Ask from so many threads at once; the answers fill in as they come."""
    answers = [Started() for _ in range(count)]
    for started in answers:
        threading.Thread(target=gate, args=(environ(), started), daemon=True).start()
    return answers


def test_an_answer_in_memory_is_handed_on_whole_and_closed() -> None:
    answer = Answer(b"a", b"b")
    _, body = ask(Gate(answering(answer), threads=4))
    assert body == [b"a", b"b"]
    assert answer.closed == 1


def test_a_streamed_answer_holds_its_place_until_it_is_closed() -> None:
    gate = Gate(answering(Answer(b"a", streaming=True)), threads=3)
    started, stream = ask(gate)
    assert started.status == "200 OK"
    refused, _ = ask(gate)
    assert refused.status == "503 Service Unavailable"
    assert list(stream) == [b"a"]
    stream.close()  # type: ignore[attr-defined]
    stream.close()  # type: ignore[attr-defined]
    again, _ = ask(gate)
    assert again.status == "200 OK"


def test_more_than_have_a_place_are_refused_at_once(stuck: Stuck) -> None:
    gate = Gate(stuck, threads=6, at_once=2, patience_s=5)
    send(gate, 4)
    for _ in range(2):
        assert stuck.entered.acquire(timeout=5)
    wait_for_places(gate, 0)
    started, body = ask(gate)
    assert started.status == "503 Service Unavailable"
    assert started.headers["Retry-After"] == "1"
    assert started.headers["Access-Control-Allow-Origin"] == "*"
    assert json.loads(b"".join(body)) == {"detail": "The server is busy. Try again in a second."}


def wait_for_places(gate: Gate, free: int) -> None:
    pause = threading.Event()
    for _ in range(500):
        if gate._places._value == free:
            return
        pause.wait(0.01)
    raise AssertionError("The others did not come in.")


def test_whoever_waits_too_long_for_a_turn_is_refused(stuck: Stuck) -> None:
    gate = Gate(stuck, threads=6, at_once=1, patience_s=0.05)
    send(gate, 1)
    assert stuck.entered.acquire(timeout=5)
    started, _ = ask(gate)
    assert started.status == "503 Service Unavailable"
    assert not stuck.entered.acquire(blocking=False)


def test_whoever_waits_gets_the_turn_that_becomes_free(stuck: Stuck) -> None:
    gate = Gate(stuck, threads=6, at_once=1, patience_s=5)
    answers = send(gate, 3)
    assert stuck.entered.acquire(timeout=5)
    stuck.let.set()
    wait_for_places(gate, 4)
    assert [started.status for started in answers] == ["200 OK"] * 3


def test_the_health_check_passes_a_full_gate(stuck: Stuck) -> None:
    gate = Gate(stuck, threads=3, at_once=1)
    send(gate, 1)
    assert stuck.entered.acquire(timeout=5)
    stuck.let.set()
    started = Started()
    assert list(gate(environ("/healthz"), started)) == [b"late"]


def test_a_failing_application_gives_its_place_back() -> None:
    def application(_environ: dict[str, Any], _start_response: Any) -> Iterable[bytes]:
        raise RuntimeError("broken")

    gate = Gate(application, threads=3)
    for _ in range(3):
        with pytest.raises(RuntimeError, match="broken"):
            ask(gate)


def reading(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", [])
    return [environ["wsgi.input"].read(), environ.get("CONTENT_LENGTH", "").encode()]


def test_a_body_is_read_before_the_turn_begins() -> None:
    source = BytesIO(b'{"a":1}and more')
    _, body = ask(Gate(reading, threads=3), CONTENT_LENGTH="7", **{"wsgi.input": source})
    assert body == [b'{"a":1}', b"7"]


def test_a_chunked_body_gets_a_length() -> None:
    more = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": BytesIO(b"abc")}
    _, body = ask(Gate(reading, threads=3), **more)
    assert body == [b"abc", b"3"]


def test_a_body_that_breaks_off_never_reaches_the_application() -> None:
    started, body = ask(Gate(reading, threads=3), CONTENT_LENGTH="9", **{"wsgi.input": BytesIO()})
    assert started.status == "400 Bad Request"
    assert json.loads(b"".join(body)) == {"detail": "The request ended before its body did."}


def test_a_huge_body_is_read_away_and_refused() -> None:
    source = BytesIO(b"a" * (BODY_READ_AHEAD + 2))
    length = str(BODY_READ_AHEAD + 1)
    started, _ = ask(Gate(reading, threads=3), CONTENT_LENGTH=length, **{"wsgi.input": source})
    assert started.status == "413 Request Entity Too Large"
    assert source.read() == b"a"


def test_a_huge_chunked_body_is_refused() -> None:
    source = BytesIO(b"a" * (BODY_READ_AHEAD + 1))
    more = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": source}
    started, _ = ask(Gate(reading, threads=3), **more)
    assert started.status == "413 Request Entity Too Large"


def test_the_body_of_a_get_is_nobodys_business() -> None:
    source = BytesIO(b"abc")
    ask(
        Gate(answering(Answer(b"x")), threads=3),
        REQUEST_METHOD="GET",
        CONTENT_LENGTH="3",
        **{"wsgi.input": source},
    )
    assert source.read() == b"abc"


@pytest.mark.parametrize("length", ["-1", "x", "²"])
def test_an_odd_length_is_left_to_the_application(length: str) -> None:
    source = BytesIO(b"abc")
    _, body = ask(Gate(reading, threads=3), CONTENT_LENGTH=length, **{"wsgi.input": source})
    assert body == [b"abc", length.encode()]
