"""The report as Markdown, and as flat names with numbers."""

from collections.abc import Iterable, Sequence

from bot.counts.cell import CONVERSATIONS, SEGMENTS
from tests.faults.checker import RED
from tests.faults.counted import Counted
from tests.faults.fault import AnyScene, Fault
from tests.faults.judge import Verdict
from tests.faults.plan import LOSES
from tests.faults.suite import Report, Row

_APART = (Verdict.AFRESH, Verdict.STATIC, Verdict.FALLBACK)
_HEAD = ("fault", "texts", *_APART, *RED, "p50 ms", "p99 ms", "healed s")


def markdown(report: Report[AnyScene]) -> str:
    """Return one scene as a table, its sums and its counts below."""
    lines = [f"**{report.name}**", "", _line(_HEAD), _line("---" for _ in _HEAD)]
    lines += [_line(_cells(row)) for row in report.rows]
    total = report.total
    lines.append(_line(["all", total.texts, *_verdicts(total.verdicts), total.p50, total.p99, ""]))
    counted = report.counted
    lines += [
        "",
        _counts(counted),
        f"The client was late by {report.lag_s:.2f} s at worst.",
        *(f"- {name}" for name in counted.cells),
        *(f"- {one}" for one in reasons(report)),
    ]
    return "\n".join(lines)


def figures(report: Report[AnyScene]) -> dict[str, float | None]:
    """Return one scene as flat names with numbers."""
    name = f"{'redis' if 'Redis' in report.name else 'ram'}{'_losing' if LOSES in report.name else ''}"
    total, counted = report.total, report.counted
    found: dict[str, float | None] = {
        f"{name}_texts": total.texts,
        **{f"{name}_{one}": total.verdicts.get(one, 0) for one in (*_APART, *RED)},
        f"{name}_p50_ms": total.p50,
        f"{name}_p99_ms": total.p99,
        f"{name}_healed_s": max((row.healed_s for row in report.rows if row.healed_s is not None), default=None),
        f"{name}_never_healed": sum(row.healed_s is None for row in report.rows),
        f"{name}_counted_twice": counted.twice,
        f"{name}_counted_again_after_a_loss": sum(counted.more),
        f"{name}_counts_missing": counted.missing,
    }
    return found


def _counts(counted: Counted) -> str:
    sent = counted.sent
    return (
        f"Counted: {counted.conversations} conversations ({sent.cells.get(CONVERSATIONS, 0)} sent) and"
        f" {counted.segments} segments ({sent.cells.get(SEGMENTS, 0)} sent), while {sent.unsure} texts may have been"
        f" counted unheard, {sent.again} duplicates came after memory was lost, and {sent.begun} texts may have begun"
        f" anew for that reason: {counted.twice} counted twice, {counted.missing} missing"
        f"{' (a killed process and a restored database lose some)' if counted.may_lose else ''}."
    )


def reasons(report: Report[AnyScene], only: Fault[AnyScene] | None = None, most: int = 3) -> list[str]:
    """Return a few words for each fault, or for one, and each kind of what no fault excuses."""
    found = []
    for row in report.rows:
        if only not in (None, row.fault):
            continue
        for kind in RED:
            bad = [one for one in row.judged if one.verdict is kind]
            found += [f"{row.fault.name}: {kind}: {one.why}" for one in bad[:most]]
    return found


def _cells(row: Row[AnyScene]) -> Sequence[object]:
    healed = "never" if row.healed_s is None else row.healed_s
    return [row.fault.name, row.sums.texts, *_verdicts(row.sums.verdicts), row.sums.p50, row.sums.p99, healed]


def _verdicts(found: dict[Verdict, int]) -> list[int]:
    return [found.get(one, 0) for one in (*_APART, *RED)]


def _line(cells: Iterable[object]) -> str:
    return f"| {' | '.join('-' if cell is None else str(cell) for cell in cells)} |"
