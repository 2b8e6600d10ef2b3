"""How all numbers stand, as a table for a terminal or as JSON for a program: what must be checked first."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.referral.bulletin import Pause
from bot.referral.call_sheet import check_said
from bot.referral.content import Content
from bot.referral.given import today_in
from bot.referral.moments import day_said, said, zone_for
from bot.referral.standing import Standing, due_list
from bot.referral.trying import is_tried


@dataclass(frozen=True, slots=True)
class Row:
    """A number, how it stands, and what pauses it now."""

    standing: Standing
    tried: bool
    pauses: tuple[Pause, ...]

    @property
    def number(self) -> str:
        """The number as people read it, or the site of an entry without one."""
        return self.standing.phone.printed if self.standing.phone else self.standing.entry.link

    @property
    def waits(self) -> bool:
        """Say whether somebody should check it: it is late, or nobody has ever tried it."""
        return self.standing.late or not self.tried


def all_rows(content: Content, now: datetime) -> list[Row]:
    """List every number that texters may be given, the most urgent first."""
    return [
        Row(one, is_tried(one), paused(content, one.entry.id, one.phone.number if one.phone else "", now))
        for one in due_list(content, today_in(content, "", now))
    ]


def paused(content: Content, entry: str, number: str, now: datetime) -> tuple[Pause, ...]:
    """Return the pauses that are on for a number: its own, and those of its whole entry."""
    return tuple(
        pause
        for pause in content.bulletins.pauses
        if pause.entry == entry and pause.phone in ("", number) and (pause.until is None or now < pause.until)
    )


def as_table(content: Content, rows: Sequence[Row]) -> str:
    """Write rows as a table; what is special about a number stands below it."""
    head = ("Entry", "Number", "State", "Due", "Last check")
    cells = [(*_cells(row),) for row in rows]
    widths = [max(len(line[column]) for line in (head, *cells)) for column in range(len(head) - 1)]
    lines = [_line(head, widths)]
    for row, line in zip(rows, cells, strict=True):
        lines.append(_line(line, widths))
        lines += [f"    ! {remark}" for remark in _remarks(content, row)]
    return "\n".join(lines)


def as_json(rows: Iterable[Row]) -> str:
    """Write rows as a list of objects; days and moments as ISO, null where there is none."""
    return json.dumps([_object(row) for row in rows], ensure_ascii=False, indent=1)


def summary(rows: Sequence[Row]) -> str:
    """Say in one sentence how many numbers there are and how many of them wait."""
    untried, late = sum(not row.tried for row in rows), sum(row.standing.late for row in rows)
    return f"{len(rows)} numbers: {untried} that nobody has tried yet, {late} that must be checked now."


def pause_said(content: Content, pause: Pause) -> str:
    """Say how long a pause lasts and why."""
    until = "until somebody resumes it"
    if pause.until is not None:
        until = f"until {said(pause.until, zone_for(content, content.entries.get(pause.entry)))}"
    return f"{until} ({pause.why})"


def _cells(row: Row) -> Iterator[str]:
    one = row.standing
    yield from (one.entry.id, row.number, one.state)
    yield day_said(one.due) if one.due else "now"
    yield check_said(one.last) if one.last else "never"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    *first, last = cells
    return "  ".join([*(cell.ljust(width) for cell, width in zip(first, widths, strict=True)), last]).rstrip()


def _remarks(content: Content, row: Row) -> Iterator[str]:
    one = row.standing
    if one.entry.keep and one.late:
        yield "always given, whatever its state: check it today"
    if one.asked is not None:
        yield f"texters say that it does not work, since {day_said(one.asked)}"
    yield from (f"not put right yet: {check_said(check)}" for check in one.failed)
    yield from (f"paused {pause_said(content, pause)}" for pause in row.pauses)


def _object(row: Row) -> dict[str, object]:
    one, last = row.standing, row.standing.last
    return {
        "entry": one.entry.id,
        "name": one.entry.name,
        "area": one.entry.area,
        "number": row.number,
        "state": one.state,
        "term_days": one.term.days,
        "due": one.due.isoformat() if one.due else None,
        "last": last and {"on": last.on.isoformat(), "how": last.how, "result": last.result, "by": last.by},
        "late": one.late,
        "tried": row.tried,
        "always_given": one.entry.keep,
        "asked": one.asked.isoformat() if one.asked else None,
        "paused": [{"until": p.until.isoformat() if p.until else None, "why": p.why} for p in row.pauses],
    }
