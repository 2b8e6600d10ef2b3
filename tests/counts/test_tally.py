"""What has been counted since the last flush: kept until it is safe, and never given out twice."""

from datetime import UTC, datetime, timedelta

from bot.counts.cell import CONVERSATIONS, SEGMENTS, Cell
from bot.counts.record import UNCOUNTED, Record, Seen
from bot.counts.tally import Batch, Tally
from bot.referral.turn import Outcome

MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
WEEK, NEXT = "2026-W47", "2026-W48"
UNCLEAR, FOOD = Seen(Outcome.UNCLEAR, "", "en"), Seen(Outcome.LOCAL, "westlake", "en", "food")


def test_a_conversation_moves_from_figure_to_figure_in_the_week_it_began_in() -> None:
    tally = Tally()
    record = tally.note(UNCOUNTED, UNCLEAR, MONDAY)
    record = tally.note(record, FOOD, MONDAY + timedelta(weeks=1))
    assert record == UNCOUNTED.after(UNCLEAR, WEEK).after(FOOD, NEXT)
    assert tally.take().gains == {
        WEEK: {
            CONVERSATIONS: 1,
            Cell("area", "unknown"): 0,
            Cell("area", "westlake"): 1,
            Cell("language", "en"): 1,
            Cell("outcome", "unclear"): 1,
            Cell("outcome", "local entry"): 1,
            Cell("topic", "food"): 1,
            Cell("topic_area", "food", "westlake"): 1,
            Cell("topic_language", "food", "en"): 1,
        }
    }


def test_what_moved_after_a_flush_is_taken_away_again() -> None:
    tally = Tally()
    record = tally.note(UNCOUNTED, UNCLEAR, MONDAY)
    tally.settled(tally.take())
    tally.note(record, Seen(Outcome.UNCLEAR, "westlake", "en"), MONDAY)
    assert tally.take().gains == {WEEK: {Cell("area", "unknown"): -1, Cell("area", "westlake"): 1}}


def test_two_conversations_add_up_and_nothing_new_adds_nothing() -> None:
    tally = Tally()
    for _ in range(2):
        record = tally.note(UNCOUNTED, FOOD, MONDAY)
    for place in ("westmont", "westlake"):
        tally.note(record, Seen(Outcome.UNCLEAR, place, "en"), MONDAY)
    figures = tally.take().gains[WEEK]
    assert (figures[CONVERSATIONS], figures[Cell("area", "westlake")], figures[Cell("area", "westmont")]) == (2, 1, 1)
    tally = Tally()
    tally.note(UNCOUNTED.after(FOOD, WEEK), FOOD, MONDAY)
    assert tally.take().gains == {}


def test_an_erased_conversation_is_forgotten_and_stays_counted() -> None:
    tally = Tally()
    record = tally.note(UNCOUNTED, FOOD, MONDAY)
    assert tally.note(record, Seen(Outcome.COMMAND, erased=True), MONDAY) == Record()
    assert tally.take().gains[WEEK][CONVERSATIONS] == 1


def test_parts_of_messages_are_added_to_the_week_they_went_out_in() -> None:
    tally = Tally()
    for segments, weeks in ((3, 0), (2, 0), (4, 1)):
        tally.sent(segments, MONDAY + timedelta(weeks=weeks))
    assert tally.take().gains == {WEEK: {SEGMENTS: 5}, NEXT: {SEGMENTS: 4}}


def test_a_batch_comes_again_until_it_is_safe() -> None:
    tally = Tally()
    assert not tally.waiting
    tally.sent(1, MONDAY)
    assert tally.waiting
    first = tally.take()
    assert first == Batch(1, {WEEK: {SEGMENTS: 1}})
    tally.sent(2, MONDAY)
    assert tally.take() is first
    tally.settled(Batch(1, {WEEK: {SEGMENTS: 1}}))
    assert tally.take() is first, "another one was settled"
    tally.settled(first)
    assert tally.waiting, "what came in meanwhile"
    second = tally.take()
    assert second == Batch(2, {WEEK: {SEGMENTS: 2}})
    tally.settled(first)
    assert tally.waiting
    assert tally.take() is second
    tally.settled(second)
    assert not tally.waiting
    assert tally.take() == Batch(3, {})
    assert tally.waiting, "an empty batch may have been stored, or not"
