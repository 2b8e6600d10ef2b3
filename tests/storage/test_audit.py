"""The record of what staff did: numbered, chained, and nothing of it can be changed without being noticed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, insert, select, text, update

from bot.storage import audit
from bot.storage.audit import CUT, KEPT, LAST, LONGEST, Act
from bot.storage.audit_chain import verify
from bot.storage.database import connect
from bot.storage.tables import AuditEndRow, AuditRow
from tests.conftest import THOROUGH
from tests.databases import Database, SqliteDatabase
from tests.storage.races import race

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
WRITTEN = 9

WRITE_TOGETHER = """
import sys
from datetime import UTC, datetime
from bot.storage.audit import Act, write
from bot.storage.database import connect
engine = connect(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for turn in range(20):
    write(engine, Act.CHECKED, by="ab@example.org", about=str(turn), now=datetime(2026, 11, 21, 12, tzinfo=UTC))
engine.dispose()
"""


@pytest.fixture
def kept(engine: Engine) -> Engine:
    """Give a database with WRITTEN lines."""
    for turn in range(WRITTEN):
        audit.write(
            engine, Act.DRAFT_SAVED, by="ab@example.org", about=f"topics/{turn}.toml", now=NOON + timedelta(hours=turn)
        )
    return engine


def change(engine: Engine, line: int, **values: object) -> None:
    with engine.begin() as connection:
        connection.execute(update(AuditRow).where(AuditRow.number == line).values(**values))


def swap(engine: Engine, first: int, second: int) -> None:
    with engine.begin() as connection:
        rows = {row.number: row._asdict() for row in connection.execute(select(AuditRow.__table__))}
        for number, other in ((first, second), (second, first)):
            values = {key: value for key, value in rows[other].items() if key != "number"}
            connection.execute(update(AuditRow).where(AuditRow.number == number).values(**values))


def remove(engine: Engine, *numbers: int) -> None:
    with engine.begin() as connection:
        connection.execute(delete(AuditRow).where(AuditRow.number.in_(numbers)))


def forge(engine: Engine, number: int) -> None:
    """Change a line and seal it anew, as somebody would who knows how."""
    with engine.begin() as connection:
        found = connection.execute(select(AuditRow.__table__).where(AuditRow.number.in_((number - 1, number))))
        before, row = sorted(found, key=lambda one: one.number)
        told = ("cd@example.org", row.act, row.about, row.detail)
        seal = audit.sealed(before.digest, number, row.at, told)
        forged = update(AuditRow).where(AuditRow.number == number).values(by=told[0], digest=seal)
        connection.execute(forged)


def test_lines_come_back_newest_first_and_page_by_page(kept: Engine) -> None:
    found = audit.entries(kept, most=4)
    assert [line.number for line in found] == [9, 8, 7, 6]
    assert found[0].at == NOON + timedelta(hours=8)
    assert (found[0].by, found[0].act, found[0].about) == ("ab@example.org", "draft saved", "topics/8.toml")
    assert [line.number for line in audit.entries(kept, before=6, most=100)] == [5, 4, 3, 2, 1]


def test_a_chain_nobody_touched_is_whole(kept: Engine) -> None:
    verdict = verify(kept)
    assert (verdict.whole, verdict.first, verdict.last) == (True, 1, WRITTEN)
    assert verdict.digest == audit.entries(kept, most=1)[0].digest


def test_an_empty_audit_is_whole(engine: Engine) -> None:
    assert (verify(engine).whole, verify(engine).last) == (True, 0)
    assert audit.entries(engine) == []


TAMPERED: dict[str, tuple[Callable[[Engine], None], int]] = {
    "at": (lambda engine: change(engine, 4, at=NOON), 4),
    "by": (lambda engine: change(engine, 4, by="cd@example.org"), 4),
    "act": (lambda engine: change(engine, 4, act="published"), 4),
    "about": (lambda engine: change(engine, 4, about=""), 4),
    "detail": (lambda engine: change(engine, 4, detail='{"a":"b"}'), 4),
    "detail is no JSON": (lambda engine: change(engine, 4, detail="{"), 4),
    "digest": (lambda engine: change(engine, 4, digest="0" * 64), 4),
    "number": (lambda engine: change(engine, 4, number=44), 4),
    "a number below the first": (lambda engine: change(engine, 4, number=-1), 1),
    "the last line": (lambda engine: change(engine, WRITTEN, by="cd@example.org"), WRITTEN),
    "a line forged with a digest that fits": (lambda engine: forge(engine, 4), 5),
    "the last line forged with a digest that fits": (lambda engine: forge(engine, WRITTEN), WRITTEN),
    "one is gone": (lambda engine: remove(engine, 5), 5),
    "the first is gone": (lambda engine: remove(engine, 1), 1),
    "two are swapped": (lambda engine: swap(engine, 3, 7), 3),
    "the last are gone": (lambda engine: remove(engine, 8, 9), 8),
    "all are gone": (lambda engine: remove(engine, *range(1, 10)), 1),
}


def rows(engine: Engine) -> list[dict[str, object]]:
    with engine.connect() as connection:
        return [row._asdict() for row in connection.execute(select(AuditRow.__table__))]


def test_what_was_tampered_with_is_named(kept: Engine) -> None:
    # One database for all of it: making one takes longer than the whole test.
    before = rows(kept)
    for what, (tamper, number) in TAMPERED.items():
        tamper(kept)
        verdict = verify(kept)
        assert (verdict.broken, verdict.whole, bool(verdict.why)) == (number, False, True), what
        with kept.begin() as connection:
            connection.execute(delete(AuditRow))
            connection.execute(insert(AuditRow), before)
        assert verify(kept).whole, what


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_line_that_the_database_cannot_give_back_is_named(database: Database, kept: Engine) -> None:
    assert isinstance(database, SqliteDatabase)
    with kept.begin() as connection:
        connection.execute(text("UPDATE audit SET at = 'noon' WHERE number = 6"))
    assert (verify(kept).broken, verify(kept).why) == (6, "cannot be read")
    with pytest.raises(audit.TamperedAuditError, match="audit verify"):
        audit.entries(kept)


def test_a_line_added_by_hand_is_noticed(kept: Engine) -> None:
    with kept.begin() as connection:
        last = connection.execute(select(AuditRow.__table__).where(AuditRow.number == WRITTEN)).one()._asdict()
        connection.execute(insert(AuditRow).values(last | {"number": WRITTEN + 1}))
    assert verify(kept).broken == WRITTEN + 1


def test_an_end_moved_by_hand_is_noticed(kept: Engine) -> None:
    with kept.begin() as connection:
        connection.execute(delete(AuditEndRow).where(AuditEndRow.which == LAST))
    assert verify(kept).broken == WRITTEN


def test_whoever_writes_the_whole_audit_anew_is_found_by_what_was_kept_elsewhere(kept: Engine) -> None:
    was = verify(kept)
    with kept.begin() as connection:
        connection.execute(delete(AuditRow))
        connection.execute(delete(AuditEndRow))
    for _ in range(WRITTEN):
        audit.write(kept, Act.SIGNED_IN, by="cd@example.org", now=NOON)
    assert verify(kept).whole
    assert verify(kept, known={was.last: was.digest}).broken == WRITTEN
    remove(kept, WRITTEN)
    assert verify(kept, known={WRITTEN + 5: was.digest}).broken == WRITTEN


def test_a_shorter_audit_made_anew_is_found_by_what_was_kept_elsewhere(kept: Engine) -> None:
    assert verify(kept, known={WRITTEN + 1: "0" * 64}).broken == WRITTEN + 1


def test_lines_older_than_a_year_go_and_the_rest_still_verifies(kept: Engine) -> None:
    later = NOON + KEPT + timedelta(hours=3, minutes=30)
    audit.write(kept, Act.PUBLISHED, by="ab@example.org", now=later)
    found = audit.entries(kept)
    assert [line.number for line in found] == [11, 10, 9, 8, 7, 6, 5]
    assert (found[0].act, found[0].about) == ("cut", "4")
    assert (verify(kept).whole, verify(kept).first) == (True, 5)
    audit.write(kept, Act.PUBLISHED, by="ab@example.org", now=later + KEPT * 2)
    assert [line.number for line in audit.entries(kept)] == [13, 12]
    assert verify(kept).whole


def test_old_lines_go_also_where_nobody_writes_any_more(kept: Engine) -> None:
    audit.retire(kept, NOON + KEPT)
    assert len(audit.entries(kept)) == WRITTEN
    audit.retire(kept, NOON + KEPT * 2)
    assert [line.act for line in audit.entries(kept)] == ["cut"]
    assert verify(kept).whole


def test_lines_cut_off_by_hand_are_not_taken_for_old_ones(kept: Engine) -> None:
    with kept.begin() as connection:
        seal = connection.scalars(select(AuditRow.digest).where(AuditRow.number == 3)).one()
        connection.execute(delete(AuditRow).where(AuditRow.number <= 3))
        connection.execute(insert(AuditEndRow).values(which=CUT, number=3, digest=seal))
    assert verify(kept).broken == 3


def test_a_line_of_a_wrong_clock_keeps_no_older_one(engine: Engine) -> None:
    for hours, years in ((0, 0), (1, 40), (2, 0), (3, 1)):
        audit.write(engine, Act.CHECKED, by="", now=NOON + timedelta(hours=hours) + years * KEPT)
        if years == 40:
            continue
    audit.write(engine, Act.CHECKED, by="", now=NOON + KEPT + timedelta(hours=3))
    assert verify(engine).whole
    assert all(line.at >= NOON + KEPT for line in audit.entries(engine))


def test_what_is_done_and_its_line_come_to_be_together(kept: Engine) -> None:
    with kept.connect() as connection, connection.begin() as done:
        audit.write(connection, Act.SCRUBBED, by="ab@example.org", now=NOON)
        done.rollback()
    assert verify(kept).last == WRITTEN


def test_what_no_database_can_hold_is_left_out_and_what_is_long_is_cut(engine: Engine) -> None:
    audit.write(engine, Act.CHECKED, by="a\x00b\ud800", about="é" * 900, detail={"note": "x" * 900}, now=NOON)
    (line,) = audit.entries(engine)
    assert (line.by, len(line.about), len(line.detail["note"])) == ("ab", LONGEST, LONGEST)
    assert verify(engine).whole


UNSEEN = {
    "a line of its own": ("a\n7 2026-11-21 cd@example.org", "a 7 2026-11-21 cd@example.org"),
    "lines of other systems": ("a\r\nb\rc\u2028d\u2029e", "a bc d e"),
    "turned around": ("a\u202eb\u2066c\u200fd\u061ce", "abcde"),
    "nothing to see": ("a\u200bb\ufeffc\u00add\x07e\x1b[2J\x85f", "abcde[2Jf"),
    "what is written somewhere": ("mañana 日本 कि e\u0301", "mañana 日本 कि e\u0301"),
}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("written", "kept"), UNSEEN.values(), ids=UNSEEN)
def test_nothing_in_a_line_breaks_hides_or_turns_what_stands_around(engine: Engine, written: str, kept: str) -> None:
    audit.write(engine, Act.CHECKED, by=written, about=written, detail={written: written}, now=NOON)
    (line,) = audit.entries(engine)
    assert (line.by, line.about, line.detail) == (kept, kept, {kept: kept})
    assert verify(engine).whole


def test_processes_that_write_at_once_keep_the_chain(database: Database, engine: Engine) -> None:
    race(WRITE_TOGETHER, database.url, runners=2)
    assert [line.number for line in audit.entries(engine)] == list(range(40, 0, -1))
    assert verify(engine).whole


LINES = st.tuples(st.sampled_from(Act), st.text(max_size=8), st.text(max_size=8), st.integers(-900, 900))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@settings(max_examples=500 if THOROUGH else 12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(LINES, max_size=8))
def test_any_lines_in_any_order_of_days_leave_a_whole_chain(
    database: Database, engine: Engine, lines: list[tuple[Act, str, str, int]]
) -> None:
    fresh = connect(database.url)
    for act, by, about, days in lines:
        audit.write(fresh, act, by=by, about=about, now=NOON + timedelta(days=days))
        assert verify(fresh).whole
    fresh.dispose()
