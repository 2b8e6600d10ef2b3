"""What no sentence of ours may hold: the checks on one text, used for content and for whole replies."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.referral.normalise import words_of
from bot.referral.segments import count, gsm_only, septets

_NUMBER = re.compile(r"(?<![\d-])(?:1-)?\d{3}[-. ]\d{3}[-. ]\d{4}(?![\d-])|(?<![\d$.,-])\d{5,6}(?![\d-]|\.\d)")
#: Septets of a first segment that is followed by another: what a locked phone may show.
FIRST_SEGMENT = 153
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RuleFile:
    """rules.toml: word lists per language. A trailing * stands for any ending."""

    sensitive: Mapping[str, tuple[str, ...]]
    stigma: Mapping[str, tuple[str, ...]]
    claims: Mapping[str, tuple[str, ...]]
    shorteners: tuple[str, ...] = ()
    #: What speaks of the law, and so must be read again.
    law: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rules:
    """The compiled word lists of a release."""

    sensitive: "Finder"
    stigma: "Finder"
    claims: "Finder"
    law: "Finder"
    shorteners: tuple[str, ...] = ()

    @classmethod
    def of(cls, file: RuleFile) -> "Rules":
        """Compile the lists of every language into one (a text is searched for all of them)."""
        return cls(
            Finder.of(file.sensitive),
            Finder.of(file.stigma),
            Finder.of(file.claims),
            Finder.of(file.law),
            file.shorteners,
        )


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds listed words in a text, whatever their case and accents."""

    listed: re.Pattern[str]

    @classmethod
    def of(cls, lists: Mapping[str, Iterable[str]]) -> "Finder":
        """Compile lists; "traffick*" finds every ending, "human being" the two words in a row."""
        entries = {e for entries in lists.values() for e in entries}
        runs = sorted((" ".join(words_of(e)) + r"\S*" * e.endswith("*") for e in entries), key=lambda r: (-len(r), r))
        # With nothing listed the pattern matches nowhere.
        return cls(re.compile(rf"(?<!\S)(?:{'|'.join(runs)})(?!\S)" if runs else r"(?!)"))

    def first(self, text: str) -> str:
        """Return the first listed word or run in a text, or ""."""
        found = self.listed.search(" ".join(words_of(text)))
        return found.group() if found else ""


def spelling(text: str, *, alphabet: str = "gsm") -> list[str]:
    """List the characters that would make a text dear: those outside GSM-7, and those that take two septets."""
    if alphabet != "gsm":
        return []
    faults = [f"holds {c!r} (U+{ord(c):04X}), which makes every text twice as long" for c in gsm_only(text)]
    if not faults and septets(text) != len(text):
        faults = [f"holds {c!r}, which counts twice" for c in sorted(set(text)) if septets(c) != 1]
    return faults


def manners(rules: Rules, text: str) -> list[str]:
    """List stigmatising words, promises nobody can keep, and links a carrier refuses."""
    faults = []
    if word := rules.stigma.first(text):
        faults.append(f"says {word!r}, a word people are hurt by")
    if word := rules.claims.first(text):
        faults.append(f"says {word!r}, which nobody can promise")
    if word := next((s for s in rules.shorteners if s in text.lower()), ""):
        faults.append(f"holds the link shortener {word!r}, which carriers refuse")
    if _LINK.search(text):
        faults.append("holds a link; print the bare name of the site, and only where there is no number")
    return faults


def numbers_in(text: str) -> list[str]:
    """List what looks like a phone number or short code in a text, as printed."""
    return _NUMBER.findall(text)


def reply_faults(rules: Rules, text: str, *, cap: int, frank: bool) -> list[str]:
    """List what is wrong with a whole reply: alphabet, length over `cap` segments, a sensitive first segment."""
    counted = count(text)
    faults = spelling(text) + manners(rules, text)
    if counted.parts > cap:
        faults.append(f"takes {counted.parts} segments, more than {cap}")
    shown = text[:FIRST_SEGMENT]
    if text[FIRST_SEGMENT:][:1].isalnum():
        shown = shown.rpartition(" ")[0]  # half a word is none: "cop" of "copy"
    if not frank and (word := rules.sensitive.first(shown)):
        faults.append(f"shows {word!r} in its first segment")
    return faults
