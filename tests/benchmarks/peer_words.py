"""Our wordings as matchers of others can take them: plain phrases, or regular expressions for those that know them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from bot.referral.content import Content
from bot.referral.normalise import words_of
from bot.referral.pattern import GAP

#: A wording with more alternatives than this is written out so that each of them stands in one phrase at least.
MOST_PHRASES = 50
AREA = "area"
_Slot = tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of ours. `slots`: the alternatives for each place, None for a gap. `whole`: only as a message."""

    label: str
    slots: tuple[_Slot, ...]
    whole: bool = False

    def phrases(self) -> Iterator[str]:
        """Write it out, a gap as nothing: folded words with blanks between."""
        slots = [slot for slot in self.slots if slot]
        number = 1
        for slot in slots:
            number *= len(slot)
        if number <= MOST_PHRASES:
            yield from map(" ".join, product(*slots))
            return
        for place, slot in enumerate(slots):
            for alternative in slot:
                yield " ".join(alternative if at == place else one[0] for at, one in enumerate(slots))

    def expression(self) -> str:
        """Write it as a regular expression for text as it was sent, in verbose form; a gap is up to three words."""
        found = ""
        for place, slot in enumerate(self.slots):
            if slot is None:
                found += rf"(?:\w+\W+){{0,{GAP}}}"
                continue
            found += "(?:" + "|".join(r"\W+".join(map(re.escape, one.split())) for one in slot) + ")"
            found += r"\W+" if place + 1 < len(self.slots) else ""
        return found


def wordings(content: Content, document: Mapping[str, Any]) -> list[Wording]:
    """List every wording that is enough by itself: crises, topics, commands, places. No hints: half a proof."""
    found: list[Wording] = []
    for topic in sorted(content.topics.values(), key=lambda one: not one.crisis):
        for whole, texts in ((False, topic.words), (True, topic.alone)):
            found += _read(topic.slug, texts, document, whole=whole)
    for name, command in content.commands.items():
        for whole, texts in ((False, command.within), (True, command.whole)):
            found += _read(name, texts, document, whole=whole)
    for area in content.line.areas.values():
        found += _read(AREA, area.places, document, whole=False)
        found += _read(AREA, {"": (*area.alone, *sorted(area.zips))}, document, whole=True)
    return found


def _read(
    label: str, texts: Mapping[str, Iterable[str]], document: Mapping[str, Any], *, whole: bool
) -> Iterator[Wording]:
    for language, inside in texts.items():
        classes = document.get(f"words/{language}.toml", {}).get("classes", {})
        for text in inside:
            slots = tuple(_slot(part, classes) for part in text.split())
            while slots and slots[-1] is None:
                slots = slots[:-1]
            while slots and slots[0] is None:
                slots = slots[1:]
            if slots:
                yield Wording(label, slots, whole)


def _slot(part: str, classes: Mapping[str, Iterable[str]]) -> _Slot:
    if part == "~":
        return None
    members = [m for one in part.split("/") for m in (classes[one[1:]] if one.startswith("@") else (one,))]
    return tuple(dict.fromkeys(" ".join(words_of(member)) for member in members if words_of(member)))
