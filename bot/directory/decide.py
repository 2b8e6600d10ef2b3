"""What an import does with one service, and why."""

import json
from dataclasses import replace

from bot.directory.drawing.draw import Drawn
from bot.directory.plan_rows import Found, Kept, Row, Standing, Table, Verdict, Write
from bot.directory.service import text_of
from bot.referral.changes import Change, changes, untold

STILL_PLACED = "where it is must not be known, and the published entry tells it: --take it, and publish that soon"


def decide(drawn: Drawn, found: Found, *, source: str, taken: bool) -> Row:
    """Return what an import does with a service. `taken`: a person asked for what the source says.

    Of one whose place must not be known the differences name fields only, and what is kept or drafted loses its
    point on the map, whoever edited it.
    """
    row = _decided(drawn, found, source=source, taken=taken)
    if not drawn.hides:
        return row
    row = replace(row, changes=untold(row.changes), here=untold(row.here))
    return row if row.taken or found.kept is None else _placeless(row, found.before)


def _decided(drawn: Drawn, found: Found, *, source: str, taken: bool) -> Row:
    kept = found.kept
    row = Row(
        verdict=Verdict.REFUSE,
        service=drawn.service.id,
        entry=kept.entry if kept else drawn.entry_id,
        area=drawn.area,
        name=str(drawn.service.doc.get("name", "")),
        where=drawn.service.where,
        notes=(*drawn.notes, *drawn.refused),
    )
    if kept and kept.source != source:
        return replace(row, why=(f"it was imported before as part of {kept.source!r}: import it under that name",))
    if drawn.refused:
        return _emptied(row, drawn, kept) if kept else row
    # An entry keeps the id it was first given; of a merged service that is not the entry it belongs to now.
    own_id = str(kept.drawn.get("id", kept.entry)) if kept else drawn.entry_id
    new = _New(row, drawn, own_id)
    if kept is None:
        return new.first(found, taken=taken)
    if kept.merged:
        return new.merged(kept)
    return new.again(kept, found, taken=taken)


def _emptied(row: Row, drawn: Drawn, kept: Kept) -> Row:
    """Return a refusal of what was imported before: nothing of it may be kept, so what was kept goes."""
    hsds = text_of(drawn.service.doc)
    if kept.gone and kept.hsds == hsds:
        return row
    write = Write(
        drawn.service.source_id, kept.entry, kept.area, hsds, kept.drawn, kept.merged, gone=True, seal=kept.seal
    )
    return replace(row, why=("what was kept of it is emptied; its draft waits until somebody drops it",), write=write)


def _placeless(row: Row, here: Standing | None) -> Row:
    placed = here.table if here is not None and here.table is not None and "place" in here.table else None
    if here is not None and here.live and placed is not None:
        return replace(row, why=(*row.why, STILL_PLACED))
    if row.write is None or row.write.draft is not None:
        return row
    # Where a clash waits for a person, the entry as it was once drawn is kept to be compared with.
    write = replace(row.write, drawn=_without_place(row.write.drawn))
    if here is not None and placed is not None:
        write = replace(write, draft=_without_place(placed), place=here.area)
    return replace(row, write=write)


class _New:
    """A service that may be kept, and the row it gets in each case."""

    def __init__(self, row: Row, drawn: Drawn, own_id: str) -> None:
        self._row = row
        self._doc = drawn.service.doc
        self._table: Table = {**drawn.entry, "id": own_id}
        self._write = Write(drawn.service.source_id, row.entry, row.area, text_of(self._doc), self._table)

    def first(self, found: Found, *, taken: bool) -> Row:
        """Return the row of a service that was never imported here."""
        there = found.after
        if found.released and not found.says_more:
            return self._is(Verdict.SAME, "the release holds it already")
        if found.released:
            why = "the release holds its entry already; what else the file says of it is kept"
            return self._is(Verdict.ADD, why, write=replace(self._write, merged=True))
        if there is None or there.table is None:
            return self._is(Verdict.ADD, write=replace(self._write, draft=self._table))
        differs = tuple(changes(there.table, self._table))
        if not differs and not there.live:
            return self._is(Verdict.SAME, "a draft says the same already")
        where = "the release" if there.live else "a draft here"
        why = f"it is an entry of {where} already, and differs from it"
        row = replace(self._is(Verdict.CLASH, why), changes=differs)
        draft = {**self._table} if not there.live else unchecked({**there.table, **self._table})
        return self._kept_back(row, replace(self._write, draft=draft, place=there.area), taken=taken)

    def merged(self, kept: Kept) -> Row:
        """Return the row of a service that a person merged into another entry."""
        differs = self._differences(kept)
        if not differs and not kept.gone:
            return self._is(Verdict.SAME, f"merged into {kept.entry}")
        why = f"merged into {kept.entry}: that entry stays as it is, see whether it should change"
        write = replace(self._write, merged=True, seal=kept.seal)
        return replace(self._is(Verdict.CHANGE, why, write=write), changes=differs)

    def again(self, kept: Kept, found: Found, *, taken: bool) -> Row:
        """Return the row of a service that was imported before."""
        differs = self._differences(kept)
        moved = kept.area != self._row.area
        drawn_anew = moved or dict(kept.drawn) != dict(self._table)
        here = found.before or Standing(kept.area)
        write = replace(self._write, seal=kept.seal)
        if not drawn_anew:
            if taken and here.table is None:
                why = "its entry was removed here, and comes back"
                return self._is(Verdict.CHANGE, why, write=replace(write, draft=self._table), taken=True)
            if not differs and not kept.gone:
                return self._is(Verdict.SAME)
            why = "it is listed again" if kept.gone else "nothing of its entry changes"
            return replace(self._is(Verdict.CHANGE, why, write=write), changes=differs)
        stale = kept.area if moved else ""
        if not here.live and here.table is not None and dict(here.table) == dict(kept.drawn):
            why = f"it moves from {kept.area} to {self._row.area}" if moved else ""
            write = replace(write, draft=self._table, stale=stale)
            return replace(self._is(Verdict.CHANGE, why, write=write), changes=differs)
        return self._clash(kept, here, write, taken=taken)

    def _clash(self, kept: Kept, here: Standing, write: Write, *, taken: bool) -> Row:
        edited = tuple(changes(kept.drawn, here.table)) if here.table is not None else ()
        why = "its entry was edited here" if here.table is not None else "its entry was removed here"
        row = self._is(Verdict.CLASH, "its entry is published" if here.live else why)
        differs = tuple(changes(kept.drawn, self._table)) or self._differences(kept)
        row = replace(row, changes=differs, here=edited)
        if here.table is None:
            back = replace(write, draft=self._table)
        else:
            draft = _three_ways(kept.drawn, self._table, here.table)
            # A published entry stays in the file it is in: a draft elsewhere would make two of it.
            area = here.area if here.live else write.area
            back = replace(write, draft=draft, place=area, stale=here.area if here.area != area else "")
        if not taken and write.hsds != kept.hsds:
            # What the source says is remembered, so that a place it now keeps secret is not kept here. The entry
            # stays, and so does what it is compared with: the clash is told again next time.
            row = replace(row, write=replace(write, area=kept.area, drawn=kept.drawn))
        return self._kept_back(row, back, taken=taken)

    def _kept_back(self, row: Row, write: Write, *, taken: bool) -> Row:
        return replace(row, write=write, taken=True) if taken else row

    def _differences(self, kept: Kept) -> tuple[Change, ...]:
        if kept.hsds != self._write.hsds and (found := tuple(changes(json.loads(kept.hsds), self._doc))):
            return found
        return tuple(changes(kept.drawn, self._table))

    def _is(self, verdict: Verdict, why: str = "", *, write: Write | None = None, taken: bool = False) -> Row:
        whys = (why,) if why else ()
        return replace(self._row, verdict=verdict, why=whys, write=write, taken=taken)


def _three_ways(before: Table, after: Table, here: Table) -> Table:
    """Return what stands here with what the source changed put into it."""
    keys = (*here, *(key for key in after if key not in here))
    sides = {key: after if before.get(key) != after.get(key) else here for key in keys}
    mixed = {key: side[key] for key, side in sides.items() if key in side}
    return unchecked(mixed) if sides.get("phone") is after else mixed


def _without_place(table: Table) -> Table:
    return {key: value for key, value in table.items() if key != "place"}


def unchecked(table: Table) -> Table:
    """Return an entry that has other numbers than those somebody checked: it is to be checked first."""
    return {key: value for key, value in table.items() if key != "checks"} | {"status": "check-first"}
