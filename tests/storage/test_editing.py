"""Two people at one draft: whoever comes later sees both texts, and no text is lost."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from bot.storage import audit, drafts, editing
from bot.storage.audit_chain import verify
from bot.storage.database import connect
from bot.storage.drafts import Draft
from bot.storage.editing import MOST_VERSIONS, Saved, Stale, current, save, version_of
from tests.conftest import THOROUGH
from tests.databases import Database
from tests.storage.races import race

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
PART = "topics/food.toml"
LIVE = {"slug": "food", "lead": {"en": "For food:"}}
ANA, BEN = "ana@example.org", "ben@example.org"

SAVE_TOGETHER = """
import sys
from datetime import UTC, datetime
from bot.storage.database import connect
from bot.storage.editing import Saved, Stale, current, save
engine = connect(sys.argv[1])
print("ready", flush=True)
by = sys.stdin.readline().strip() + str(id(engine))
for turn in range(10):
    seen = current(engine, "a.toml", None)
    made = save(engine, "a.toml", {"by": by, "turn": turn}, by=by, based_on=seen.version,
                now=datetime(2026, 11, 21, 12, tzinfo=UTC))
    print("saved" if isinstance(made, Saved) else "stale")
engine.dispose()
"""


def food(lead: str) -> dict[str, Any]:
    return {"slug": "food", "lead": {"en": lead}}


def saved(engine: Engine, body: Mapping[str, Any] | None, by: str, based_on: str, minutes: int = 0) -> Saved:
    made = save(engine, PART, body, by=by, based_on=based_on, now=NOON + timedelta(minutes=minutes), live=LIVE)
    assert isinstance(made, Saved)
    return made


def test_a_draft_is_saved_with_who_and_when(engine: Engine) -> None:
    begun = current(engine, PART, LIVE)
    assert (begun.body, begun.by, begun.at) == (LIVE, "", None)
    made = saved(engine, food("Food:"), ANA, begun.version)
    there = current(engine, PART, LIVE)
    assert (there.body, there.by, there.at, there.version) == (food("Food:"), ANA, NOON, made.version)
    assert drafts.waiting(engine) == [(PART, ANA)]
    assert [(line.act, line.by, line.about) for line in audit.entries(engine)] == [("draft saved", ANA, PART)]


def test_a_save_on_an_older_text_shows_both_and_loses_neither(engine: Engine) -> None:
    begun = version_of(LIVE)
    first = saved(engine, food("Ana's"), ANA, begun)
    late = save(engine, PART, food("Ben's"), by=BEN, based_on=begun, now=NOON, live=LIVE)
    assert isinstance(late, Stale)
    assert (late.theirs.body, late.theirs.by) == (food("Ana's"), ANA)
    assert (late.mine.body, late.mine.by) == (food("Ben's"), BEN)
    assert late.base is not None
    assert (late.base.body, late.base.by) == (LIVE, "")
    assert current(engine, PART, LIVE).version == first.version
    assert [(text.part, text.body) for text in editing.aside(engine, BEN)] == [(PART, food("Ben's"))]
    assert editing.aside(engine, ANA) == []
    both = saved(engine, food("Both"), BEN, late.theirs.version, 1)
    assert current(engine, PART, LIVE).version == both.version
    # It waits until Ben says what becomes of it: to save something else chooses nothing.
    assert [text.body for text in editing.aside(engine, BEN)] == [food("Ben's")]
    assert editing.let_go(engine, PART, late.mine.version, by=BEN)
    assert editing.aside(engine, BEN) == []
    assert [text.body for text in editing.history(engine, PART)][0] == food("Both")


@pytest.mark.parametrize(
    ("body", "live"),
    [
        pytest.param(food("mine"), LIVE, id="a text"),
        pytest.param(None, LIVE, id="the part is to go"),
        pytest.param(food("mine"), None, id="a new part"),
    ],
)
def test_the_same_text_again_is_not_late(
    engine: Engine, body: dict[str, Any] | None, live: dict[str, Any] | None
) -> None:
    for _ in range(2):  # the button was pressed twice
        made = save(engine, PART, body, by=ANA, based_on=version_of(live), now=NOON, live=live)
        assert isinstance(made, Saved)
    assert current(engine, PART, live).body == body


def test_what_was_published_meanwhile_is_another_text(engine: Engine) -> None:
    late = save(engine, PART, food("mine"), by=ANA, based_on=version_of(LIVE), now=NOON, live=food("newer"))
    assert isinstance(late, Stale)
    assert (late.theirs.body, late.base) == (food("newer"), None)
    assert [text.body for text in editing.aside(engine, ANA)] == [food("mine")]


def test_an_import_meanwhile_is_another_text(engine: Engine) -> None:
    drafts.put(engine, [Draft(PART, food("imported"), "import ohana")])
    late = save(engine, PART, food("mine"), by=ANA, based_on=version_of(LIVE), now=NOON, live=LIVE)
    assert isinstance(late, Stale)
    assert (late.theirs.body, late.theirs.origin) == (food("imported"), "import ohana")
    saved(engine, food("mine"), ANA, late.theirs.version)
    assert drafts.waiting(engine) == [(PART, "import ohana")]


def test_saving_what_is_live_drops_the_draft(engine: Engine) -> None:
    made = saved(engine, food("x"), ANA, version_of(LIVE))
    assert not saved(engine, LIVE, ANA, made.version).waiting
    assert (drafts.waiting(engine), editing.history(engine, PART)) == ([], [])


def test_dropping_forgets_what_the_draft_was_but_nobodys_late_text(engine: Engine) -> None:
    saved(engine, food("x"), ANA, version_of(LIVE))
    save(engine, PART, food("y"), by=BEN, based_on="", now=NOON, live=LIVE)
    drafts.drop(engine, [PART])
    assert editing.history(engine, PART) == []
    (late,) = editing.aside(engine, BEN)
    assert not editing.let_go(engine, PART, late.version, by=ANA)
    assert editing.let_go(engine, PART, late.version, by=BEN)
    assert editing.aside(engine, BEN) == []


def test_who_throws_a_draft_away_is_written_down(engine: Engine) -> None:
    saved(engine, food("x"), ANA, version_of(LIVE))
    assert editing.drop(engine, [PART, "topics/none.toml"], by=BEN, now=NOON) == ["topics/none.toml"]
    assert drafts.waiting(engine) == [(PART, ANA)]
    assert editing.drop(engine, [PART], by=BEN, now=NOON) == []
    assert drafts.waiting(engine) == []
    assert [(line.act, line.by, line.about) for line in audit.entries(engine, most=1)] == [("draft dropped", BEN, PART)]


def test_two_people_who_typed_the_same_too_late_each_keep_it(engine: Engine) -> None:
    saved(engine, food("x"), ANA, version_of(LIVE))
    for by in (BEN, "cyd@example.org"):
        assert isinstance(save(engine, PART, food("y"), by=by, based_on="", now=NOON, live=LIVE), Stale)
    assert [len(editing.aside(engine, by)) for by in (BEN, "cyd@example.org")] == [1, 1]


def test_old_texts_are_thinned_out(engine: Engine) -> None:
    version = version_of(LIVE)
    for turn in range(MOST_VERSIONS + 4):
        version = saved(engine, food(str(turn)), ANA, version, turn).version
    kept = editing.history(engine, PART)
    assert len(kept) == MOST_VERSIONS
    assert kept[0].body == food(str(MOST_VERSIONS + 3))


def test_processes_that_save_at_once_lose_no_text(database: Database, engine: Engine) -> None:
    printed = race(SAVE_TOGETHER, database.url, runners=2)
    told = [word for lines in printed for word in lines]
    assert len(told) == 20
    assert len(audit.entries(engine)) == told.count("saved")
    assert verify(engine).whole


STEPS = st.tuples(st.sampled_from([ANA, BEN]), st.booleans(), st.sampled_from(["a", "b", "c", "d", "e"]))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@settings(max_examples=500 if THOROUGH else 12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=8))
def test_every_text_ever_saved_stands_somewhere(
    database: Database, engine: Engine, steps: list[tuple[str, bool, str]]
) -> None:
    fresh = connect(database.url)
    held = {by: current(fresh, PART, LIVE).version for by in (ANA, BEN)}
    for at, (by, looks, lead) in enumerate(steps):
        if looks:
            held[by] = current(fresh, PART, LIVE).version
        late = {text.version for text in editing.aside(fresh, by)}
        before = current(fresh, PART, LIVE)
        made = save(fresh, PART, food(lead), by=by, based_on=held[by], now=NOON + timedelta(minutes=at), live=LIVE)
        there = current(fresh, PART, LIVE)
        if isinstance(made, Stale):
            assert there == before
            assert {text.version for text in editing.aside(fresh, by)} == late | {version_of(food(lead))}
        else:
            held[by] = made.version
            assert there.body == food(lead)
            assert before.body in [text.body for text in editing.history(fresh, PART)]
    fresh.dispose()
