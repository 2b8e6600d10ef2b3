"""What is said of the account's last day: totals by code, and which of them may not be left."""

from dataclasses import replace

import pytest

from bot.line.provider.codes import MEANINGS, SERIOUS, SILENT
from bot.line.provider.finding import State
from bot.line.provider.last_day import last_day
from bot.line.provider.today import Today

WELL = Today("12.34 USD", ("VERIFIED",), {}, ())
OK, WRONG, LOOK, COULD_NOT = State.OK, State.WRONG, State.LOOK, State.COULD_NOT_ASK


def test_a_quiet_day() -> None:
    assert [(point.state, point.what) for point in last_day(WELL)] == [
        (OK, "there is 12.34 USD left to pay with"),
        (OK, "the campaign is registered"),
        (OK, "no error in the last day"),
    ]


@pytest.mark.parametrize(
    ("told", "state", "words"),
    [
        pytest.param(replace(WELL, balance="-1.20 USD"), WRONG, "-1.20 USD left", id="in debt"),
        pytest.param(replace(WELL, balance="0.00 USD"), WRONG, "the line is silent", id="nothing left"),
        pytest.param(replace(WELL, balance="0.50 USD"), OK, "0.50 USD left", id="little left"),
        pytest.param(replace(WELL, balance=None), LOOK, "left to pay with was not told", id="balance not told"),
        pytest.param(replace(WELL, campaigns=()), LOOK, "no campaign is registered", id="no campaign"),
        pytest.param(replace(WELL, campaigns=("VERIFIED", "FAILED")), WRONG, "VERIFIED, FAILED", id="one failed"),
        pytest.param(replace(WELL, campaigns=None), LOOK, "campaign is registered was not told", id="not told"),
        pytest.param(replace(WELL, errors={30007: 3}), LOOK, "30007 in the last day: 3. A carrier", id="filtered"),
        pytest.param(replace(WELL, errors={30034: 1}), WRONG, "30034 in the last day: 1. The line", id="no home"),
        pytest.param(replace(WELL, errors={21610: 2}), LOOK, "21610 in the last day: 2. They sent", id="stopped"),
        pytest.param(replace(WELL, errors={99999: 1}), LOOK, "error 99999 in the last day: 1.", id="unknown"),
        pytest.param(replace(WELL, errors=None), LOOK, "errors of the last day were not told", id="log not told"),
        pytest.param(replace(WELL, unasked=("HTTP 403",)), COULD_NOT, "stands today (HTTP 403)", id="could not ask"),
    ],
)
def test_each_point(told: Today, state: State, words: str) -> None:
    (found,) = [point for point in last_day(told) if words in point.what]
    assert found.state is state
    assert found.do or state is OK


def test_the_most_serious_first_then_what_is_swallowed_in_silence_then_the_rest_by_number() -> None:
    told = replace(WELL, errors={30003: 9, 30007: 1, 11200: 1, 30005: 20, 21610: 4, 57012: 2})
    codes = [int(point.what.split()[1]) for point in last_day(told) if point.what.startswith("error ")]
    assert codes == [57012, 11200, 21610, 30007, 30005, 30003]


def test_every_code_that_is_judged_has_a_meaning() -> None:
    assert set(MEANINGS) >= SERIOUS | SILENT
    assert not [code for code, words in MEANINGS.items() if not words.endswith(".")]
    assert MEANINGS[30034].startswith("The line's number belongs to no registered campaign")
