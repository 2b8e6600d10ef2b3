"""Read one text with a release in hand: its words, the wordings found, the place, the language, a minor's age."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.referral.ages import is_minor
from bot.referral.content import Content
from bot.referral.features import Features, features
from bot.referral.hit import Hit, Reading
from bot.referral.language import leader, tell
from bot.referral.meaning import Kind, Meaning
from bot.referral.normalise import normalise
from bot.referral.place import Place, place


@dataclass(frozen=True, slots=True)
class Read:
    """A text as it was read, passed from stage to stage. `typed`: its words before any repair."""

    typed: tuple[str, ...]
    reading: Reading
    hits: Sequence[Hit]
    where: Place | None
    language: str
    minor: bool

    def features(self) -> Features:
        """List what is compared with the examples."""
        where = "" if self.where is None else "bare" if self.where.is_bare else "place"
        return features(self.typed, self.reading, self.hits, where)

    def meaning(self, kind: Kind, label: str, why: Sequence[str], **more: object) -> Meaning:
        """Say what this text means; place, language and age are already known."""
        area = self.where.area if self.where else ""
        zip_code = self.where.zip_code if self.where else ""
        return Meaning(
            kind,
            label,
            language=self.language,
            area=area,
            zip=zip_code,
            minor=self.minor,
            why=tuple(why),
            **more,  # type: ignore[arg-type]
        )


def read(text: str, content: Content, language: str = "") -> Read:
    """Read a text; `language` is the conversation's, for short forms that mean other things in other languages."""
    normal = normalise(text, content.line.emoji)
    telling = content.lexicon.telling
    ordinary = telling.ordinary(normal.words, spanish_marks=normal.spanish_marks)
    reading = content.lexicon.read(normal, leader(ordinary) or language)
    hits = content.lexicon.find(reading)
    where = place(content, normal, reading, hits)
    if where is not None and where.hits:
        # "los angeles" and "el monte" are no Spanish: the names of places tell nothing.
        ordinary = telling.ordinary(where.outside(reading), spanish_marks=normal.spanish_marks)
    told = tell(ordinary, hits) or _by_label(content, reading)
    return Read(normal.words, reading, hits, where, told, is_minor(reading.plain, content.ages))


def _by_label(content: Content, reading: Reading) -> str:
    # "abogado" is understood inside English too, but on a card it is the Spanish word.
    if len(reading.plain) != 1:
        return ""
    languages = {
        language
        for topic in content.topics.values()
        for language, label in topic.label.items()
        if label.lower() == reading.plain[0]
    }
    return languages.pop() if len(languages) == 1 else ""
