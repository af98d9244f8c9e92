"""Stored pages against nginx: the same bytes and headers, one core each, in turn."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

import typer

from . import nginx, product
from .contest import Contest, Outcome, hold
from .load import Target
from .report import console, print_outcomes
from .servers import Answer, Server
from .workplace import workplace

CONNECTIONS = 64
ROUNDS_TO_INFORM = 3
LEAST_WHOLE = 0.55
LEAST_NOT_MODIFIED = 0.38
PAGE = "/s/acme/"
SUMMARY = "/s/acme/summary.json"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that readers ask; a compressed answer only informs."""

    name: str
    path: str
    encoding: str = "identity"
    again: bool = False
    least: float | None = None

    @property
    def place(self) -> str:
        """Where nginx has the same answer."""
        path = self.path.rstrip("/")  # nginx serves no file where a path ends so
        return f"/{self.encoding}{path}" + (nginx.OWN_ETAG if self.again else "")

    def asking(self, known: str = "") -> dict[str, str]:
        """Return the headers of a reader, who may have the answer of an entity tag already."""
        wanted = {"Accept-Encoding": self.encoding}
        return wanted | ({"If-None-Match": known} if self.again and known else {})


QUESTIONS = (
    Question("summary.json", SUMMARY, least=LEAST_WHOLE),
    Question("page", PAGE, least=LEAST_WHOLE),
    Question("summary.json, 304", SUMMARY, again=True, least=LEAST_NOT_MODIFIED),
    Question("page, 304", PAGE, again=True, least=LEAST_NOT_MODIFIED),
    Question("page in gzip", PAGE, "gzip"),
    Question("page in brotli", PAGE, "br"),
)


@dataclass
class Pair:
    """Both servers, and the process of the product that answers readers."""

    ours: Server
    theirs: Server
    web_pid: int

    def contest(self, question: Question) -> Contest:
        mine = question.asking(self.ours.ask(question.path, question.asking()).headers["etag"])
        yours = question.asking(self.theirs.ask(question.place).headers["etag"])
        return Contest(
            question.name,
            Target("product", self.web_pid, self.ours.url(question.path), mine),
            Target("nginx", self.theirs.pid, self.theirs.url(question.place), yours),
            question.least,
            CONNECTIONS,
        )

    def require_same(self, question: Question, contest: Contest) -> None:
        """End the run unless both answer alike, and with 304 where that is the question."""
        mine = self.ours.ask(question.path, contest.ours.headers)
        yours = self.theirs.ask(question.place, contest.theirs.headers)
        status = HTTPStatus.NOT_MODIFIED if question.again else HTTPStatus.OK
        if mine.status != status:
            raise SystemExit(f"{question.name}: {mine.status}; did the page change? Run it again.")
        if found := nginx.difference(mine, yours, but_etag=question.again):
            raise SystemExit(f"{question.name}: the servers differ in {found}.")


def main(
    *,
    rounds: Annotated[int, typer.Option(help="Windows for each server and question.")] = 6,
    seconds: Annotated[int, typer.Option(help="Length of a window.")] = 1,
) -> None:
    """Compare stored pages with nginx, in requests per CPU-second; exit code 1 below a limit."""
    with (
        workplace() as folder,
        console.status("starting the product") as at,
        product.demo(folder) as ours,
    ):
        answers = {one.place: _answer_of(ours, one) for one in QUESTIONS}
        outcomes = []
        with nginx.serving(answers, folder=folder / "nginx") as theirs:
            pair = Pair(ours, theirs, product.part(ours, "web"))
            for question in QUESTIONS:
                at.update(f"measuring: {question.name}")
                outcomes.append(_measure(pair, question, rounds=rounds, seconds=seconds))
    title = f"Stored pages and nginx, one core each, {CONNECTIONS} connections"
    raise typer.Exit(0 if print_outcomes(outcomes, title=title) else 1)


def _measure(pair: Pair, question: Question, *, rounds: int, seconds: int) -> Outcome:
    contest = pair.contest(question)
    pair.require_same(question, contest)
    if question.least is None:
        rounds = min(rounds, ROUNDS_TO_INFORM)
    outcome = hold(contest, rounds=rounds, seconds=seconds)
    pair.require_same(question, contest)
    return outcome


def _answer_of(server: Server, question: Question) -> Answer:
    """Return the whole answer; when it is to be asked for again, with the headers of the 304."""
    first = server.ask(question.path, question.asking())
    again = server.ask(question.path, question.asking(first.headers["etag"]))
    return Answer(
        first.status, {**again.headers, "content-type": first.headers["content-type"]}, first.body
    )


if __name__ == "__main__":
    typer.run(main)
