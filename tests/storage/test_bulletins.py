"""What staff say between two releases: written once, numbered, and what holds after all of it."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, insert, text, update
from sqlalchemy.exc import SQLAlchemyError

from bot.referral.bulletin import NO_BULLETINS, Banner, Bulletins, Pause, Why
from bot.referral.check import PROVEN, Check, How, Result
from bot.storage import bulletins
from bot.storage.bulletins import fold
from bot.storage.said import Asked, Checked, Lifted, Lowered, Row, Said, UnreadableRowError, said_in, written
from bot.storage.tables import BulletinRow
from tests.databases import Database, SqliteDatabase
from tests.storage.races import race

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = NOON.date()
CHECK = Check(TODAY, How.CALLED, "AB", Result.OK, "open, speaks Spanish")
BANNER = Banner("ice", {"en": "Roads are icy.", "es": "Hay hielo."}, NOON, ("westmont",), ("shelter", "food"))
EVERYTHING: list[Said] = [
    Checked("cast-la", CHECK, "+18885392373"),
    Pause("cast-la", NOON, Why.FULL),
    Pause("cast-la", None, Why.WITHDRAWN, "+18885392373"),
    Lifted("cast-la"),
    Lifted("cast-la", "+18885392373"),
    BANNER,
    Lowered("ice"),
    Asked("cast-la"),
]
ADD_TOGETHER = """
import sys
from datetime import date
from bot.storage.bulletins import add
from bot.storage.database import watch
from bot.storage.said import Asked
engine = watch(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for turn in range(15):
    print(add(engine, Asked(f"entry-{turn}"), day=date(2026, 11, 21), by="AB"))
engine.dispose()
"""


def numbered(*said: Said, first: int = 1, day: date = TODAY) -> list[Row]:
    return [written(one, number=number, day=day, by="AB") for number, one in enumerate(said, start=first)]


def holds(*said: Said) -> Bulletins:
    folded = fold(numbered(*said))
    assert folded.unreadable == ()
    return folded.bulletins


@pytest.mark.parametrize("said", EVERYTHING, ids=lambda said: type(said).__name__)
def test_what_was_said_comes_back_from_its_row(said: Said) -> None:
    assert said_in(numbered(said)[0]) == said


def test_numbers_grow_without_a_gap_and_rows_stay_as_they_were_said(engine: Engine) -> None:
    found = [bulletins.add(engine, said, day=TODAY, by="AB") for said in EVERYTHING]
    assert found == list(range(1, len(EVERYTHING) + 1))
    assert bulletins.rows(engine) == numbered(*EVERYTHING)


def test_a_pause_ends_at_the_same_moment_whatever_zone_it_was_said_in(engine: Engine) -> None:
    chicago = NOON.astimezone(timezone(timedelta(hours=-6)))
    bulletins.add(engine, Pause("a", chicago), day=TODAY, by="AB")
    (pause,) = fold(bulletins.rows(engine)).bulletins.pauses
    assert (pause.until, pause.until and pause.until.tzinfo) == (NOON, UTC)


def test_a_moment_without_a_zone_is_refused_and_nothing_is_written(engine: Engine) -> None:
    with pytest.raises(ValueError, match="time zone"):
        bulletins.add(engine, Pause("a", NOON.replace(tzinfo=None)), day=TODAY, by="AB")
    assert bulletins.rows(engine) == []


def test_processes_that_say_something_at_once_take_turns(database: Database, engine: Engine) -> None:
    printed = race(ADD_TOGETHER, database.url, runners=2)
    assert sorted(int(number) for lines in printed for number in lines) == list(range(1, 31))
    assert [row.number for row in bulletins.rows(engine)] == list(range(1, 31))


def test_the_mark_tells_one_state_from_another(engine: Engine) -> None:
    seen = [bulletins.mark(engine)]
    for said in EVERYTHING[:3]:
        bulletins.add(engine, said, day=TODAY, by="AB")
        seen.append(bulletins.mark(engine))
        assert bulletins.mark(engine) == seen[-1]
    with engine.begin() as connection:  # a database made anew, with as many rows
        connection.execute(delete(BulletinRow))
    seen.append(bulletins.mark(engine))
    for said in EVERYTHING[3:6]:
        bulletins.add(engine, said, day=TODAY, by="AB")
    seen.append(bulletins.mark(engine))
    assert seen[0] == seen[-2] == ""
    assert len(set(seen)) == len(seen) - 1


def test_a_database_without_the_table_is_an_error_with_a_reason(bare_engine: Engine) -> None:
    for ask in (bulletins.mark, bulletins.rows):
        with pytest.raises(SQLAlchemyError, match="bulletin"):
            ask(bare_engine)
    with pytest.raises(SQLAlchemyError, match="bulletin"):
        bulletins.add(bare_engine, Asked("a"), day=TODAY, by="AB")


@pytest.mark.parametrize(
    ("said", "left_out"),
    [
        pytest.param([Pause("a", NOON)], {("a", ""): NOON}, id="a pause"),
        pytest.param([Pause("a", NOON), Lifted("a")], {}, id="lifted"),
        pytest.param([Lifted("a"), Pause("a", NOON)], {("a", ""): NOON}, id="a lift ends nothing that comes later"),
        pytest.param([Pause("a", NOON, phone="1"), Lifted("a")], {}, id="a lift of the entry ends its numbers' too"),
        pytest.param(
            [Pause("a", NOON), Pause("a", NOON, phone="1"), Pause("a", NOON, phone="2"), Lifted("a", "1")],
            {("a", ""): NOON, ("a", "2"): NOON},
            id="a lift of a number ends that one's alone",
        ),
        pytest.param([Pause("a", NOON), Lifted("b")], {("a", ""): NOON}, id="another entry"),
        pytest.param([Pause("a", None), Pause("a", NOON)], {("a", ""): None}, id="a shorter one shortens nothing"),
        pytest.param([Pause("a", NOON), Pause("a", None)], {("a", ""): None}, id="a longer one lengthens it"),
        pytest.param(
            [Pause("a", None), Lifted("a"), Pause("a", NOON)], {("a", ""): NOON}, id="after a lift it is shorter"
        ),
    ],
)
def test_what_is_left_out_until_when(said: list[Said], left_out: dict[tuple[str, str], datetime | None]) -> None:
    assert {(pause.entry, pause.phone): pause.until for pause in holds(*said).pauses} == left_out


def test_checks_stand_in_the_order_they_were_told_with_who_told_them() -> None:
    older = replace(CHECK, on=TODAY - timedelta(days=9))
    told = holds(Checked("a", CHECK), Checked("a", older), Checked("a", CHECK, "1"))
    assert told.checks == {("a", ""): (CHECK, older), ("a", "1"): (CHECK,)}


def test_a_banner_takes_the_place_of_an_older_one_of_its_name_until_it_is_lowered() -> None:
    later, other = replace(BANNER, text={"en": "x", "es": "y"}), replace(BANNER, slug="heat")
    assert holds(BANNER, other, later).banners == (other, later)
    assert holds(BANNER, other, Lowered("ice")).banners == (other,)
    assert holds(BANNER, Lowered("ice"), BANNER).banners == (BANNER,)
    assert holds(Lowered("never raised")).banners == ()


@pytest.mark.parametrize(
    ("check", "answered"),
    [
        pytest.param(CHECK, True, id="called, all is well"),
        pytest.param(replace(CHECK, result=Result.WRONG_NUMBER), True, id="called, and they were right"),
        pytest.param(replace(CHECK, how=How.OFFICIAL_PAGE), True, id="the owner's page"),
        pytest.param(replace(CHECK, result=Result.NO_ANSWER), False, id="nobody answered staff either"),
        pytest.param(replace(CHECK, how=How.STORED_PAGE), False, id="a stored page knows nothing of today"),
        pytest.param(replace(CHECK, on=TODAY - timedelta(days=1)), False, id="made before they complained"),
    ],
)
def test_what_ends_a_complaint(check: Check, answered: bool) -> None:
    assert holds(Asked("a"), Asked("b"), Checked("a", check, "1")).asked.keys() == ({"b"} if answered else {"a", "b"})
    assert holds(Checked("a", check), Asked("a")).asked == {"a": TODAY}


def test_a_complaint_waits_since_the_first_day() -> None:
    later = written(Asked("a"), number=2, day=TODAY + timedelta(days=5), by="")
    assert fold([later, *numbered(Asked("a"))]).bulletins.asked == {"a": TODAY}


BODY = json.loads(numbered(BANNER)[0].body)
SPOILED = {
    "an unknown kind": replace(numbered(Asked("a"))[0], kind="recall"),
    "no entry": replace(numbered(Asked("a"))[0], entry=""),
    "no day": replace(numbered(Asked("a"))[0], on="yesterday"),
    "no JSON": replace(numbered(Pause("a", NOON))[0], body="{"),
    "no object": replace(numbered(Pause("a", NOON))[0], body="[]"),
    "too deep": replace(numbered(Pause("a", NOON))[0], body="[" * 100_000),
    "no until": replace(numbered(Pause("a", NOON))[0], body='{"why": "full"}'),
    "no zone": replace(numbered(Pause("a", NOON))[0], body='{"until": "2026-11-21", "why": "full"}'),
    "no moment in UTC": replace(
        numbered(Pause("a", NOON))[0], body='{"until": "0001-01-01T00:00:00+14:00", "why": "full"}'
    ),
    "an unknown reason": replace(numbered(Pause("a", NOON))[0], body='{"until": null, "why": "rain"}'),
    "an unknown way": replace(numbered(Checked("a", CHECK))[0], body='{"how": "heard", "on": "2026-11-21"}'),
    "a number for a note": replace(
        numbered(Checked("a", CHECK))[0], body='{"how": "called", "note": 7, "on": "2026-11-21", "result": "ok"}'
    ),
    "a banner without words": replace(numbered(BANNER)[0], body=json.dumps({**BODY, "text": {}})),
    "a banner of numbers": replace(numbered(BANNER)[0], body=json.dumps({**BODY, "text": {"en": 7}})),
    "areas in a row of letters": replace(numbered(BANNER)[0], body=json.dumps({**BODY, "areas": "westmont"})),
    "bytes": replace(numbered(Asked("a"))[0], phone=b"\xff"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("row", SPOILED.values(), ids=SPOILED)
def test_a_row_that_somebody_spoiled_is_named_and_the_others_hold(row: Row) -> None:
    with pytest.raises(UnreadableRowError, match="bulletin 1 cannot be read") as caught:
        said_in(row)
    assert caught.value.__cause__ is None
    folded = fold([*numbered(Pause("a", NOON), first=2), row])
    assert folded.unreadable == (1,)
    assert (folded.bulletins.number, folded.bulletins.pauses) == (2, (Pause("a", NOON),))


def test_the_number_of_a_row_that_cannot_be_read_counts(engine: Engine) -> None:
    for said in EVERYTHING[:2]:
        bulletins.add(engine, said, day=TODAY, by="AB")
    with engine.begin() as connection:
        connection.execute(update(BulletinRow).where(BulletinRow.number == 2).values(body="?"))
    folded = fold(bulletins.rows(engine))
    assert (folded.bulletins.number, folded.bulletins.pauses, folded.unreadable) == (2, (), (2,))
    assert bulletins.add(engine, Lifted("cast-la"), day=TODAY, by="AB") == 3


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_one_row_that_is_no_text_hides_no_other(database: Database, engine: Engine) -> None:
    assert isinstance(database, SqliteDatabase)
    for said in EVERYTHING[:2]:
        bulletins.add(engine, said, day=TODAY, by="AB")
    with engine.begin() as connection:
        connection.execute(text("UPDATE bulletin SET body = CAST(x'7bff' AS TEXT) WHERE number = 1"))
        values = {"number": 3, "kind": b"\x00", "entry": "", "phone": "", "on": "", "by": "", "body": "{}"}
        connection.execute(insert(BulletinRow).values(**values))
    assert bulletins.mark(engine)
    folded = fold(bulletins.rows(engine))
    assert (folded.unreadable, [pause.entry for pause in folded.bulletins.pauses]) == ((1, 3), ["cast-la"])


def test_nothing_was_told_yet(engine: Engine) -> None:
    assert fold(bulletins.rows(engine)).bulletins == NO_BULLETINS


ENTRIES, PHONES, SLUGS = st.sampled_from("ab"), st.sampled_from(["", "1", "2"]), st.sampled_from("xyz")
MOMENTS = st.integers(-3, 3).map(lambda hours: NOON + timedelta(hours=hours))
DAYS = st.integers(-3, 3).map(lambda days: TODAY + timedelta(days=days))
CHECKS = st.builds(Check, DAYS, st.sampled_from(How), st.just("AB"), st.sampled_from(Result))
SAID = st.one_of(
    st.builds(Checked, ENTRIES, CHECKS, PHONES),
    st.builds(Pause, ENTRIES, st.none() | MOMENTS, st.sampled_from(Why), PHONES),
    st.builds(Lifted, ENTRIES, PHONES),
    st.builds(Banner, SLUGS, st.just({"en": "x"}), MOMENTS),
    st.builds(Lowered, SLUGS),
    st.builds(Asked, ENTRIES),
)
TELLINGS = st.lists(st.tuples(SAID, DAYS), max_size=12)
#: Whatever a person could type into a table, mostly near to what stands there.
ANYTHING = st.text(max_size=20) | st.sampled_from(["check", "pause", "lift", "banner", "lower", "asked", "{}", "null"])
JUNK = st.builds(Row, st.integers(100, 199), ANYTHING, ANYTHING, ANYTHING, ANYTHING, ANYTHING, ANYTHING)


def in_order(tellings: Iterable[tuple[Said, date]]) -> list[Row]:
    return [written(said, number=n, day=day, by="AB") for n, (said, day) in enumerate(tellings, start=1)]


def is_left_out(said: list[Said], target: tuple[str, str], now: datetime) -> bool:
    """Tell by looking at every pause and at all that was lifted after it."""
    return any(
        isinstance(pause, Pause)
        and (pause.entry, pause.phone) == target
        and (pause.until is None or now < pause.until)
        and not any(
            isinstance(lift, Lifted) and lift.entry == target[0] and lift.phone in ("", target[1]) for lift in later
        )
        for place, pause in enumerate(said)
        for later in [said[place + 1 :]]
    )


def waits_since(tellings: list[tuple[Said, date]], entry: str) -> date | None:
    """Tell on which day the complaints began that no check has ended."""
    since = None
    for said, day in tellings:
        if said == Asked(entry):
            since = since or day
        if isinstance(said, Checked) and said.entry == entry and since and said.check.on >= since:
            if said.check.how in PROVEN and said.check.result != Result.NO_ANSWER:
                since = None
    return since


@given(TELLINGS, st.data())
def test_what_holds_after_any_bulletins_in_any_order_of_rows(
    tellings: list[tuple[Said, date]], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(in_order(tellings)))
    folded = fold(shuffled)
    told, said = folded.bulletins, [one for one, _ in tellings]
    assert (folded.unreadable, told.number) == ((), len(tellings))
    targets = [(pause.entry, pause.phone) for pause in told.pauses]
    assert len(set(targets)) == len(targets)
    for target in [(entry, phone) for entry in "ab" for phone in ("", "1", "2")]:
        for now in [NOON + timedelta(hours=hours) for hours in (-4, -1, 0, 2, 3)]:
            found = [p for p in told.pauses if (p.entry, p.phone) == target and (p.until is None or now < p.until)]
            assert bool(found) == is_left_out(said, target, now), (target, now)
        made = tuple(one.check for one in said if isinstance(one, Checked) and (one.entry, one.phone) == target)
        assert told.checks.get(target, ()) == made
    assert told.asked == {entry: day for entry in "ab" if (day := waits_since(tellings, entry))}
    for slug in "xyz":
        about = [one for one in said if isinstance(one, Banner | Lowered) and one.slug == slug]
        assert [banner for banner in told.banners if banner.slug == slug] == [
            one for one in about[-1:] if isinstance(one, Banner)
        ]


@given(TELLINGS, st.lists(JUNK, max_size=5, unique_by=lambda row: row.number))
def test_junk_between_them_is_left_out_and_told(tellings: list[tuple[Said, date]], junk: list[Row]) -> None:
    folded, without = fold([*junk, *in_order(tellings)]), fold(in_order(tellings))
    if len(folded.unreadable) == len(junk):
        assert replace(folded.bulletins, number=without.bulletins.number) == without.bulletins
    else:
        assert set(folded.unreadable) <= {row.number for row in junk}  # some of it happened to say something
