"""The sentences the line says about itself, and the alphabet they travel in."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.referral.problem import Problem
from bot.referral.reader import Reader
from bot.referral.segments import Encoding, count


@dataclass(frozen=True, slots=True)
class Spoken:
    """The wording files: sentences and names of days per language."""

    texts: dict[str, dict[str, str]]
    days: dict[str, tuple[str, ...]]


def spoken(reader: Reader) -> Spoken:
    """Read every wording file."""
    texts: dict[str, dict[str, str]] = {}
    days: dict[str, tuple[str, ...]] = {}
    for file, language in reader.files("wording"):
        raw = dict(reader.document[file])
        named = raw.pop("days", ())
        days[language] = tuple(map(str, named))
        if len(days[language]) != 7:
            reader.problems.append(Problem(file, "days", "should be seven names, Monday first"))
        texts[language] = {}
        for key, value in raw.items():
            if isinstance(value, str):
                texts[language][key] = value
            else:
                reader.problems.append(Problem(file, key, f"should be text, is {value!r}"))
    return Spoken(texts, days)


def alphabets(spoken: Mapping[str, Mapping[str, str]]) -> dict[str, Encoding]:
    """Say what the sentences of each language travel as."""
    # What a caller hears may hold any letter; only what is texted travels in an alphabet.
    texted = {
        language: " ".join(text for key, text in texts.items() if not key.startswith("voice_"))
        for language, texts in spoken.items()
    }
    return {language: count(text).encoding for language, text in texted.items()}
