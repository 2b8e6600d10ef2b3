import pytest

from bot.directory.note import Level, Note, Where
from bot.directory.plan_rows import Row, Verdict, Write
from bot.directory.plan_summary import SHOWN, Summary
from bot.referral.changes import Change
from tests.directory.plan.made import service_id, table

WRITE = Write("1", "pantry-1", "westlake", "{}", table(1))


def summary(*rows: Row) -> Summary:
    made = Summary()
    for row in rows:
        made.add(row)
    return made


def note(number: int, what: str = "has no status, taken as active", value: str = "") -> Note:
    return Note(Level.INFERRED, Where("services.csv", number, "status"), what, value)


def test_totals_stand_first_and_all_of_them() -> None:
    rows = [Row(Verdict.ADD, service_id(n), write=WRITE) for n in range(1234)] + [Row(Verdict.GONE, service_id(9))]
    made = summary(*rows)
    lines = list(made.lines())
    assert lines[0] == "1,234 new, to be kept as unverified drafts"
    assert lines[2] == "    0 the same as before"
    assert lines[5] == "    1 no longer in the source: marked, nothing is deleted"
    assert (made.writes, made.changes_nothing) == (1234, False)


@pytest.mark.parametrize(
    ("row", "nothing"),
    [
        (Row(Verdict.SAME, "a"), True),
        (Row(Verdict.REFUSE, "a"), True),
        (Row(Verdict.CLASH, "a"), True),
        (Row(Verdict.CLASH, "a", write=WRITE), False),
        (Row(Verdict.GONE, "a"), False),
    ],
    ids=["same", "refused", "kept back", "taken", "gone"],
)
def test_it_knows_whether_there_is_anything_to_write(row: Row, nothing: bool) -> None:
    assert summary(row).changes_nothing is nothing


def test_notes_that_read_alike_are_one_line_with_three_examples() -> None:
    rows = [Row(Verdict.ADD, service_id(n), notes=(note(n, value=f"row {n}"),)) for n in reversed(range(2, 4002))]
    rows.append(Row(Verdict.ADD, service_id(1), notes=(note(7, "another"), note(8, "another"))))
    lines = list(summary(*rows).lines())
    start = lines.index("Taken to mean:")
    assert lines[start + 1 :] == [
        "  4,000 x has no status, taken as active",
        "      services.csv row 2, status: row 2",
        "      services.csv row 3, status: row 3",
        "      services.csv row 4, status: row 4",
        "  2 x another",
        "      services.csv row 7, status",
        "      services.csv row 8, status",
    ]


def test_what_stands_in_many_services_is_told_once() -> None:
    office = Note(Level.MENDED, Where("locations.csv", 9, "city"), "was in capitals", "LOS ANGELES")
    other = Note(Level.MENDED, Where("addresses.csv", 9, "city"), "was in capitals")
    rows = [Row(Verdict.ADD, service_id(n), notes=(office, other, note(9))) for n in range(50)]
    lines = list(summary(*rows).lines())
    assert "  2 x was in capitals" in lines
    assert lines.count("      locations.csv row 9, city: LOS ANGELES") == 1
    assert "  1 x has no status, taken as active" in lines


def test_refusals_come_before_what_was_left_out_mended_and_inferred() -> None:
    levels = (Level.INFERRED, Level.MENDED, Level.DROPPED, Level.REFUSED)
    notes = tuple(Note(level, Where("a.csv"), f"was {level}") for level in levels)
    lines = list(summary(Row(Verdict.REFUSE, "a", notes=notes)).lines())
    found = [line for line in lines if line.startswith("  1 x")]
    assert found == ["  1 x was refused", "  1 x was dropped", "  1 x was mended", "  1 x was inferred"]


def test_a_clash_shows_both_sides_and_how_to_take_it() -> None:
    row = Row(
        Verdict.CLASH,
        service_id(1),
        "pantry-1",
        name="Pantry",
        where=Where("services.csv", 12),
        why=("its entry was edited here",),
        changes=(Change("name", "A", "B"),),
        here=(Change("note.en", None, "Ring twice"),),
    )
    text = "\n".join(summary(row).lines())
    assert "--take ID" in text
    assert f"  Pantry (services.csv row 12)\n      service {service_id(1)}, entry pantry-1\n" in text
    assert "      name: A -> B\n      edited here: note.en: nothing -> Ring twice" in text
    assert "1 x clash: its entry was edited here" in text


def test_long_lists_are_cut_and_say_so() -> None:
    rows = [Row(Verdict.CHANGE, service_id(n), name=f"P{n}") for n in range(SHOWN + 5)]
    lines = list(summary(*rows).lines())
    assert lines[-1] == "  and 5 more: --report FILE lists all"
    assert sum(line.startswith("  P") for line in lines) == SHOWN


def test_when_most_of_it_is_gone_a_person_is_asked_to_look_twice() -> None:
    rows = [Row(Verdict.GONE, service_id(n)) for n in range(3)]
    assert any(line.startswith("Look twice: 3 of the 4") for line in summary(*rows, Row(Verdict.SAME, "a")).lines())
    few = summary(rows[0], Row(Verdict.SAME, "a"), Row(Verdict.SAME, "b")).lines()
    assert not any(line.startswith("Look twice") for line in few)


def test_nothing_a_directory_says_can_steer_the_terminal() -> None:
    said = "\x1b[2Jgone\u202e\r\n"
    row = Row(Verdict.CHANGE, "a", name=said, notes=(note(1, said, said),), changes=(Change(said, said, None),))
    assert all(line.isprintable() for line in summary(row).lines())
