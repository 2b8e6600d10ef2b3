"""What needs a person today: overdue last-resort lines lead, and what is in order is not spoken of."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.referral.attention import ORDER, Desk, Kind, Task, attention, worst
from bot.referral.bulletin import NO_BULLETINS, Pause
from bot.referral.content import Content
from bot.referral.document import parse
from bot.referral.overlay import with_bulletins
from bot.referral.problem import Problem
from bot.referral.turn import Outcome
from tests.referral.small import NOON, content, document

TODAY = NOON.date()
EMPTY = Desk()


def checked(*checks: Mapping[str, str], entry: str = "pads") -> Content:
    made = document()
    for file in ("national", "westlake", "westmont"):
        for one in made[f"entries/{file}.toml"]["entry"]:
            if one["id"] == entry:
                one["checks"] = list(checks)
    return parse(made)


def days_ago(days: int, how: str = "called", **more: str) -> dict[str, str]:
    return {"on": (TODAY - timedelta(days=days)).isoformat(), "how": how, **more}


def of(tasks: list[Task], *kinds: Kind) -> list[tuple[Kind, str]]:
    return [(task.kind, task.about) for task in tasks if task.kind in (kinds or tuple(Kind))]


NUMBERS: dict[str, tuple[Content, list[tuple[Kind, str]], str]] = {
    "fresh": (checked(days_ago(1)), [], ""),
    "due": (checked(days_ago(100)), [(Kind.DUE, "pads")], "is due since"),
    "stepped back": (checked(days_ago(300)), [(Kind.STEPPED_BACK, "pads")], "not checked for too long"),
    "found wrong": (
        checked(days_ago(9), days_ago(1, result="wrong number")),
        [(Kind.STEPPED_BACK, "pads")],
        "found wrong or closed",
    ),
    "nobody answered on two days": (
        checked(days_ago(9), days_ago(2, result="no answer"), days_ago(1, result="no answer")),
        [(Kind.STEPPED_BACK, "pads")],
        "did not answer",
    ),
    "never checked": (checked(), [(Kind.STEPPED_BACK, "pads")], "has never been checked"),
    "911 is late": (checked(days_ago(300), entry="911"), [(Kind.LAST_RESORT, "911")], "It is given whatever happens"),
    "211 was tried in vain": (
        checked(days_ago(9), days_ago(1, result="wrong number"), entry="211-dupage"),
        [(Kind.LAST_RESORT, "211-dupage")],
        "was tried: wrong number. It is given whatever happens",
    ),
    "texters complained": (
        with_bulletins(content(), replace(NO_BULLETINS, asked={"pads": TODAY})),
        [(Kind.COMPLAINT, "pads")],
        "texters say that it does not work",
    ),
}


@pytest.mark.parametrize(("release", "expected", "words"), NUMBERS.values(), ids=NUMBERS)
def test_numbers_that_need_somebody(release: Content, expected: list[tuple[Kind, str]], words: str) -> None:
    tasks = attention(release, NOON, EMPTY)
    kinds = (Kind.LAST_RESORT, Kind.COMPLAINT, Kind.STEPPED_BACK, Kind.DUE)
    assert of(tasks, *kinds) == expected
    assert all(words in task.sentence for task in tasks if task.kind in kinds)


def test_the_law_is_told_of_before_its_day_and_after() -> None:
    for day, told in ((date(2026, 12, 1), []), (date(2026, 12, 20), ["will have"]), (date(2027, 1, 2), ["had"])):
        tasks = attention(content(), datetime(day.year, day.month, day.day, 20, tzinfo=UTC), EMPTY)
        laws = [task.sentence for task in tasks if task.kind is Kind.LAW]
        assert [word for word in ("had", "will have") for law in laws if f" {word} " in law] == told


def test_topics_without_anybody_near() -> None:
    found = {(t.about, t.sentence) for t in attention(content(), NOON, EMPTY) if t.kind is Kind.NO_LOCAL}
    assert {about for about, _ in found} == {"food"}
    assert len(found) == 2
    gone = checked()
    assert ("shelter", "Nobody in DuPage is given for shelter, but 211.") in {
        (t.about, t.sentence) for t in attention(gone, NOON, EMPTY)
    }


def test_a_pause_that_nobody_heeds_is_told() -> None:
    paused = with_bulletins(content(), replace(NO_BULLETINS, pauses=(Pause("911", None), Pause("pads", None))))
    tasks = attention(paused, NOON, EMPTY)
    assert of(tasks, Kind.UNHEEDED) == [(Kind.UNHEEDED, "911")]
    over = with_bulletins(content(), replace(NO_BULLETINS, pauses=(Pause("911", NOON),)))
    assert of(attention(over, NOON, EMPTY), Kind.UNHEEDED) == []


DESKS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "nothing": ({}, []),
    "one of each": (
        {"drafts": 1, "imported": 1, "to_review": 1, "unseen": 1},
        [
            "1 release was published by one person alone.",
            "1 review waits for a second person.",
            "1 draft waits to be handed in.",
            "1 imported entry waits to be chosen.",
        ],
    ),
    "many": (
        {"imported": 2345, "to_review": 2},
        ["2 reviews wait for a second person.", "2,345 imported entries wait to be chosen."],
    ),
    "lint": ({"problems": [Problem("line.toml", "areas", "is odd")]}, ["line.toml: areas: is odd"]),
}


@pytest.mark.parametrize(("desk", "sentences"), DESKS.values(), ids=DESKS)
def test_what_lies_on_the_desk(desk: dict[str, Any], sentences: list[str]) -> None:
    usual = {task.sentence for task in attention(content(), NOON, EMPTY)}
    assert [t.sentence for t in attention(content(), NOON, Desk(**desk)) if t.sentence not in usual] == sentences


@pytest.mark.parametrize(
    ("weeks", "rises"),
    [
        pytest.param([0.10, 0.10, 0.10, 0.10, 0.20], True, id="twice as many"),
        pytest.param([0.10, 0.10, 0.10, 0.10, 0.12], False, id="a little more"),
        pytest.param([0.20, 0.20, 0.10], False, id="fewer"),
        pytest.param([0.01, 0.01, 0.03], False, id="few all the same"),
        pytest.param([0.10, None, 0.10, 0.20], True, id="a hidden week"),
        pytest.param([0.10, 0.10, None], False, id="the last week is hidden"),
        pytest.param([0.10, 0.20], False, id="too little to compare with"),
        pytest.param([], False, id="no week yet"),
        pytest.param([0.9, 0.9, 0.10, 0.10, 0.10, 0.10, 0.20], True, id="long ago does not count"),
    ],
)
def test_shares_that_rise(weeks: list[float | None], *, rises: bool) -> None:
    tasks = attention(content(), NOON, Desk(shares={Outcome.UNCLEAR: weeks}))
    assert bool(of(tasks, Kind.RISING)) is rises


def test_the_most_urgent_stands_first() -> None:
    made = document()
    for file, name, days in (("national", "911", 200), ("westmont", "pads", 300), ("westlake", "day-la", 100)):
        for one in made[f"entries/{file}.toml"]["entry"]:
            if one["id"] == name:
                one["checks"] = [days_ago(days)]
    tasks = attention(parse(made), NOON, Desk(drafts=3, unseen=1, shares={Outcome.NO_ENTRY: [0.1, 0.1, 0.3]}))
    assert [task.about for task in tasks][:2] == ["911", "pads"]
    assert [ORDER[task.kind] for task in tasks] == sorted(ORDER[task.kind] for task in tasks)
    assert (worst(tasks), worst([])) == (Kind.LAST_RESORT, None)
