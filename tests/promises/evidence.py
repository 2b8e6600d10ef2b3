"""What a seizure would find: bytes by place, without what had stood there before the first canary was made."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

#: The size of a page of SQLite.
_BLOCK = 4096
#: Bytes kept around what is new: a form may begin in the block before.
_AROUND = 128


@dataclass
class Evidence:
    """Collect bytes under the names of their places, each block once.

    What stood somewhere before a canary was drawn at random cannot hold it, so blocks met before are left out:
    a database of 9 MB, its copy, its backup and its rows hold a few changed pages.
    """

    held: list[tuple[str, bytes]] = field(default_factory=list)
    _known: set[bytes] = field(default_factory=set)

    def know(self, data: bytes) -> None:
        """Take note of bytes from before the canaries."""
        self._known.update(_digest(block) for block in (data, *_blocks(data)))

    def add(self, place: str, data: bytes) -> None:
        """Keep what is new in these bytes."""
        if _digest(data) in self._known:  # a whole file without news, as most are
            return
        at, begin, end = 0, -1, 0
        for block in _blocks(data):
            digest = _digest(block)
            if digest not in self._known:
                self._known.add(digest)
                if begin >= 0 and at > end + _AROUND:
                    self._keep(place, data, begin, end)
                    begin = -1
                begin, end = (at if begin < 0 else begin), at + len(block)
            at += len(block)
        self._keep(place, data, begin, end)

    def _keep(self, place: str, data: bytes, begin: int, end: int) -> None:
        if begin >= 0:
            self.held.append((place, data[max(0, begin - _AROUND) : end + _AROUND]))


def _blocks(data: bytes) -> Iterator[bytes]:
    """Cut bytes at line ends, so that what moves along in a log or a dump is known again."""
    for line in data.splitlines(keepends=True):
        yield from (line[at : at + _BLOCK] for at in range(0, len(line), _BLOCK))


def _digest(block: bytes) -> bytes:
    return blake2b(block, digest_size=16).digest()
