"""A place in memory where everything has its time: bounded, and gone when it is over."""

from collections import OrderedDict
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Shelf(Generic[Value]):
    """Hold values under marks until their time is over; when full, the one put longest ago makes room.

    Times are seconds of one clock that never jumps. Not safe for threads: the owner locks.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._held: OrderedDict[bytes, tuple[float, Value]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    def find(self, marks: tuple[bytes, ...], now: float) -> Value | None:
        """Return what stands under the first of the marks that holds something still in its time."""
        for mark in marks:
            held = self._held.get(mark)
            if held is not None and now < held[0]:
                return held[1]
        return None

    def put(self, marks: tuple[bytes, ...], value: Value, until: float) -> None:
        """Put a value under the first mark, replacing whatever stood under any of them."""
        self.drop(marks)
        while len(self._held) >= self.most:
            self._held.popitem(last=False)
        self._held[marks[0]] = (until, value)

    def drop(self, marks: tuple[bytes, ...]) -> None:
        """Take away whatever stands under any of the marks."""
        for mark in marks:
            self._held.pop(mark, None)

    def sweep(self, now: float) -> None:
        """Take away everything whose time is over."""
        for mark in [mark for mark, (until, _) in self._held.items() if until <= now]:
            del self._held[mark]
