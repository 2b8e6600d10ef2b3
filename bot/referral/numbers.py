"""Put numbers into sentences: texts hold {ndvh}, {ndvh.text}, never digits, so that no number is typed twice."""

import re
from collections.abc import Iterator, Mapping

from bot.referral.entry import Entry, Phone, Way

_PLACEHOLDER = re.compile(r"\{([a-z0-9-]+)(?:\.([a-z]+))?\}")
_WAYS = {
    "": Way.CALL,
    "text": Way.TEXT,
    "word": Way.TEXT,
    "spoken": Way.CALL,
    "tty": Way.TTY,
    "video": Way.VIDEO,
}
#: Filled in when a reply is made, not when a release is read.
DYNAMIC = frozenset({"label", "area", "code", "word", "number"})


class UnknownNumber(KeyError):
    """A text asked for a number that is not published."""


def fill(text: str, entries: Mapping[str, Entry], language: str) -> str:
    """Replace every {entry} placeholder by its published number.

    {id} and {id.text}, {id.tty}, {id.video} print a number, {id.word} the keyword to send, {id.spoken} the number
    digit by digit. Raises UnknownNumber for an entry without such a published number.
    """
    return _PLACEHOLDER.sub(lambda m: _value(m, entries, language), text)


def _value(asked: re.Match[str], entries: Mapping[str, Entry], language: str) -> str:
    entry_id, part, raw = asked.group(1), asked.group(2) or "", asked.group()
    if not part and entry_id in DYNAMIC:
        return raw
    phone = next(_phones(entries.get(entry_id), _WAYS.get(part)), None)
    if phone is None:
        raise UnknownNumber(raw)
    if part == "word":
        return phone.keyword.get(language) or next(iter(phone.keyword.values()), "")
    if part == "spoken":
        return spoken(phone)
    return phone.printed


def _phones(entry: Entry | None, way: Way | None) -> Iterator[Phone]:
    if entry is not None and entry.status == "publish" and way is not None:
        # A short code comes before a ten-digit number that takes texts too.
        yield from sorted((p for p in entry.phone if p.publish and way in p.ways), key=lambda p: way is not p.ways[0])


def spoken(phone: Phone) -> str:
    """Spell a number for a voice: "8 0 0, 7 9 9, 7 2 3 3"."""
    return ", ".join(" ".join(group) for group in phone.printed.split("-"))
