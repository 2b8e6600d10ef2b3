"""How many text messages a reply costs, packed as a handset packs them.

A part carries 140 octets: 160 septets of GSM-7 or 70 UTF-16 units when it travels alone, 153 or 67 when
several parts follow each other, because six octets then say which part it is.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.referral.graphemes import clusters

#: Every character that costs one septet. Note the accents that are missing: no a, i, o or u with an acute.
SAFE = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
#: Characters that GSM-7 can send, but at two septets each. The first is a form feed.
EXTENSION = frozenset("\f[\\]^{|}~€")

_PLAIN = re.compile(f"[{re.escape(''.join(sorted(SAFE)))}]*").fullmatch
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane | low) for plane in range(0, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF)
)
_UNPRINTABLE = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff{_NONCHARACTERS}]")


class Encoding(StrEnum):
    """The two alphabets a text message can be sent in."""

    GSM_7 = "GSM-7"
    UCS_2 = "UCS-2"


@dataclass(frozen=True, slots=True)
class Segments:
    """What one text costs.

    `units` are septets in GSM-7 and UTF-16 units in UCS-2, part headers not counted. `offending` holds the
    distinct characters that force UCS-2, in the order in which they appear; it is empty in GSM-7.
    """

    encoding: Encoding
    units: int
    parts: int
    offending: tuple[str, ...] = ()


def count(text: str) -> Segments:
    """Count the parts a text is sent in, and name the characters that make it dear.

    An empty text is one part, as at the provider. CR and LF cost one septet each even side by side, and may
    end up in different parts; inside XML a CR never arrives, so replies hold LF alone.
    """
    if _PLAIN(text):
        size = len(text)
        return Segments(Encoding.GSM_7, size, 1 if size <= room(1) else -(-size // 153))
    offending = gsm_only(text)
    if offending:
        sizes = [_utf16(cluster) for cluster in clusters(text)]
        return Segments(Encoding.UCS_2, sum(sizes), _packed(sizes, 70, 67), offending)
    sizes = [2 if character in EXTENSION else 1 for character in text]
    return Segments(Encoding.GSM_7, sum(sizes), _packed(sizes, room(1), 153))


def fits(text: str, parts: int) -> bool:
    """Tell whether a text can be sent in at most so many parts."""
    return count(text).parts <= parts


def room(parts: int, encoding: Encoding = Encoding.GSM_7) -> int:
    """Return how much can be sent in so many parts: 160, 306, 459 ... septets, or 70, 134, 201 ... UTF-16 units.

    An extension character at the end of a part may leave one septet unused.
    """
    alone, followed = (160, 153) if encoding is Encoding.GSM_7 else (70, 67)
    return alone if parts == 1 else followed * parts


def septets(text: str) -> int:
    """Return how many septets a piece of a GSM-7 text takes; the pieces of a reply may be added up.

    Only meaningful when `gsm_only` finds nothing to object to.
    """
    return len(text) if _PLAIN(text) else len(text) + sum(character in EXTENSION for character in text)


def gsm_only(text: str) -> tuple[str, ...]:
    """Return the distinct characters that GSM-7 cannot send, in order: none when it is fit to send."""
    if _PLAIN(text):
        return ()
    return tuple(c for c in dict.fromkeys(text) if c not in SAFE and c not in EXTENSION)


def printable(text: str) -> str:
    """Return the text without what XML or a handset cannot carry.

    Gone are control characters (C0, DEL and C1; only the newline stays), lone surrogates and noncharacters.
    One NUL in a reply would make the whole answer invalid, and the texter would get nothing.
    """
    return text if text.isprintable() else _UNPRINTABLE.sub("", text)


def _packed(sizes: Iterable[int], alone: int, each: int) -> int:
    """Count the parts when nothing but an oversized cluster may be cut in two."""
    sizes = list(sizes)
    if sum(sizes) <= alone:
        return 1
    parts, free = 1, each
    for size in sizes:
        if size > each:
            # A letter under more than 66 stacked accents fits no part, so it has to be cut. The reference
            # lets one part overflow instead; no network would carry that.
            parts, free = parts + -(-(size - free) // each), (free - size) % each
        elif size > free:
            parts, free = parts + 1, each - size
        else:
            free -= size
    return parts


def _utf16(cluster: str) -> int:
    return len(cluster.encode("utf-16-le", "surrogatepass")) // 2
