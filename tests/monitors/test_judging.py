import random
import threading
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from factories.actors import DONALD
from factories.metrics import make_monitor
from factories.moments import BEGINNING, at
from factories.pages import make_page
from fixtures.queries import QueryCount
from pingpong.monitors import judging
from pingpong.monitors.judging import Turn, judge
from pingpong.monitors.lifecycle import change_monitor
from pingpong.monitors.models import Location, Monitor, Verdict, VerdictSpan, Watch
from pingpong.monitors.verdicts import Seen, advance, patience_s
from pingpong.monitors.watch_rows import read_watches
from pingpong.monitors.writing import alone
from pingpong.pages.models import Page
from pingpong.probe.contract import UP

NINE = int(BEGINNING.timestamp())
DOWN = "connect_timeout"
PLACES = [Location.US_WEST, Location.JAPAN, Location.ITALY]


@pytest.fixture
def page(db: None) -> Page:
    return make_page(now=at(0))


@pytest.fixture
def website(page: Page) -> Monitor:
    return watched(page, "Website")


def watched(page: Page, name: str, places: Iterable[Location] = PLACES[:1]) -> Monitor:
    monitor = make_monitor(page, name, now=at(0))
    Watch.objects.filter(monitor=monitor).delete()
    for place in places:
        Watch.objects.create(monitor=monitor, location=place, interval_s=60, phase_s=0)
    return monitor


def store(monitor: Monitor, word: str, slot: int, place: Location = PLACES[0]) -> None:
    """Write into the watch what an intake writes."""
    row = Watch.objects.get(monitor=monitor, location=place)
    before = Seen(row.last_slot, row.last_word, row.is_up, row.streak, row.streak_slot)
    seen = advance(before, word, slot, patience_s=patience_s(60))
    Watch.objects.filter(pk=row.pk).update(
        last_slot=seen.last_slot,
        last_word=seen.last_word,
        is_up=seen.is_up,
        streak=seen.streak,
        streak_slot=seen.streak_slot,
        vantage=place,
    )


def see(
    monitor: Monitor, words: str, *, start: int = NINE, place: Location = PLACES[0]
) -> list[Turn]:
    """Take in outcomes one by one, `+` and `-` a minute apart; return all turns."""
    turns: list[Turn] = []
    for n, sign in enumerate(words):
        slot = start + n * 60
        with transaction.atomic(), alone():
            store(monitor, UP if sign == "+" else DOWN, slot, place)
            turns += judge([monitor.pk], now=moment(slot + 1))
    return turns


def expire(now: datetime, *, batch: int = judging.BATCH) -> list[Turn]:
    turns: list[Turn] = []
    judging.expire(now, tell=turns.extend, batch=batch)
    return turns


def moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, tz=UTC)


def spans_of(monitor: Monitor) -> list[tuple[str, int, int]]:
    rows = VerdictSpan.objects.filter(monitor=monitor).order_by("start")
    return [(row.state, row.start - NINE, row.end - NINE) for row in rows]


def verdict_of(monitor: Monitor) -> tuple[str, int, int]:
    row = Verdict.objects.get(monitor=monitor)
    return (row.state, row.since - NINE, row.covered_until - NINE)


def test_the_first_good_outcome_is_a_turn_to_up(website: Monitor) -> None:
    assert see(website, "+++") == [Turn(website.pk, "unknown", "up", NINE)]
    assert verdict_of(website) == ("up", 0, 210)


def test_a_confirmed_failure_is_a_turn_since_its_first_slot(website: Monitor) -> None:
    turns = see(website, "++---")
    assert turns[1:] == [Turn(website.pk, "up", "down", NINE + 120)]
    assert spans_of(website) == [("up", 0, 120)]
    assert verdict_of(website) == ("down", 120, 330)


def test_a_recovery_is_a_turn_and_the_down_is_kept(website: Monitor) -> None:
    turns = see(website, "++--++")
    assert turns[-1] == Turn(website.pk, "down", "up", NINE + 240)
    assert spans_of(website) == [("up", 0, 120), ("down", 120, 240)]


def test_a_monitor_takes_as_many_failures_as_its_options_say(website: Monitor) -> None:
    change_monitor(website, {"options": {"confirmations": 4}}, by=DONALD, now=at(0))
    assert [turn.after for turn in see(website, "+---")] == ["up"]
    assert [turn.after for turn in see(website, "-", start=NINE + 240)] == ["down"]


def test_what_was_done_because_of_a_verdict_is_not_forgotten(website: Monitor) -> None:
    see(website, "--")
    Verdict.objects.update(incident_id="SomeIncident")
    see(website, "-", start=NINE + 120)
    assert Verdict.objects.get().incident_id == "SomeIncident"


def test_one_of_three_locations_turns_nothing(page: Page) -> None:
    monitor = watched(page, "Website", PLACES)
    for n in range(6):
        for place in PLACES:
            see(monitor, "-" if place == Location.ITALY else "+", start=NINE + n * 60, place=place)
    assert verdict_of(monitor)[:2] == ("up", 0)


def test_two_of_three_locations_turn_it_since_the_second_began_to_fail(page: Page) -> None:
    monitor = watched(page, "Website", PLACES)
    stories = dict(zip(PLACES, ("+-----", "+++---", "++++++"), strict=True))
    turns = [
        turn
        for n in range(6)
        for place, story in stories.items()
        for turn in see(monitor, story[n], start=NINE + n * 60, place=place)
    ]
    assert [(turn.after, turn.since_slot - NINE) for turn in turns] == [("up", 0), ("down", 180)]


def test_a_location_that_was_taken_away_has_no_vote(page: Page) -> None:
    monitor = watched(page, "Website", PLACES[:2])
    see(monitor, "---", place=PLACES[1])
    Watch.objects.filter(location=PLACES[1]).update(is_active=False)
    assert [turn.after for turn in see(monitor, "+++", start=NINE + 180)] == ["up"]


def test_the_one_that_is_left_of_two_locations_is_believed_after_a_while(page: Page) -> None:
    monitor = watched(page, "Website", PLACES[:2])
    for place in PLACES[:2]:
        see(monitor, "+", place=place)
    assert [turn.after for turn in see(monitor, "-" * 20, start=NINE + 60)] == ["unknown"]
    turns = see(monitor, "-" * 50, start=NINE + 21 * 60)
    assert turns == [Turn(monitor.pk, "unknown", "down", NINE + 3600)]
    assert [turn.after for turn in see(monitor, "++", start=NINE + 71 * 60)] == ["up"]


def test_an_hourly_monitor_waits_ten_hours_for_a_lost_location(page: Page) -> None:
    monitor = watched(page, "Website", PLACES[:2])
    Watch.objects.update(interval_s=3600)
    for place in PLACES[:2]:
        see(monitor, "+", place=place)
    for hour, state in ((4, "unknown"), (10, "unknown"), (11, "up")):
        see(monitor, "+", start=NINE + hour * 3600)
        assert verdict_of(monitor)[0] == state


def test_a_late_heartbeat_is_waited_for_as_long_as_its_options_say(page: Page) -> None:
    monitor = watched(page, "Website")
    Monitor.objects.update(kind="heartbeat", options={"grace_s": 86_400})
    see(monitor, "+")
    assert expire(moment(NINE + 80_000)) == []


@pytest.mark.parametrize("seed", range(5))
def test_outcomes_of_a_slot_in_any_order_and_twice_come_to_the_same(page: Page, seed: int) -> None:
    stories = dict(zip(PLACES, ("++----++++", "++----++++", "++++++++++"), strict=True))

    def told(name: str, shuffle: random.Random | None) -> list[tuple[str, int, int]]:
        monitor = watched(page, name, PLACES)
        for n in range(10):
            places = [*PLACES, *PLACES]
            if shuffle is not None:
                shuffle.shuffle(places)
            for place in places:
                see(monitor, stories[place][n], start=NINE + n * 60, place=place)
        return [*spans_of(monitor), verdict_of(monitor)]

    plain = told("plain", None)
    assert told("shuffled", random.Random(seed)) == plain  # noqa: S311 -- an order to repeat
    assert [state for state, _, _ in plain] == ["up", "down", "up"]


def test_a_clock_that_went_back_and_repeats_its_slots_is_ignored(website: Monitor) -> None:
    see(website, "+++++")
    before = verdict_of(website)
    assert see(website, "-----") == []
    assert verdict_of(website) == before


def test_a_silent_monitor_becomes_unknown_where_its_cover_ended(website: Monitor) -> None:
    see(website, "++")
    assert expire(moment(NINE + 600)) == [Turn(website.pk, "up", "unknown", NINE + 150)]
    assert spans_of(website) == [("up", 0, 150)]
    assert expire(moment(NINE + 700)) == []


def test_one_lost_check_does_not_make_it_unknown(website: Monitor) -> None:
    see(website, "++")
    assert expire(moment(NINE + 60 + 155)) == []
    assert verdict_of(website)[0] == "up"


def test_a_monitor_without_watches_becomes_unknown(website: Monitor) -> None:
    see(website, "++")
    Watch.objects.update(is_active=False)
    assert [turn.after for turn in expire(moment(NINE + 151))] == ["unknown"]


def test_expiring_goes_through_all_of_them_in_batches(page: Page) -> None:
    monitors = [watched(page, f"Website {n}") for n in range(5)]
    for monitor in monitors:
        see(monitor, "+")
    turns = expire(moment(NINE + 600), batch=2)
    assert {turn.monitor_id for turn in turns} == {monitor.pk for monitor in monitors}


def test_what_expired_is_told_batch_by_batch_in_the_transaction_of_each(page: Page) -> None:
    for n in range(3):
        see(watched(page, f"Website {n}"), "+")
    depth = len(connection.savepoint_ids)
    told: list[tuple[int, int, int]] = []

    def tell(turns: list[Turn]) -> None:
        unknown = Verdict.objects.filter(state="unknown").count()
        told.append((len(turns), unknown, len(connection.savepoint_ids) - depth))

    judging.expire(moment(NINE + 600), tell=tell, batch=2)
    assert told == [(2, 2, 1), (1, 3, 1)]


@pytest.mark.django_db(transaction=True)
def test_a_batch_that_cannot_be_told_is_not_written_and_those_before_it_are(
    transactional_db: None,
) -> None:
    page = make_page(now=at(0))
    for n in range(3):
        see(watched(page, f"Website {n}"), "+")
    told: list[Turn] = []

    def tell(turns: list[Turn]) -> None:
        if told:
            raise LookupError
        told.extend(turns)

    with pytest.raises(LookupError):
        judging.expire(moment(NINE + 600), tell=tell, batch=2)
    unknown = Verdict.objects.filter(state="unknown")
    assert {verdict.pk for verdict in unknown} == {turn.monitor_id for turn in told}
    assert Verdict.objects.filter(state="up").count() == 1


def test_judging_costs_four_statements_for_any_number(page: Page, query_count: QueryCount) -> None:
    monitors = [watched(page, f"Website {n}", PLACES) for n in range(8)]
    for monitor in monitors:
        see(monitor, "++-")
    counts = []
    for some in (monitors[:1], monitors[1:]):
        for monitor in some:
            store(monitor, DOWN, NINE + 180)
        with query_count() as counted:
            assert len(judge([one.pk for one in some], now=moment(NINE + 181))) == len(some)
        counts.append(len(counted))
    assert counts == [4, 4]


def test_judging_an_unchanged_past_writes_nothing(
    website: Monitor, query_count: QueryCount
) -> None:
    see(website, "++")
    with query_count() as counted:
        assert judge([website.pk], now=moment(NINE + 62)) == []
    assert len(counted) == 2


@pytest.mark.parametrize("seed", range(8))
def test_a_row_at_hand_is_judged_as_one_that_is_read(page: Page, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- no secret
    read, at_hand = watched(page, "Read"), watched(page, "At hand")
    (watch_id,) = Watch.objects.filter(monitor=at_hand).values_list("pk", flat=True)
    slot = NINE
    for _ in range(60):
        slot += 60 * chance.choice([1, 1, 1, 1, 1, 2, 3, 5]) - chance.choice([0, 0, 0, 90])
        word = chance.choice([UP] * 6 + [DOWN] * 3 + ["probe_fault"])
        for monitor in (read, at_hand):
            store(monitor, word, slot)
        row = read_watches([watch_id])[watch_id]
        assert row.is_sole
        sole = {at_hand.pk: row}
        judge([read.pk, at_hand.pk], now=moment(slot + 1), sole=sole)
        columns = ("state", "since", "covered_until", "clear_rounds")
        first, second = (
            Verdict.objects.filter(pk=one.pk).values_list(*columns).first()
            for one in (read, at_hand)
        )
        assert first == second
    spans = [
        list(
            VerdictSpan.objects.filter(monitor=one)
            .order_by("start")
            .values_list("state", "start", "end")
        )
        for one in (read, at_hand)
    ]
    assert spans[0] == spans[1]


def test_only_an_active_watch_without_another_is_the_sole_one(page: Page) -> None:
    watched(page, "Two", PLACES[:2])
    alone_now = watched(page, "One left", PLACES[:2])
    Watch.objects.filter(monitor=alone_now, location=PLACES[1]).update(is_active=False)
    rows = read_watches(list(Watch.objects.values_list("pk", flat=True)))
    assert {
        (row.monitor_id == alone_now.pk, row.location): row.is_sole for row in rows.values()
    } == {
        (False, PLACES[0]): False,
        (False, PLACES[1]): False,
        (True, PLACES[0]): True,
        (True, PLACES[1]): False,
    }


@pytest.mark.django_db(transaction=True)
def test_two_judgements_at_once_find_what_one_would(transactional_db: None) -> None:
    page = make_page(now=at(0))
    monitors = [watched(page, f"Website {n}", PLACES[:2]) for n in range(4)]
    for monitor in monitors:
        for place in PLACES[:2]:
            see(monitor, "++", place=place)
    turns: list[Turn] = []
    errors: list[BaseException] = []
    barrier = threading.Barrier(2)

    def intake(place: Location, order: list[Monitor]) -> None:
        try:
            for n in range(2, 6):
                barrier.wait(10)
                with transaction.atomic(), alone():
                    for monitor in order:
                        store(monitor, DOWN, NINE + n * 60, place)
                    found = judge([one.pk for one in order], now=moment(NINE + n * 60 + 1))
                turns.extend(found)
        except BaseException as error:  # noqa: BLE001 -- told by the test's own thread
            errors.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=intake, args=(PLACES[0], monitors)),
        threading.Thread(target=intake, args=(PLACES[1], monitors[::-1])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    assert sorted(turn.monitor_id for turn in turns) == sorted(one.pk for one in monitors)
    for monitor in monitors:
        assert spans_of(monitor) == [("up", 0, 120)]
        assert verdict_of(monitor) == ("down", 120, 390)
