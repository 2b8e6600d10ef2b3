"""Which figures are hidden: small ones, and those that would give them away."""

from collections.abc import Mapping

import pytest

from bot.counts.attack_graph import ContradictionError, Network
from bot.counts.cell import SEGMENTS, Cell
from bot.counts.close import close_week
from bot.counts.mend import mend
from bot.counts.quarter import close_quarter
from bot.counts.rules import Rules
from bot.counts.withhold import withheld

RULES = Rules(links={"clinic": (Cell("topic_area", "food", "a"),)}, crises=frozenset({"danger"}))


def week(food: Mapping[str, int], rest: Mapping[str, int] | None = None, languages: int = 1) -> dict[Cell, int]:
    """Return the figures of a week in which `food` was asked for in areas, and `rest` only said where they are."""
    areas = {area: food.get(area, 0) + (rest or {}).get(area, 0) for area in {**food, **(rest or {})}}
    total, asked = sum(areas.values()), sum(food.values())
    made = {Cell("conversations"): total, Cell("topic", "food"): asked, Cell("outcome", "local entry"): asked}
    made |= {Cell("area", area): n for area, n in areas.items()}
    made |= {Cell("topic_area", "food", area): n for area, n in food.items()}
    names = ["en", "es"][:languages]
    shares = [total] if languages == 1 else [total - total // 2, total // 2]
    asks = [asked] if languages == 1 else [asked - asked // 2, asked // 2]
    made |= {Cell("language", name): n for name, n in zip(names, shares, strict=True)}
    made |= {Cell("topic_language", "food", name): n for name, n in zip(names, asks, strict=True)}
    return made


def hidden(true: Mapping[Cell, int], rules: Rules = RULES) -> set[str]:
    published = close_week(true, rules)
    assert {cell: n for cell, n in published.items() if n is not None}.items() <= true.items()
    assert not [n for n in published.values() if n and n < rules.threshold]
    return {" ".join(filter(None, cell)) for cell, n in published.items() if n is None}


@pytest.mark.parametrize(
    ("true", "expected"),
    [
        pytest.param(week({"a": 40, "b": 30}), set(), id="nothing small"),
        pytest.param(week({"a": 0, "b": 0}), set(), id="a week with no messages"),
        pytest.param(
            week({"a": 40, "b": 3}, {"b": 30}),
            {"topic_area food a", "topic_area food b"},
            id="one small: another is hidden with it",
        ),
        pytest.param(
            week({"a": 40, "b": 3, "c": 12}, {"b": 30}),
            {"topic_area food b", "topic_area food c"},
            id="the smallest of the others",
        ),
        pytest.param(
            week({"a": 6, "b": 5}, {"a": 30, "b": 30}),
            {"topic food", "topic_area food a", "topic_area food b", "topic_language food en", "outcome local entry"},
            id="too little room: the total goes as well",
        ),
        pytest.param(
            week({"a": 30}, {"b": 1}),
            {"area a", "area b", "topic food", "topic_area food a", "topic_language food en", "outcome local entry"},
            id="30 of a here would tell that b is 1",
        ),
        pytest.param(week({"a": 11, "b": 11}), set(), id="eleven is not small"),
    ],
)
def test_what_is_hidden_of_a_week(true: Mapping[Cell, int], expected: set[str]) -> None:
    assert hidden(true) == expected


def test_an_entry_that_tells_a_hidden_place_is_hidden() -> None:
    true = week({"a": 40, "b": 3}, {"b": 30})
    assert "entry clinic" in hidden({**true, Cell("entry", "clinic"): 40})
    shown = week({"a": 40, "b": 30})
    assert "entry clinic" not in hidden({**shown, Cell("entry", "clinic"): 40})
    assert "entry gone" in hidden({**shown, Cell("entry", "gone"): 40}), "nobody knows who is referred there"


def test_the_threshold_is_a_setting() -> None:
    true = week({"a": 40, "b": 15})
    assert hidden(true, Rules(threshold=20)) >= {"topic_area food a", "topic_area food b"}
    assert hidden(true) == set()


@pytest.mark.parametrize(("segments", "shown"), [(0, 0), (1, 50), (50, 50), (51, 100)])
def test_segments_are_shown_in_steps(segments: int, shown: int) -> None:
    assert close_week({**week({"a": 20}), SEGMENTS: segments}, RULES)[SEGMENTS] == shown
    assert close_week({**week({"a": 5}), SEGMENTS: segments}, RULES)[SEGMENTS] is None


def test_a_topic_that_a_whole_hidden_area_asked_for_is_withheld_from_the_quarter() -> None:
    lumpy = week({"a": 30}, {"b": 1})
    assert withheld(lumpy, close_week(lumpy, RULES), RULES) == {Cell("topic", "food")}
    for harmless in (week({"a": 30}, {"a": 1, "b": 1}), week({"a": 1}, {"b": 1}), week({"a": 30, "b": 30})):
        assert not withheld(harmless, close_week(harmless, RULES), RULES)
    weeks = [close_week(week({"a": 30}, {"a": 2, "b": 5}), RULES) for _ in range(4)]
    rest = {Cell("topic", "food"): 120, Cell("topic_area", "food", "a"): 120}
    assert close_quarter(weeks, rest, RULES, withheld=[Cell("topic", "food")]) == dict.fromkeys(rest)


class TestQuarter:
    def quarter(self, *weeks: Mapping[Cell, int]) -> dict[str, int | None]:
        shown = [close_week(true, RULES) for true in weeks]
        rest: dict[Cell, int] = {}
        for true, published in zip(weeks, shown, strict=True):
            for cell, n in published.items():
                if n is None:
                    rest[cell] = rest.get(cell, 0) + true[cell]
        told = close_quarter(shown, rest, RULES)
        assert told.keys() == rest.keys()
        assert {cell: n for cell, n in told.items() if n is not None}.items() <= rest.items()
        return {" ".join(filter(None, cell)): n for cell, n in told.items()}

    def test_a_week_that_was_hidden_alone_stays_hidden(self) -> None:
        told = self.quarter(week({"a": 40, "b": 3}, {"b": 30}), week({"a": 40, "b": 30}))
        assert set(told.values()) == {None}

    def test_small_weeks_add_up_to_a_figure_that_can_be_shown(self) -> None:
        told = self.quarter(*[week({"a": 3, "b": 2}, {"a": 2, "b": 2}) for _ in range(4)])
        assert (told["conversations"], told["area a"], told["topic food"]) == (36, 20, 20)

    def test_a_topic_that_everybody_asked_for_is_not_summed_beside_them(self) -> None:
        told = self.quarter(*[week({"a": 4, "b": 5}) for _ in range(3)])
        assert (told["conversations"], told["topic food"]) == (27, None)

    def test_sums_that_would_tell_a_week_are_given_up(self) -> None:
        # Eleven weeks of one conversation each: the sum 11 would say that each week had exactly one.
        told = self.quarter(*[week({"a": 1}) for _ in range(11)])
        assert set(told.values()) == {None}

    def test_figures_that_contradict_each_other_say_nothing_more(self) -> None:
        broken = {**close_week(week({"a": 4, "b": 5}), RULES), Cell("conversations"): 1}
        rest = {Cell("area", "a"): 400, Cell("area", "b"): 500}
        assert close_quarter([broken, broken], rest, RULES) == dict.fromkeys(rest)


class TestNetwork:
    def test_a_flow_with_a_way_round_is_not_known(self) -> None:
        made = Network()
        edges = [made.unknown(a, b, least=1) for a in "ab" for b in "xy"]
        for node, amount in (("a", 5), ("b", 5), ("x", -6), ("y", -4)):
            made.into(node, amount)
        assert made.pinned() == frozenset()
        assert made.free.keys() == set(edges)

    def test_a_flow_at_its_least_with_no_way_round_is_known(self) -> None:
        made = Network()
        for a in "ab":
            for b in "xy":
                made.unknown(a, b, least=1)
        for node, amount in (("a", 2), ("b", 8), ("x", -5), ("y", -5)):
            made.into(node, amount)
        assert made.pinned() == set(made.free)

    def test_a_bridge_is_known(self) -> None:
        made = Network()
        made.unknown("a", "x", least=1)
        made.into("a", 7)
        made.into("x", -7)
        assert made.pinned() == {("a", "x")}

    def test_a_bound_from_above_counts(self) -> None:
        made = Network()
        for a in "ab":
            made.unknown("source", a, least=1, most=4)
            made.unknown(a, "sink", least=0)
        made.into("source", 8)
        made.into("sink", -8)
        assert made.pinned() == set(made.free)

    def test_what_fits_nothing_is_said(self) -> None:
        made = Network()
        made.unknown("a", "x", least=3)
        made.into("a", 1)
        made.into("x", -1)
        with pytest.raises(ContradictionError):
            made.pinned()


class TestMend:
    def test_figures_of_whole_conversations_stay_as_they_are(self) -> None:
        true = week({"a": 40, "b": 3}, {"b": 30}, languages=2)
        assert mend(true, RULES) == (true, False)

    @pytest.mark.parametrize(
        "change",
        [
            pytest.param({("area", "a", ""): -1}, id="below 0"),
            pytest.param({("area", "b", ""): 2}, id="fewer in an area than asked there"),
            pytest.param({("topic_area", "food", "a"): 400}, id="more in a place than asked"),
            pytest.param({("topic_language", "food", "en"): 0}, id="a split is gone"),
            pytest.param({("conversations", "", ""): 10**9}, id="a total out of the air"),
            pytest.param({("outcome", "crisis", ""): 5}, id="a crisis without a need"),
            pytest.param({("phones", "x", ""): 1}, id="a table there is not"),
            pytest.param({("topic", "", ""): 1}, id="no name"),
            pytest.param({("topic", "food", "a"): 1}, id="a name too many"),
            pytest.param({("entry", "clinic", ""): "many"}, id="no figure"),
            pytest.param({("entry", "clinic", ""): 10**6}, id="more referred than came"),
        ],
    )
    def test_figures_that_do_not_add_up_are_made_to(self, change: dict[tuple[str, str, str], object]) -> None:
        true = week({"a": 40, "b": 3}, {"b": 30})
        raw: dict[tuple[str, str, str], object] = {**dict(true.items()), **change}
        mended, changed = mend(raw, RULES)
        assert changed
        assert min(mended.values()) >= 0
        assert sum(n for cell, n in mended.items() if cell.table == "area") == mended[Cell("conversations")]
        assert sum(n for cell, n in mended.items() if cell.table == "language") == mended[Cell("conversations")]
        assert mended[Cell("topic", "food")] == sum(n for c, n in mended.items() if c.table == "topic_area")
        assert mend(mended, RULES) == (mended, False)
        close_week(mended, RULES)
