"""Drafts that wait, whose they are, and a review seen against what is live."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from bot.storage import editing, releases, reviewing
from bot.storage.drafts import Draft, put
from bot.storage.reviews import ReviewError
from bot.storage.waiting import Waiting, seen, texts, waiting

NOON = datetime(2026, 11, 24, 20, tzinfo=UTC)
FOOD, HELP = "topics/food.toml", "topics/help.toml"
LIVE = {FOOD: {"slug": "food"}, HELP: {"slug": "help"}}


@pytest.fixture
def live(engine: Engine) -> Engine:
    """Give a database with one release, a draft somebody wrote and one an import made."""
    releases.publish(engine, LIVE, note="the first", now=NOON)
    saved = {"slug": "food", "lead": "x"}
    base = editing.version_of(LIVE[FOOD])
    editing.save(engine, FOOD, saved, by="ana@example.org", based_on=base, now=NOON, live=LIVE[FOOD])
    put(engine, [Draft("entries/a.toml#b", None, "import county")])
    return engine


def test_each_draft_is_told_with_whose_it_is(live: Engine) -> None:
    imported, own = waiting(live)
    assert imported == Waiting("entries/a.toml#b", "import county", None, None)
    assert imported.is_imported
    assert (own.part, own.by, own.at, own.is_imported) == (FOOD, "ana@example.org", NOON, False)


def test_texts_come_in_the_order_asked_for_and_a_part_that_goes_has_none(live: Engine) -> None:
    found = texts(live, [FOOD, "topics/none.toml", "entries/a.toml#b"])
    assert [(one.part, one.body) for one in found] == [
        (FOOD, {"slug": "food", "lead": "x"}),
        ("entries/a.toml#b", None),
    ]
    assert len(texts(live, [FOOD] * 1200)) == 1200


def test_a_review_tells_what_moved(live: Engine) -> None:
    number = reviewing.submit(live, [FOOD], LIVE, by="ana@example.org", note="why", now=NOON)
    there = seen(live, number, LIVE)
    assert ([one.part for one in there.drafts], there.moved) == ([FOOD], ())
    moved = seen(live, number, {**LIVE, FOOD: {"slug": "food", "lead": "y"}})
    assert ([one.part for one in moved.drafts], moved.moved) == ([FOOD], (FOOD,))
    editing.drop(live, [FOOD], by="ana@example.org", now=NOON)
    gone = seen(live, number, LIVE)
    assert (gone.drafts, gone.moved) == ((), (FOOD,))
    with pytest.raises(ReviewError):
        seen(live, 9, LIVE)
