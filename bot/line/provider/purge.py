"""Delete at the provider what is older than a moment, over and over until nothing is left."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from itertools import islice

from bot.line.provider.client import Provider
from bot.line.provider.faults import ProviderError
from bot.line.provider.records import Kind, Record

#: Listed to the end before the first is deleted: deleting moves what is on the pages after it.
MOST_AT_ONCE = 5000
#: Passes in a row that delete nothing although something old is listed.
MOST_IDLE_PASSES = 3
#: Records in a row that could not be deleted for a reason that would hold for the next one too.
MOST_IN_A_ROW = 3
#: "In rare cases, a message or call record may take up to 14 days to be finalized": see faults.py.
_FINAL_WITHIN = timedelta(days=14)

#: Shows how far a batch is.
Watch = Callable[[Sequence[Record]], AbstractContextManager[Iterable[Record]]]


class Purge:
    """Deletes the finished records of some numbers from before a moment. May be stopped anywhere and run again.

    Two at once are fine: what somebody else has deleted is gone, which is all that was wanted.
    """

    def __init__(self, provider: Provider, numbers: Sequence[str], before: datetime) -> None:
        self._provider = provider
        self._numbers = numbers
        self._before = before
        # The provider may list a record for days after it was deleted, so these are never tried again.
        self._gone: set[str] = set()
        self._unfinished: set[str] = set()
        self._failed: dict[str, str] = {}
        self._in_a_row = 0
        self.deleted: Counter[Kind] = Counter()

    @property
    def unfinished(self) -> int:
        """How many the provider still works on; a later run gets them."""
        return len(self._unfinished)

    @property
    def failed(self) -> Mapping[str, int]:
        """How many could not be deleted, by reason."""
        return Counter(self._failed.values())

    def count(self) -> Mapping[Kind, int]:
        """Count what would be deleted, and delete nothing. Raises ProviderError."""
        return Counter(record.kind for record in self._old())

    def run(self, watch: Watch) -> None:
        """Delete until a listing shows nothing old, or three passes in a row got nowhere.

        Raises ProviderError when nothing can be listed, or deleting seems to be out of order altogether.
        """
        idle = 0
        while idle < MOST_IDLE_PASSES:
            batch = list(islice(self._old(), MOST_AT_ONCE))
            self._failed.clear()
            if not batch:
                return
            before = len(self._gone)
            with watch(batch) as watched:
                for record in watched:
                    self._delete(record)
            idle = 0 if len(self._gone) > before else idle + 1

    def _old(self) -> Iterator[Record]:
        for record in self._provider.records(self._numbers):
            if record.is_old(self._before) and record.sid not in self._gone and record.sid not in self._unfinished:
                yield record

    def _delete(self, record: Record) -> None:
        if record.sid in self._gone:
            # A leg that went with its call.
            return
        try:
            gone = self._provider.delete(record)
        except ProviderError as error:
            self._refused(record, error)
            return
        self.deleted[record.kind] += len(gone - self._gone)
        self._gone |= gone
        self._in_a_row = 0

    def _refused(self, record: Record, error: ProviderError) -> None:
        if error.unfinished and record.at is not None and record.at > self._before - _FINAL_WITHIN:
            self._unfinished.add(record.sid)
            return
        self._failed[record.sid] = str(error)
        self._in_a_row = self._in_a_row + 1 if error.passing else 0
        if error.locked_out or self._in_a_row >= MOST_IN_A_ROW:
            raise error
