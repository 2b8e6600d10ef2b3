"""Figures that do not add up, and what exactly becomes of them."""

import pytest

from bot.counts.cell import Cell
from bot.counts.mend import mend
from bot.counts.rules import Rules
from tests.counts.written import true

RULES = Rules(crises=frozenset({"danger", "suicide"}))
#: A week of 40 in two areas, which adds up.
WEEK = "conversations 40, area a 25, area b 15, language en 40, segments 90, outcome unclear 5"
FOOD = "topic food 12, topic_area food a 8, topic_area food b 4, topic_language food en 12, outcome local entry 12"
DANGER = "topic danger 6, topic_area danger a 6, topic_language danger en 6, outcome crisis 6"
SUICIDE = "topic suicide 3, topic_area suicide a 3, topic_language suicide en 3"


@pytest.mark.parametrize(
    "told",
    [
        pytest.param("", id="nothing"),
        pytest.param("conversations 0", id="nobody"),
        pytest.param(WEEK, id="no needs"),
        pytest.param(f"{WEEK}, {FOOD}, {DANGER}, {SUICIDE}, entry pantry 40", id="needs and crises"),
        pytest.param(f"{WEEK}, {FOOD}, outcome local entry 3, outcome national 4, outcome no entry 5", id="endings"),
        pytest.param(f"{WEEK}, {DANGER}, {SUICIDE}, outcome crisis 9", id="two crises, in as many conversations"),
        pytest.param(f"{WEEK}, complaint pantry 500", id="complaints are left as they are"),
    ],
)
def test_what_adds_up_stays(told: str) -> None:
    assert mend(true(told), RULES) == ({**true("conversations 0"), **true(told)}, False)


@pytest.mark.parametrize(
    ("raw", "change"),
    [
        pytest.param(f"{WEEK}, area c -2", "area c 0", id="below nought"),
        pytest.param(f"{WEEK}, conversations -2", "conversations 40", id="nobody at all, and yet 40"),
        pytest.param(f"{WEEK}, conversations 41", "conversations 40", id="one more than are anywhere"),
        pytest.param(f"{WEEK}, area b 18", "conversations 43, area b 18, language unknown 3", id="no language"),
        pytest.param(f"{WEEK}, language en 43", "conversations 43, language en 43, area unknown 3", id="no place"),
        pytest.param(
            f"{WEEK}, area unknown 2, language en 47",
            "conversations 47, language en 47, area unknown 7",
            id="more without a place",
        ),
        pytest.param(
            f"{WEEK}, {FOOD}, topic_language food en 9",
            "topic food 9, topic_area food a 5, topic_language food en 9, outcome local entry 9",
            id="fewer in the languages: the larger area gives",
        ),
        pytest.param(
            f"{WEEK}, {FOOD}, topic_language food en 3",
            "topic food 3, topic_area food a 0, topic_area food b 3, topic_language food en 3, outcome local entry 3",
            id="all of it, and then the next",
        ),
        pytest.param(
            f"{WEEK}, {FOOD}, topic_area food a 4, topic_area food b 8, topic_language food en 9",
            "topic food 9, topic_area food b 5, outcome local entry 9",
            id="the larger area gives, whatever its name",
        ),
        pytest.param(f"{WEEK}, {FOOD}, topic_area food z 0", "area z 0", id="an area that nobody was in"),
        pytest.param(f"{WEEK}, {FOOD}, topic food 20", "topic food 12", id="a topic out of the air"),
        pytest.param(
            f"{WEEK}, topic food 12, outcome local entry 12", "topic food 0, outcome local entry 0", id="nowhere"
        ),
        pytest.param(
            f"{WEEK}, {FOOD}, area b 2",
            "area b 4, area unknown 11",
            id="fewer in an area than asked there",
        ),
        pytest.param(
            "conversations 12, language en 12, topic food 12, topic_area food a 12, topic_language food en 12,"
            "outcome local entry 12",
            "area a 12",
            id="an area that is not there",
        ),
        pytest.param(
            f"{WEEK}, {FOOD}, outcome local entry 13", "outcome local entry 12", id="one more found than asked"
        ),
        pytest.param(
            f"{WEEK}, {FOOD}, outcome local entry 5, outcome no entry 4", "outcome local entry 8", id="three less"
        ),
        pytest.param(
            f"{WEEK}, {FOOD}, outcome local entry 0, outcome no entry 4", "outcome local entry 8", id="none of it local"
        ),
        pytest.param(f"{WEEK}, {FOOD}, outcome local entry 11", "outcome local entry 12", id="one less"),
        pytest.param(
            f"{WEEK}, {FOOD.replace(', outcome local entry 12', '')}, outcome no entry 4",
            "outcome local entry 8",
            id="no figure for what is local",
        ),
        pytest.param(
            f"{WEEK}, {FOOD}, {FOOD.replace('food', 'jobs').replace('12', '39').replace('b 4', 'b 31')}, area b 31,"
            "area a 9, outcome national 45",
            "outcome local entry 39, outcome national 40",
            id="found more often than anybody wrote",
        ),
        pytest.param(
            f"{WEEK}, {SUICIDE.replace('3', '1')}", "outcome crisis 1", id="a crisis of which no figure is left"
        ),
        pytest.param(f"{WEEK}, {DANGER}, outcome crisis 7", "outcome crisis 6", id="more crises than asked"),
        pytest.param(f"{WEEK}, {DANGER}, {SUICIDE}, outcome crisis 5", "outcome crisis 6", id="fewer crises"),
        pytest.param(f"{WEEK}, {DANGER}, {SUICIDE}, outcome crisis 10", "outcome crisis 9", id="more than of both"),
        pytest.param(f"{WEEK}, outcome unclear 41", "outcome unclear 40", id="more unclear than wrote"),
        pytest.param(f"{WEEK}, entry pantry 41", "entry pantry 40", id="more referred than wrote"),
    ],
)
def test_what_does_not_is_made_to(raw: str, change: str) -> None:
    assert mend(true(raw), RULES) == ({**true(raw), **true(change)}, True)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param({("phones", "x", ""): 1}, id="no such table"),
        pytest.param({("", "", ""): 1}, id="no table"),
        pytest.param({("topic", "", ""): 1}, id="no name"),
        pytest.param({("topic", "food", "a"): 1}, id="a name too many"),
        pytest.param({("topic_area", "food", ""): 1}, id="a name too few"),
        pytest.param({("topic_area", "", "a"): 1}, id="the other one"),
        pytest.param({("topic_language", "food", ""): 1}, id="a language too few"),
        pytest.param({("segments", "x", ""): 1}, id="a name where none belongs"),
        pytest.param({("conversations", "", "x"): 1}, id="a second one"),
        pytest.param({("entry", "pantry", ""): "many"}, id="no figure"),
        pytest.param({("entry", "pantry", ""): None}, id="nothing"),
    ],
)
def test_what_is_no_figure_is_left_out(row: dict[tuple[str, str, str], object]) -> None:
    assert mend({**true(WEEK), **row}, RULES) == (true(WEEK), True)


def test_rows_of_a_database_become_cells() -> None:
    mended, changed = mend({(name.table, name.first, name.second): n for name, n in true(WEEK).items()}, RULES)
    assert not changed
    assert {type(name) for name in mended} == {Cell}
