"""Which rows of a source something was said of already: what all services of an office share is told once."""


class RowsMet:
    """Remembers rows by file and by what is said of them, a bit for each: a set would grow with the directory."""

    def __init__(self) -> None:
        self._bits: dict[tuple[str, ...], bytearray] = {}

    def knows(self, row: int, *key: str) -> bool:
        """Tell whether a row was added under a key."""
        bits = self._bits.get(key, b"")
        return len(bits) > row >> 3 and bool(bits[row >> 3] >> (row & 7) & 1)

    def add(self, row: int, *key: str) -> None:
        """Remember a row under a key."""
        bits = self._bits.setdefault(key, bytearray())
        if len(bits) <= row >> 3:
            bits.extend(bytes((row >> 3) + 1 - len(bits)))
        bits[row >> 3] |= 1 << (row & 7)
