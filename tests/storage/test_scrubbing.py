"""A leaked text leaves every release and draft; what stays is its digest, and no release is called tampered."""

import json
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text, update

from bot.referral.document import parse
from bot.referral.golden import play
from bot.referral.without import texts_in, without_text
from bot.storage import audit, drafts, editing, releases, scrubbing, transcripts
from bot.storage.audit_chain import verify
from bot.storage.document import digest, to_text
from bot.storage.drafts import Draft
from bot.storage.releases import TamperedReleaseError
from bot.storage.reviews import SamePersonError
from bot.storage.scrubbing import ScrubError
from bot.storage.tables import ReleaseRow
from tests.databases import Database, SqliteDatabase
from tests.storage.publishable import publishable

NOON = datetime(2026, 11, 24, 20, tzinfo=UTC)
LEAKED = "hi its mari¿ from apt 4 he took my phone"
ANA, BEN = "ana@example.org", "ben@example.org"
FOOD = "topics/food.toml"


def leaky(**more: Any) -> dict[str, Any]:
    made = publishable()
    made[FOOD]["examples"] = {"en": f"i have no food\n  {LEAKED}\nneed groceries", "es": "no tengo comida"}
    return {**made, **more}


CLEAN = {"en": "i have no food\nneed groceries", "es": "no tengo comida"}


def everything(engine: Engine) -> str:
    """Return every text of every table."""
    with engine.connect() as connection:
        found = []
        for table in ("release", "draft", "draft_version", "review", "transcript", "scrub", "audit"):
            found += [ascii(tuple(row)) for row in connection.execute(text(f"SELECT * FROM {table}"))]  # noqa: S608 - names of ours
        return "\n".join(found)


@pytest.fixture
def leaking(engine: Engine) -> Engine:
    """Give a database in which the text stands in two of three releases, in a draft, its past, and a conversation."""
    releases.publish(engine, publishable(), note="", now=NOON)
    releases.publish(engine, leaky(), note="", now=NOON)
    releases.publish(engine, leaky(**{"line.toml": {**publishable()["line.toml"], "name": "Other"}}), note="", now=NOON)
    body = {**leaky()[FOOD], "lead": {"en": "Food:", "es": "Comida:"}}
    editing.save(engine, FOOD, body, by=ANA, based_on=editing.version_of(leaky()[FOOD]), now=NOON, live=leaky()[FOOD])
    editing.save(engine, FOOD, {**body, "note": {"en": LEAKED}}, by=BEN, based_on="", now=NOON, live=leaky()[FOOD])
    return engine


def test_two_admins_take_it_out_of_everything(leaking: Engine) -> None:
    before = {number: releases.read(leaking, number) for number in (1, 2, 3)}
    number = scrubbing.ask(leaking, f" {LEAKED} ", by=ANA, now=NOON)
    (asked,) = scrubbing.scrubs(leaking, waiting=True)
    assert scrubbing.found(leaking, asked.digest) == LEAKED
    done = scrubbing.scrub(leaking, number, by=BEN, now=NOON, packaged={})
    after = {number: releases.read(leaking, number) for number in (1, 2, 3)}
    assert ascii(LEAKED)[1:-1] not in everything(leaking)
    assert after[1] == before[1]
    for changed in (2, 3):
        was = deepcopy(before[changed].document)
        was[FOOD]["examples"] = CLEAN
        assert after[changed].document == was
    assert done.releases == tuple((n, before[n].digest, after[n].digest) for n in (2, 3))
    assert (done.digest, done.asked_by, done.done_by) == (digest(LEAKED), ANA, BEN)
    assert [draft.body["examples"] for draft in drafts.drafts(leaking) if draft.body] == [CLEAN]
    assert editing.aside(leaking, BEN) == []
    assert scrubbing.scrubs(leaking, waiting=True) == []
    assert audit.entries(leaking)[0].detail == {"digest": digest(LEAKED), "releases": "2, 3"}
    assert verify(leaking).whole


def test_one_admin_alone_cannot(leaking: Engine) -> None:
    number = scrubbing.ask(leaking, LEAKED, by=ANA, now=NOON)
    with pytest.raises(SamePersonError):
        scrubbing.scrub(leaking, number, by=ANA, now=NOON, packaged={})
    assert scrubbing.found(leaking, digest(LEAKED)) == LEAKED
    scrubbing.scrub(leaking, number, by=BEN, now=NOON, packaged={})
    with pytest.raises(ScrubError, match="is done"):
        scrubbing.scrub(leaking, number, by=BEN, now=NOON, packaged={})
    with pytest.raises(ScrubError, match="never asked"):
        scrubbing.scrub(leaking, 9, by=BEN, now=NOON, packaged={})


def test_what_stands_nowhere_cannot_be_asked_for(leaking: Engine) -> None:
    with pytest.raises(ScrubError, match="stands nowhere"):
        scrubbing.ask(leaking, "need", by=ANA, now=NOON)


def test_a_saved_conversation_that_holds_it_goes(leaking: Engine) -> None:
    content = parse(publishable())
    begun = f"# x\nat: 2026-11-24T12:00 America/Los_Angeles\n\n> {LEAKED}\n"
    transcripts.save(leaking, "x", f"{begun}{play(content, begun)[0].given}\n", content, by=ANA, now=NOON)
    scrubbing.scrub(leaking, scrubbing.ask(leaking, LEAKED, by=ANA, now=NOON), by=BEN, now=NOON, packaged={})
    assert transcripts.transcripts(leaking) == []


def test_a_sentence_the_live_release_needs_has_to_be_replaced_first(leaking: Engine) -> None:
    needed = publishable()["wording/en.toml"]["menu"]
    number = scrubbing.ask(leaking, needed, by=ANA, now=NOON)
    before = everything(leaking)
    with pytest.raises(ScrubError, match="publish another wording in its place first"):
        scrubbing.scrub(leaking, number, by=BEN, now=NOON, packaged={})
    assert everything(leaking) == before
    other = leaky(**{"wording/en.toml": {**publishable()["wording/en.toml"], "menu": "Text one word."}})
    releases.publish(leaking, other, note="", now=NOON)
    done = scrubbing.scrub(leaking, number, by=BEN, now=NOON, packaged={})
    assert [release for release, _, _ in done.releases] == [1, 2, 3]


def test_a_release_that_was_tampered_with_is_not_made_whole(leaking: Engine) -> None:
    with leaking.begin() as connection:
        document = to_text(leaky(**{"extra.toml": {}}))
        connection.execute(update(ReleaseRow).where(ReleaseRow.number == 2).values(document=document))
    number = scrubbing.ask(leaking, LEAKED, by=ANA, now=NOON)
    with pytest.raises(TamperedReleaseError):
        scrubbing.scrub(leaking, number, by=BEN, now=NOON, packaged={})


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_byte_of_it_stays_in_the_file(database: Database, leaking: Engine) -> None:
    assert isinstance(database, SqliteDatabase)
    drafts.put(leaking, [Draft("x.toml", {"words": [LEAKED]}, "AB")])
    scrubbing.scrub(leaking, scrubbing.ask(leaking, LEAKED, by=ANA, now=NOON), by=BEN, now=NOON, packaged={})
    leaking.dispose()
    for path in database.path.parent.iterdir():
        assert b"from apt 4 he took" not in path.read_bytes(), path


TAKEN: dict[str, tuple[Any, Any]] = {
    "a line": ("a\nx\nb", "a\nb"),
    "each line that says it": ("x\na\n x \n", "a\n"),
    "an item": (["a", "x", "b"], ["a", "b"]),
    "a sentence": ({"en": "x", "es": "y"}, {"es": "y"}),
    "deep inside": ({"a": [{"b": {"en": "x\ny"}}]}, {"a": [{"b": {"en": "y"}}]}),
    "the whole": ("x", None),
}


@pytest.mark.parametrize(("held", "left"), TAKEN.values(), ids=TAKEN)
def test_what_is_taken_out_and_what_stays(held: Any, left: Any) -> None:
    before = deepcopy(held)
    assert without_text(held, " x ") == left
    assert held == before


JSON = st.recursive(
    st.sampled_from(["x", "x\ny", "ax", " x", "", "y\nx"]) | st.integers() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_after_that_it_stands_nowhere_and_all_else_does(held: Any) -> None:
    made = without_text(held, "x")
    assert sorted(texts_in(made)) == sorted(line for line in texts_in(held) if line != "x")
    if "x" not in texts_in(held):
        assert made is held
    assert json.dumps(made)
