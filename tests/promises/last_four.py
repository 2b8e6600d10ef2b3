"""The last four digits of a number, where they stand for it: what most services show and call masked.

Four digits alone stand everywhere. They count here only when no other digit touches them and no letter but the x of
a mask, as in a digest, and when a mark of a telephone number stands within 40 bytes of them: From, phone, number,
caller, sender, texter, ending, +1, stars or x's as in ***-***-0142, or the area code as a number of its own. Canaries
end in 0ddd, which no year, port or process number does, and in no four digits that stood alone anywhere before the
first text was sent.
"""

import re
from collections.abc import Iterable, Iterator

from tests.promises.canaries import AREA

#: What must not stand before is looked at last: a pattern that begins with what it looks for is ten times as fast.
_FOUR = re.compile(rb"0[0-9]{3}(?![0-9A-Za-z])(?<![0-9A-WYZa-wyz]....)", re.DOTALL)
_NEAR = 40
_MARK = re.compile(
    rb"from|phone|number|caller|sender|texter|ending|\+1|[*x]{3}|(?<![0-9])" + AREA.encode() + rb"(?![0-9])",
    re.IGNORECASE,
)


def alone(data: bytes) -> set[str]:
    """Return every four digits, beginning with 0, that no other digit touches."""
    return {found.decode() for found in _FOUR.findall(data)}


def telling(data: bytes, last_fours: Iterable[str]) -> Iterator[str]:
    """Give those of the last four digits that stand near a mark of a telephone number."""
    wanted = {last_four.encode() for last_four in last_fours}
    for match in _FOUR.finditer(data):
        around = data[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        if match.group() in wanted and _MARK.search(around):
            yield match.group().decode()
