"""Faults, one after the other, while texts flow; then every reply judged and every count compared."""

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic

from bot.counts.cell import Cell
from bot.storage.database import DatabaseError
from tests.e2e.running import PATIENCE
from tests.faults.checker import Checker, Sums
from tests.faults.client import Account
from tests.faults.counted import Counted, compare, figures
from tests.faults.fault import AnyScene, Fault, Pace
from tests.faults.flow import Flow, fallback, flowing
from tests.faults.judge import Judged, Window
from tests.faults.scene import SIGNED_URL

_PACE = 0.05
#: After the last text counts are in the database within a flush; it waits in vain when something is wrong.
_COUNTED_WITHIN = 10.0
#: What a line logs when Redis, or the machine, is too slow for it: conversations begin afresh.
_LEFT_REDIS = "its own RAM"
#: Each part of a run has phones of its own.
_PHONES = 50_000


@dataclass(frozen=True, slots=True)
class Row(Generic[AnyScene]):
    """One fault: in how many seconds after its end all was well again (None: not), and its texts."""

    fault: Fault[AnyScene]
    healed_s: float | None
    sums: Sums
    judged: Sequence[Judged]


@dataclass(frozen=True, slots=True)
class Report(Generic[AnyScene]):
    """What came of one part of a run. `lag_s`: how late the client itself was at worst."""

    name: str
    rows: Sequence[Row[AnyScene]]
    total: Sums
    counted: Counted
    lag_s: float


@dataclass(frozen=True, slots=True)
class _Held(Generic[AnyScene]):
    fault: Fault[AnyScene]
    began: float
    healed_s: float | None


class Suite(Generic[AnyScene]):
    """Runs faults in a scene that is up."""

    def __init__(self, scene: AnyScene, pace: Pace, twiml: bytes) -> None:
        self._scene = scene
        self._pace = pace
        self._twiml = twiml
        self._parts = 0

    def run(self, name: str, faults: Sequence[Fault[AnyScene]]) -> Report[AnyScene]:
        """Break one thing after the other while texts flow; judge everything when the last text is answered."""
        scene = self._scene
        checker = Checker(scene.releases.contents, self._twiml.decode().strip())
        before = figures(scene.releases.url)
        with fallback(self._twiml) as address:
            account = Account(
                scene.lines[0].home.tokens[0],
                SIGNED_URL,
                scene.address,
                address,
                self._pace.rate,
                first=self._parts * _PHONES,
                pauses=self._pace.pauses,
            )
            self._parts += 1
            with flowing(account) as scene.flow:
                scene.flow.until(self._pace.between)
                held = [self._break(fault, scene.flow, checker) for fault in faults]
                told = scene.flow.finish()
        if self._pace.busy and any(_LEFT_REDIS in line.log for line in scene.lines):
            checker.windows.append(Window(told[0].began, told[-1].ended, forgets=True))
        judged = checker.judge(told)
        counted = self._counted(judged, before, may_lose=any(fault.loses for fault in faults))
        lag = max(one.lag for one in told)
        return Report(f"{scene.name}: {name}", _rows(held, judged, checker), checker.sums(judged), counted, lag)

    def _break(self, fault: Fault[AnyScene], flow: Flow, checker: Checker) -> _Held[AnyScene]:
        began = time.monotonic()
        with fault.breaks(self._scene, self._pace):
            # Some answers at least, for as long as the fault is to last.
            flow.until(5, began + self._pace.hold - time.monotonic())
        over, before = time.monotonic(), len(flow.deliveries)
        healed = self._healed(over)
        until = time.monotonic() + fault.after
        checker.windows.append(Window(began, until, fault.dies, fault.forgets, fault.stands))
        flow.until(self._pace.between - (len(flow.deliveries) - before), until - time.monotonic())
        return _Held(fault, began, healed)

    def _healed(self, over: float) -> float | None:
        """Publish a release, and tell how long after the fault every line answers from it; None: it never did."""
        number: int | None = None
        while time.monotonic() - over < PATIENCE:
            with suppress(DatabaseError):
                number = number or self._scene.releases.publish()
            if number and self._scene.answers_from(number):
                return round(time.monotonic() - over, 1)
            self._scene.flow.until(0, _PACE)
        return None

    def _counted(self, judged: Sequence[Judged], before: dict[Cell, int], *, may_lose: bool) -> Counted:
        """Compare as soon as the figures are what they should be, or when they had time enough."""
        until = time.monotonic() + _COUNTED_WITHIN
        while True:
            now = figures(self._scene.releases.url)
            gained = {cell: n - before.get(cell, 0) for cell, n in now.items()}
            found = compare(gained, judged, may_lose=may_lose)
            if found.good or time.monotonic() > until:
                return found
            time.sleep(_PACE)


def _rows(held: Sequence[_Held[AnyScene]], judged: Sequence[Judged], checker: Checker) -> list[Row[AnyScene]]:
    """Give each fault the texts that began from its beginning on; the first one those before it as well."""
    begins = [float("-inf"), *(one.began for one in held[1:]), float("inf")]
    rows = []
    for one, (begin, end) in zip(held, pairwise(begins), strict=True):
        mine = [each for each in judged if begin <= each.delivery.began < end]
        rows.append(Row(one.fault, one.healed_s, checker.sums(mine), mine))
    return rows
