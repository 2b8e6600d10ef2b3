"""Which figures there are, to the last; what is counted of an answer; and the page that staff read, line by line."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.counts.cell import CONVERSATIONS, SEGMENTS, Cell, above
from bot.counts.complaints import asked
from bot.counts.record import BEST_FIRST, UNCOUNTED, Seen, seen
from bot.counts.report import Column, as_csv, as_text, summed
from bot.counts.universe import cells_of, rules_of
from bot.referral.answer import Answer
from bot.referral.content import Content
from bot.referral.turn import Outcome


def entry(area: str, *topics: str) -> SimpleNamespace:
    serves = tuple(SimpleNamespace(topic=topic) for topic in topics)
    return SimpleNamespace(area=area, all_serves=lambda: serves)


def content() -> Content:
    """Return as much of a release as the figures are named after."""
    entries = {
        "hope": entry("national", "food", "danger", "food"),
        "pantry": entry("westlake", "food"),
        "211-west": entry("westlake"),
    }
    for name, one in entries.items():
        one.id = name
    topics = {name: SimpleNamespace(slug=name, crisis=name == "danger") for name in ("food", "danger")}
    line = SimpleNamespace(areas={"westlake": SimpleNamespace(entry_211="211-west")}, languages=("en", "es"))
    return cast(Content, SimpleNamespace(line=line, topics=topics, entries=entries))


def test_every_figure_that_can_be_has_its_name_and_none_else() -> None:
    areas, languages = ("westlake", "elsewhere", "unknown"), ("en", "es", "unknown")
    outcomes = [outcome.value for outcome in (*BEST_FIRST, Outcome.UNCLEAR, Outcome.OPT_OUT)]
    assert cells_of(content()) == (
        CONVERSATIONS,
        SEGMENTS,
        *(Cell("area", area) for area in areas),
        *(Cell("language", language) for language in languages),
        *(Cell("outcome", outcome) for outcome in outcomes),
        Cell("topic", "food"),
        Cell("topic", "danger"),
        *(Cell("topic_area", topic, area) for topic in ("food", "danger") for area in areas),
        *(Cell("topic_language", topic, language) for topic in ("food", "danger") for language in languages),
        *(Cell("entry", name) for name in ("hope", "pantry", "211-west")),
        *(Cell("complaint", name) for name in ("hope", "pantry", "211-west")),
    )


def test_what_everybody_knows_of_entries_crises_and_general_numbers() -> None:
    rules = rules_of(content())
    assert rules.threshold == 11
    assert rules_of(content(), 5).threshold == 5
    assert rules.crises == {"danger"}
    assert "211-west" in rules.general
    assert rules.links == {
        "hope": (Cell("topic", "food"), Cell("topic", "danger")),
        "pantry": (Cell("topic_area", "food", "westlake"),),
        "211-west": (),
    }


def answered(outcome: Outcome, label: str = "food", **changes: Any) -> Answer:
    talk = SimpleNamespace(topic="food", area="westlake", language="en")
    told = SimpleNamespace(
        outcome=outcome, conversation=talk, entries=("pantry",), meaning=SimpleNamespace(label=label), complained=""
    )
    for name, value in changes.items():
        setattr(told, name, value)
    return cast(Answer, told)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_the_topic_counts_where_something_was_looked_for(outcome: Outcome) -> None:
    topic = "food" if outcome in BEST_FIRST else ""
    assert seen(answered(outcome)) == Seen(outcome, "westlake", "en", topic, ("pantry",), False, "")


def test_an_erasure_and_a_complaint_are_told() -> None:
    assert seen(answered(Outcome.COMMAND, "erase")).erased is True
    assert seen(answered(Outcome.COMMAND, "stop")).erased is False
    assert seen(answered(Outcome.LOCAL, complained="pantry")).complained == "pantry"


@pytest.mark.parametrize(
    ("said", "unclear"),
    [("u", True), ("f", False), ("fu", True), ("uf", True), ("ff", False), ("", False)],
)
def test_not_being_understood_counts_once_and_stays(said: str, unclear: bool) -> None:
    record = UNCOUNTED
    for one in said:
        record = record.after(Seen(Outcome.UNCLEAR if one == "u" else Outcome.LOCAL), "2026-W47")
    assert record.unclear is unclear
    assert (Cell("outcome", "unclear") in record.cells()) is unclear
    assert None not in record.cells()


def test_a_complaint_counts_under_the_entry_alone() -> None:
    record = UNCOUNTED.after(Seen(Outcome.LOCAL, complained="pantry"), "2026-W47")
    assert [cell for cell in record.cells() if cell.table == "complaint"] == [Cell("complaint", "pantry")]


def test_no_complaint_is_made_of_weeks_without_any() -> None:
    assert asked([{"pantry": 0, "hope": 1}] * 3) == ["hope"]
    assert asked([{"pantry": -5}, {"pantry": 3}]) == ["pantry"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (Cell("topic_area", "food", "westlake"), Cell("area", "westlake")),
        (Cell("topic_language", "food", "en"), Cell("language", "en")),
        (Cell("topic", "food"), CONVERSATIONS),
        (Cell("outcome", "unclear"), CONVERSATIONS),
        (Cell("entry", "pantry"), CONVERSATIONS),
        (Cell("area", "westlake"), None),
        (Cell("language", "topic"), None),
        (Cell("segments"), None),
        (CONVERSATIONS, None),
    ],
)
def test_what_a_figure_is_a_part_of(cell: Cell, expected: Cell | None) -> None:
    assert above(cell) == expected


SHOWN: dict[Cell, int | None] = {
    Cell("segments"): 150,
    Cell("zzqx", "by hand"): 7,
    Cell("outcome", "unclear"): 12,
    Cell("area", "westlake"): None,
    Cell("conversations"): 40,
}


def test_the_page_is_this_and_no_other() -> None:
    pages = as_text([Column("2026-W47", SHOWN), Column("2026-W48", {Cell("conversations"): 0}, mended=True)])
    page, _, note = pages.partition("\n\nConversations, not people:")
    assert note.endswith("for a part of it is hidden.\n")
    assert page.split("\n") == [
        " " * 16 + "  2026-W47  2026-W48",
        "",
        "All conversations",
        "  conversations         40         0",
        "",
        "Where",
        "  westlake          hidden         0",
        "",
        "What became of it",
        "  unclear               12         0",
        "",
        "Parts of messages sent (what the provider charges for), in steps of 50",
        "  segments             150         0",
        "",
        "zzqx",
        "  by hand                7         0",
        "",
        "Share of all conversations",
        "not understood         30%          ",
        "nothing found           0%          ",
        "only 211 found          0%          ",
        "crisis                  0%          ",
        "opt-out                 0%          ",
        "2026-W48: did not add up (a process was killed, or a row was changed) and was made to",
    ]


def test_a_long_name_makes_room_for_itself() -> None:
    page = as_text([Column("2026-W47", {Cell("entry", "a" * 30): 20, Cell("conversations"): 40})])
    assert f"  {'a' * 30}        20\n" in page
    assert f"  conversations{' ' * 25}40\n" in page


def test_pages_follow_each_other() -> None:
    columns = [Column(f"2026-W{number}", {Cell("conversations"): 40}) for number in range(10, 19)]
    pages = as_text(columns)
    assert pages.splitlines()[0].split() == [f"2026-W{number}" for number in range(10, 18)]
    assert f"opt-out{' ' * 9}{'0%':>10}" in pages
    assert f"0%\n\n{' ' * 16}  2026-W18\n" in pages
    assert as_text([]) == "No week has been closed yet: quietline counts close, once a week is over.\n"


def test_the_rows_are_in_the_order_of_the_page() -> None:
    assert as_csv([Column("2026-W47", SHOWN, intact=False)]).splitlines() == [
        "period,table,first,second,n,note",
        *(
            f"2026-W47,{row},CHANGED after it was closed: do not use"
            for row in (
                "conversations,,,40",
                "area,westlake,,hidden",
                "outcome,unclear,,12",
                "segments,,,150",
                "zzqx,by hand,,7",
            )
        ),
    ]


def test_a_sum_is_as_good_as_its_worst_week() -> None:
    good, mended, changed = (
        Column("2026-W46", {Cell("conversations"): 30}),
        Column("2026-W47", {Cell("conversations"): 40}, mended=True),
        Column("2026-W48", {Cell("conversations"): 50}, intact=False),
    )
    told = [(summed(some).mended, summed(some).intact) for some in ([good], [good, mended], [changed, good], [])]
    assert told == [(False, True), (True, True), (False, False), (False, True)]
    assert summed([good]).name == "sum"
