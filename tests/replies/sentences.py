"""The replies that are not about a need: what the line says about itself, and the menus that are put together."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.referral.command import FAILED
from bot.referral.content import Content, Topic
from bot.referral.need import MOST_CHOICES
from bot.referral.sayable import INSTEAD

#: The whole replies `answer` may give, by their keys in wording/<language>.toml.
BY_ANSWER = (
    "help menu unclear unclear_again who privacy erased stopped started language_set area_set area_elsewhere"
    " area_repeat thanks human language_other deaf cannot_read no_more nothing_to_more"
).split()
#: Those that only the SMS door gives: a picture, a flood, a busy hour, an error inside.
BY_DOOR = "media slow_down busy last_resort".split()
#: What answers "do you tell the police?" has to name them.
FRANK = frozenset({"privacy"})
#: Sentences that a reply about a need may hold besides entries and paragraphs.
_AROUND = (
    "opening minor_notice night_unknown law_outdated_211 police_ask place_question place_or_211 talk_hint more_hint"
    " forget_hint danger"
).split()


@dataclass(frozen=True, slots=True)
class Sentences:
    """The closed set of one language, apart from the replies about needs."""

    content: Content
    language: str

    def whole(self, keys: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Give each whole reply with its key; {area} is filled in with every area."""
        for key in self._with_instead(keys):
            for name, text in self._filled(key):
                yield name, text
                first = f"{self._words['opening']} {text}"
                # A first reply says that it is automatic, where it does not and there is room.
                if (
                    key.removesuffix(INSTEAD).removesuffix(INSTEAD) in BY_ANSWER
                    and "utomat" not in text
                    and len(first) <= 306
                ):
                    yield f"{name}, first", first

    def _with_instead(self, keys: Iterable[str]) -> Iterator[str]:
        for key in keys:
            while key in self._words:
                yield key
                key += INSTEAD

    def _filled(self, key: str) -> Iterator[tuple[str, str]]:
        text = self._words[key]
        if "{area}" not in text:
            yield key, text
            return
        for area in self.content.line.areas.values():
            yield f"{key} {area.slug}", text.replace("{area}", area.name)

    def longest_choices(self) -> str:
        """Give the longest menu of choices there can be."""
        labels = sorted((t.label[self.language] for t in self.content.topics.values()), key=len)[-MOST_CHOICES:]
        words, offered = self._words, ", ".join(f"{n} {label}" for n, label in enumerate(labels, 1))
        return f"{words['opening']} {words['choices_lead']} {offered}. {words['danger']}"

    def is_choices(self, text: str) -> bool:
        """Say whether a text is a menu of two or three different labels and nothing else."""
        words, labels = self._words, {t.label[self.language] for t in self.content.topics.values()}
        frame = (
            rf"({re.escape(words['opening'])} )?{re.escape(words['choices_lead'])} (.+)\. {re.escape(words['danger'])}"
        )
        match = re.fullmatch(frame, text)
        offered = re.findall(r"(\d) (.+?)(?:, (?=\d)|$)", match[2]) if match else []
        numbered = [number for number, _ in offered] == [str(n + 1) for n in range(len(offered))]
        chosen = {label for _, label in offered}
        return numbered and 2 <= len(chosen) == len(offered) <= MOST_CHOICES and chosen <= labels

    def is_page_with_also(self, text: str, said: Iterable[str]) -> bool:
        """Say whether a text offers a second need, once, and is whole sentences of ours before and after."""
        words = self._words
        offers = [words["also"].replace("{label}", t.label[self.language]) for t in self.content.topics.values()]
        if sum(text.count(offer) for offer in offers) != 1:
            return False
        around = [words[key] for key in self._with_instead(_AROUND)]
        parts = Parts.of([*said, *offers, *around, *self._of_topics(), *self._lawyers()])
        return made_of(text, parts)

    def is_about_a_failure(self, text: str, said: Iterable[str]) -> bool:
        """Say whether a text answers that a number did not work, and is whole sentences of ours."""
        words = self._words
        if not any(text.startswith(words[f"failed_{how}"]) for how in FAILED):
            return False
        around = [words[key] for key in self._with_instead(_AROUND)]
        own = [one for key in words if key.startswith("failed_") for one in self._with_numbers(words[key])]
        return made_of(text, Parts.of([*said, *around, *own]))

    def _with_numbers(self, text: str) -> Iterator[str]:
        for entry in self.content.entries.values() if "{number}" in text else ():
            for phone in entry.phone:
                yield text.replace("{label}", entry.short[self.language]).replace("{number}", phone.printed)
        yield text

    def _lawyers(self) -> Iterator[str]:
        printed = (p.printed for e in self.content.entries.values() for p in e.phone if p.publish)
        yield from (self._words["law_outdated"].replace("{number}", number) for number in printed)

    @property
    def _words(self) -> Mapping[str, str]:
        return self.content.wording[self.language]

    def _of_topics(self) -> Iterator[str]:
        for topic in self.content.topics.values():
            yield from (text[self.language] for text in leads_and_notes(topic) if text)


def leads_and_notes(topic: Topic) -> Iterator[Mapping[str, str]]:
    """Give the texts of a topic that stand before and behind its entries, its facets' too."""
    yield from (topic.lead, topic.note, topic.notice)
    for facet in topic.facets.values():
        yield from (facet.lead, facet.lead_instead, facet.note)


@dataclass(frozen=True, slots=True)
class Parts:
    """Whole sentences, by their first word."""

    by_first: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Parts":
        """Sort sentences by their first word."""
        found: dict[str, set[str]] = {}
        for text in texts:
            found.setdefault(text.split(" ")[0], set()).add(text)
        return cls({word: frozenset(texts) for word, texts in found.items()})


def made_of(text: str, parts: Parts) -> bool:
    """Say whether a text is nothing but whole parts, one after the other."""
    reached, todo = {0}, [0]
    while todo:
        at = todo.pop()
        for part in parts.by_first.get(text[at:].split(" ")[0], ()):
            end = at + len(part)
            if not text.startswith(part, at) or text[end : end + 1] not in ("", " "):
                continue
            if end == len(text):
                return True
            if end + 1 not in reached:
                reached.add(end + 1)
                todo.append(end + 1)
    return False
