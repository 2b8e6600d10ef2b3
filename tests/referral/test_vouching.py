"""A check of one number does not vouch for another that takes its place."""

from typing import Any

import pytest

from bot.referral.document import parse
from bot.referral.standing import State, state_of
from bot.referral.vouching import settled, unchecked
from tests.referral.small import NOON, document

CALLED = {"on": "2026-11-20", "how": "called"}
READ = {"on": "2026-11-22", "how": "stored page"}
PAGE = {"on": "2026-11-19", "how": "official page"}


def entry(*phones: dict[str, Any], checks: tuple[dict[str, Any], ...] = (CALLED,), **more: Any) -> dict[str, Any]:
    return {"id": "pads", "status": "publish", "checks": list(checks), "phone": list(phones), **more}


def phone(number: str, *checks: dict[str, Any], publish: bool = True) -> dict[str, Any]:
    return {"number": number, "publish": publish, **({"checks": list(checks)} if checks else {})}


OLD, NEW = "+16305550104", "+16305550199"


@pytest.mark.parametrize(
    ("before", "after", "numbers"),
    [
        pytest.param(entry(phone(OLD)), entry(phone(NEW)), [NEW], id="another number"),
        pytest.param(entry(phone(OLD)), entry(phone(OLD), phone(NEW)), [NEW], id="a second number"),
        pytest.param(entry(phone(OLD)), entry(phone(NEW, READ)), [], id="checked by itself"),
        pytest.param(entry(phone(OLD)), entry(phone(NEW), checks=(CALLED, READ)), [], id="the entry was checked anew"),
        pytest.param(entry(phone(OLD)), entry(phone(NEW, publish=False)), [], id="not given"),
        pytest.param(entry(phone(OLD)), entry(phone(NEW), status="check-first"), [], id="to be checked first"),
        pytest.param(entry(phone(OLD)), entry(phone(OLD), note={"en": "x"}), [], id="the same number"),
        pytest.param(
            entry(phone(OLD, CALLED), checks=()),
            entry(phone(NEW)),
            [NEW],
            id="a draft with a check that was moved since",
        ),
        pytest.param(None, entry(phone(NEW)), [], id="a new entry is lint's to judge"),
    ],
)
def test_numbers_that_nobody_checked(before: dict[str, Any] | None, after: dict[str, Any], numbers: list[str]) -> None:
    assert unchecked(before, after) == numbers
    file = "entries/westmont.toml"
    live = {file: {"entry": [before] if before else []}}
    _, problems = settled(live, {file: {"entry": [after]}})
    assert [problem.message.split()[0] for problem in problems] == numbers


def test_old_checks_stay_with_the_numbers_they_were_made_of() -> None:
    live = {"entries/westmont.toml": {"entry": [entry(phone(OLD))]}}
    proposed = {"entries/westmont.toml": {"entry": [entry(phone(OLD, PAGE), phone(NEW, READ))]}, "x.toml": {}}
    made, problems = settled(live, proposed)
    assert problems == ()
    (table,) = made["entries/westmont.toml"]["entry"]
    assert table == {
        "id": "pads",
        "status": "publish",
        "phone": [phone(OLD, PAGE, CALLED), phone(NEW, READ)],
    }
    assert made["x.toml"] is proposed["x.toml"]


def test_a_number_that_a_draft_lacks_is_named_and_not_stumbled_over() -> None:
    live = {"entries/westmont.toml": {"entry": [entry(phone(OLD))]}}
    _, problems = settled(live, {"entries/westmont.toml": {"entry": [entry({"publish": True})]}})
    assert [problem.path for problem in problems] == ["entry[pads].phone"]


def test_nothing_is_touched_where_no_number_is_new() -> None:
    live = document()
    made, problems = settled(live, live)
    assert (made, problems) == (live, ())
    assert all(made[file] is live[file] for file in live)


def test_a_new_number_that_was_only_read_somewhere_is_not_verified_by_an_older_call() -> None:
    live = document()
    proposed = document()
    for made, numbers in ((live, [OLD]), (proposed, [OLD, NEW])):
        for one in made["entries/westmont.toml"]["entry"]:
            if one["id"] == "pads":
                model = one["phone"][0]
                one["checks"] = [CALLED]
                one["phone"] = [
                    {**model, "number": number, **({"checks": [READ]} if number == NEW else {})} for number in numbers
                ]
    content = parse(settled(live, proposed)[0])
    pads = content.entries["pads"]
    states = [state_of(pads, one, NOON.date(), content.line.term(pads)) for one in pads.phone]
    assert states == [State.VERIFIED, State.EVIDENCED]
