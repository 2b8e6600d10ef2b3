"""What becomes of one service, case by case."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from bot.directory.decide import STILL_PLACED
from bot.directory.drawing.draw import Drawn
from bot.directory.plan import plan
from bot.directory.plan_rows import Row, Verdict
from tests.directory.plan.made import SOURCE, FakeBase, drawn, kept, refused, service_id, table

EDITED = table(1, note={"en": "Ring twice", "es": "Toque dos veces"})
NEW_NUMBER = {"phone": [{"number": "+12135559999", "ways": ["call"], "publish": False}]}
LIVE = {**table(1), "status": "publish", "checks": [{"on": "2026-11-21", "how": "called"}]}


def planned(each: Drawn, base: FakeBase, taken: Iterable[str] = ()) -> Row:
    row, *rest = plan([each], base, source=SOURCE, taken=list(taken))
    assert rest == []
    return row


def verdict(row: Row) -> tuple[Verdict, bool, Any]:
    """Give the verdict, whether anything is written, and the draft that is written."""
    return row.verdict, row.write is not None, row.write.draft if row.write else None


def test_a_new_service_is_added_as_a_draft() -> None:
    row = planned(drawn(1), FakeBase())
    assert verdict(row) == (Verdict.ADD, True, table(1))
    assert row.write is not None
    assert (row.write.entry, row.write.area, row.write.source_id, row.write.seal) == ("pantry-1", "westlake", "1", "")
    assert row.write.seals == {"westlake": ""}


def test_the_same_again_writes_nothing() -> None:
    assert verdict(planned(drawn(1), FakeBase.after(drawn(1)))) == (Verdict.SAME, False, None)


def test_what_the_source_changed_is_told_and_written() -> None:
    base = FakeBase.after(drawn(1))
    row = planned(drawn(1, entry=NEW_NUMBER, alert="Moved"), base)
    assert verdict(row) == (Verdict.CHANGE, True, table(1, **NEW_NUMBER))
    assert [str(change) for change in row.changes] == ["alert: nothing -> Moved"]
    assert row.write is not None
    assert row.write.seal == "s"
    assert row.write.seals["westlake"] != ""


def test_what_changes_nothing_of_the_entry_leaves_an_edited_draft_alone() -> None:
    base = FakeBase.after(drawn(1))
    base.drafts["westlake", "pantry-1"] = EDITED
    row = planned(drawn(1, alert="Moved"), base)
    assert verdict(row) == (Verdict.CHANGE, True, None)


def test_what_both_changed_is_kept_back_and_shown_from_both_sides() -> None:
    base = FakeBase.after(drawn(1))
    base.drafts["westlake", "pantry-1"] = EDITED
    row = planned(drawn(1, entry=NEW_NUMBER), base)
    assert verdict(row) == (Verdict.CLASH, False, None)
    assert [change.path for change in row.changes] == ["phone[+12135550001]", "phone[+12135559999]"]
    assert [str(change) for change in row.here] == ["note: nothing -> en: Ring twice; es: Toque dos veces"]


def test_a_clash_is_told_again_until_a_person_decides() -> None:
    # What the source says is remembered, so that a place it now keeps secret goes; the entry is not touched.
    base = FakeBase.after(drawn(1, alert="12 Hidden Lane"))
    base.drafts["westlake", "pantry-1"] = EDITED
    row = planned(drawn(1, entry=NEW_NUMBER), base)
    assert verdict(row) == (Verdict.CLASH, True, None)
    assert row.write is not None
    assert "Hidden" not in row.write.hsds
    assert row.write.drawn == table(1)
    base.rows[service_id(1)] = kept(1)
    assert verdict(planned(drawn(1, entry=NEW_NUMBER), base)) == (Verdict.CLASH, False, None)


@pytest.mark.parametrize("named", [service_id(1), "pantry-1"], ids=["by its id", "by its entry"])
def test_a_clash_is_taken_from_the_source_in_what_the_source_changed(named: str) -> None:
    base = FakeBase.after(drawn(1))
    base.drafts["westlake", "pantry-1"] = {**EDITED, "name": "Our name"}
    row = planned(drawn(1, entry=NEW_NUMBER), base, [named])
    assert verdict(row) == (Verdict.CLASH, True, {**EDITED, "name": "Our name", **NEW_NUMBER})
    assert row.taken
    assert row.write is not None
    assert row.write.drawn == table(1, **NEW_NUMBER)


def test_a_published_entry_is_never_changed_unasked_and_new_numbers_are_to_be_checked() -> None:
    base = FakeBase.after(drawn(1))
    base.drafts.clear()
    base.live["pantry-1"] = ("westlake", LIVE)
    assert verdict(planned(drawn(1), base)) == (Verdict.SAME, False, None)
    assert verdict(planned(drawn(1, alert="x"), base)) == (Verdict.CHANGE, True, None)
    row = planned(drawn(1, entry=NEW_NUMBER), base)
    assert verdict(row) == (Verdict.CLASH, False, None)
    row = planned(drawn(1, entry=NEW_NUMBER), base, ["pantry-1"])
    assert verdict(row) == (Verdict.CLASH, True, table(1, **NEW_NUMBER))
    row = planned(drawn(1, entry={"link": "new.org"}), base, ["pantry-1"])
    assert verdict(row) == (Verdict.CLASH, True, {**LIVE, "link": "new.org"})


def test_an_entry_published_as_it_was_drawn_is_not_changed_unasked_either() -> None:
    base = FakeBase.after(drawn(1))
    base.drafts.clear()
    base.live["pantry-1"] = ("westlake", table(1))
    assert verdict(planned(drawn(1, entry=NEW_NUMBER), base)) == (Verdict.CLASH, False, None)


def test_what_was_removed_here_does_not_come_back_by_itself() -> None:
    base = FakeBase.after(drawn(1))
    base.drafts.clear()
    assert verdict(planned(drawn(1), base)) == (Verdict.SAME, False, None)
    assert verdict(planned(drawn(1, entry=NEW_NUMBER), base)) == (Verdict.CLASH, False, None)
    assert verdict(planned(drawn(1), base, ["pantry-1"])) == (Verdict.CHANGE, True, table(1))
    taken = planned(drawn(1, entry=NEW_NUMBER), base, ["pantry-1"])
    assert verdict(taken) == (Verdict.CLASH, True, table(1, **NEW_NUMBER))


def test_an_entry_keeps_the_id_it_was_first_given() -> None:
    base = FakeBase.after(drawn(1))
    renamed = drawn(1, name="Bread Pantry", entry={"id": "bread-pantry-1", "name": "Bread Pantry"})
    renamed = Drawn(renamed.service, "bread-pantry-1", renamed.area, renamed.entry)
    row = planned(renamed, base)
    assert verdict(row) == (Verdict.CHANGE, True, table(1, name="Bread Pantry"))
    assert row.entry == "pantry-1"


def test_an_entry_that_moved_takes_its_draft_along_and_an_edited_one_is_kept_back() -> None:
    base = FakeBase.after(drawn(1))
    row = planned(drawn(1, area="westmont"), base)
    assert verdict(row) == (Verdict.CHANGE, True, table(1))
    assert row.write is not None
    assert (row.write.area, row.write.stale, set(row.write.seals)) == ("westmont", "westlake", {"westlake", "westmont"})
    base.drafts["westlake", "pantry-1"] = EDITED
    assert verdict(planned(drawn(1, area="westmont"), base)) == (Verdict.CLASH, False, None)
    row = planned(drawn(1, area="westmont"), base, ["pantry-1"])
    assert row.write is not None
    assert (row.write.place, row.write.stale, row.write.draft) == ("westmont", "westlake", EDITED)


def test_a_published_entry_stays_in_the_file_it_is_in() -> None:
    base = FakeBase.after(drawn(1))
    base.drafts.clear()
    base.live["pantry-1"] = ("westlake", LIVE)
    row = planned(drawn(1, area="westmont"), base, ["pantry-1"])
    assert row.write is not None
    assert (row.write.area, row.write.place, row.write.stale) == ("westmont", "westlake", "")


def test_what_a_person_merged_is_reported_and_not_applied() -> None:
    base = FakeBase({service_id(1): kept(1, merged=True)})
    base.live["pantry-1"] = ("westlake", LIVE)
    assert verdict(planned(drawn(1), base)) == (Verdict.SAME, False, None)
    row = planned(drawn(1, entry=NEW_NUMBER, phones=[]), base)
    assert verdict(row) == (Verdict.CHANGE, True, None)
    assert row.write is not None
    assert row.write.merged
    assert row.changes
    assert "stays as it is" in row.why[0]


def test_what_is_listed_again_is_told() -> None:
    base = FakeBase({service_id(1): kept(1, gone=True)}, {("westlake", "pantry-1"): table(1)})
    row = planned(drawn(1), base)
    assert verdict(row) == (Verdict.CHANGE, True, None)
    assert row.why == ("it is listed again",)


def test_what_may_not_be_kept_is_refused_and_what_was_kept_of_it_goes() -> None:
    assert verdict(planned(refused(1), FakeBase())) == (Verdict.REFUSE, False, None)
    base = FakeBase.after(drawn(1, alert="12 Hidden Lane"))
    row = planned(refused(1), base)
    assert verdict(row) == (Verdict.REFUSE, True, None)
    assert row.write is not None
    assert (row.write.gone, "Hidden" in row.write.hsds, row.write.seal) == (True, False, "s")
    assert [note.what for note in row.notes] == ["its number is a misprint"]
    base.rows[service_id(1)] = kept(1, gone=True)
    assert verdict(planned(refused(1), base)) == (Verdict.REFUSE, False, None)


def test_a_service_of_another_source_is_not_taken_over() -> None:
    row = planned(drawn(1), FakeBase({service_id(1): kept(1, source="ilao")}))
    assert verdict(row) == (Verdict.REFUSE, False, None)
    assert "'ilao'" in row.why[0]


@pytest.mark.parametrize(
    ("ours", "expected"),
    [
        pytest.param((True, False), (Verdict.SAME, False, None), id="says what the release says"),
        pytest.param((True, True), (Verdict.ADD, True, None), id="says more: that is kept, the entry is not touched"),
        pytest.param((False, False), (Verdict.CLASH, False, None), id="says something else"),
    ],
)
def test_an_entry_of_our_own_release(ours: tuple[bool, bool], expected: Any) -> None:
    base = FakeBase(live={"pantry-1": ("westlake", LIVE)}, ours={service_id(1): ours})
    row = planned(drawn(1), base)
    assert verdict(row) == expected
    assert row.write is None or row.write.merged


def test_a_foreign_entry_of_the_same_id_is_kept_back() -> None:
    base = FakeBase(live={"pantry-1": ("westlake", LIVE)})
    assert verdict(planned(drawn(1, entry=NEW_NUMBER), base)) == (Verdict.CLASH, False, None)
    row = planned(drawn(1, entry=NEW_NUMBER), base, ["pantry-1"])
    assert row.write is not None
    assert row.write.draft == table(1, **NEW_NUMBER)
    waiting = FakeBase(drafts={("westlake", "pantry-1"): table(1)})
    assert verdict(planned(drawn(1), waiting)) == (Verdict.SAME, False, None)


PLACED = {"place": {"lat": 34.06221, "long": -118.27634}}


def secret(number: int) -> Drawn:
    """Make a drawn service whose place its source has begun to keep secret."""
    return replace(drawn(number), hides=True)


def test_what_stood_there_before_a_place_became_secret_is_not_told() -> None:
    base = FakeBase.after(drawn(1, alert="12 Hidden Lane", entry=PLACED))
    row = planned(secret(1), base)
    assert verdict(row) == (Verdict.CHANGE, True, table(1))
    assert [str(change) for change in row.changes] == ["alert: (not shown) -> (not shown)"]


@pytest.mark.parametrize("edited", [EDITED | PLACED, EDITED], ids=["with its place", "without it"])
def test_a_draft_loses_its_place_when_that_becomes_secret_whoever_edited_it(edited: dict[str, Any]) -> None:
    base = FakeBase.after(drawn(1, alert="12 Hidden Lane", entry=PLACED))
    base.drafts["westlake", "pantry-1"] = edited
    row = planned(secret(1), base)
    assert row.write is not None
    assert "Hidden" not in row.write.hsds
    assert "place" not in row.write.drawn
    assert row.write.draft == (EDITED if "place" in edited else None)
    assert "34.06" not in str((row.changes, row.here, row.why))


def test_a_published_place_that_became_secret_is_told_of() -> None:
    base = FakeBase.after(drawn(1, entry=PLACED))
    base.drafts.clear()
    base.live["pantry-1"] = ("westlake", LIVE | PLACED)
    assert STILL_PLACED in planned(secret(1), base).why
    row = planned(secret(1), base, ["pantry-1"])
    assert row.write is not None
    assert row.write.draft is not None
    assert "place" not in row.write.draft
    assert STILL_PLACED not in row.why
