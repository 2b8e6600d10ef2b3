"""Turn what a thumb typed into plain folded words, losing nothing that carries meaning."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_lowercase

#: Letters of other scripts that look like Latin ones; people paste them, keyboards slip, filters are dodged.
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһӏвкмнтАВЕКМНОРСТХУІЅαοερνικτυηΑΒΕΖΗΙΚΜΝΟΡΤΥΧøłıßðþ",
    "aeopcyxijsdhlbkmhtABEKMHOPCTXYISaoepviktunABEZHIKMNOPTYXolisdp",
)
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")
#: "i'd" and "i'll" without their apostrophe would be the words id and ill.
_CONTRACTED = re.compile(r"\bi['’](d|ll)\b")
_TRIPLED = re.compile(r"([a-z])\1{2,}")
_TRIPLES = tuple(letter * 3 for letter in ascii_lowercase)
_WORD = re.compile(r"[a-z]+(?:[0-9]+[a-z]*)*|[0-9]+[a-z]*(?:[0-9]+[a-z]+)*|\$")
#: The same for texts with letters that fold to none of ours: Hangul, Arabic, Thai.
_ANY_WORD = re.compile(_WORD.pattern.replace("[a-z]", r"[^\W\d_]"))
_SPELT_OUT = re.compile(r"(?<![a-z0-9])(?:[a-z][ .\-_*]){3,}[a-z](?![a-z0-9])")
#: Without this no word is spelt out: seen three times as fast.
_SINGLES = re.compile(r"[ .\-_*][a-z][ .\-_*][a-z][ .\-_*]")
_SELECTORS = re.compile("[\ufe00-\ufe0f\u200d\U0001f3fb-\U0001f3ff]")
_STANDING_SIGNS = str.maketrans({"&": " and ", "@": " at ", "\n": " ", "\t": " ", "\r": " "})
#: Marks that only Spanish writers type; they tell the language of a one-word text.
_SPANISH_MARKS = re.compile("[ñáíóúü¿¡]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Normal:
    """A text as the rest of the core reads it: `words` folded, `line` the same text before splitting."""

    words: tuple[str, ...]
    line: str
    spanish_marks: bool


def fold(text: str) -> str:
    """Lower the case, drop accents and invisible characters, and swap look-alike letters: "Ａyúda" → "ayuda"."""
    if text.isascii():
        return text.lower()
    category, combining = unicodedata.category, unicodedata.combining
    whole = unicodedata.normalize("NFKC", text)
    shown = "".join([c for c in whole if c.isascii() or category(c) not in ("Cf", "Cs")])
    apart = unicodedata.normalize("NFD", shown.casefold())
    bare = "".join([c for c in apart if c.isascii() or not combining(c)])
    return unicodedata.normalize("NFC", bare.translate(_LOOKALIKES).lower())


def split(folded: str) -> tuple[str, ...]:
    """Split folded text into words and numbers; apostrophes join ("don't" → "dont"), other signs separate."""
    return _words(_APOSTROPHES.sub("", folded))


def _words(line: str) -> tuple[str, ...]:
    return tuple((_WORD if line.isascii() else _ANY_WORD).findall(line))


def words_of(phrase: str) -> tuple[str, ...]:
    """Fold and split a phrase of ours in one step."""
    return split(fold(phrase))


def normalise(text: str, emoji: Mapping[str, str]) -> Normal:
    """Read a text as folded words.

    `emoji` maps a picture to the words it stands for ("🔫" → "gun"); other pictures fall away. Three or more
    equal letters become two ("helppp" → "helpp"; the lexicon tries one as well), and letters typed one by
    one are joined ("h e l p" → "help").
    """
    if not text.isascii():
        text = _pictures(text, emoji)
    marked = not text.isascii() and bool(_SPANISH_MARKS.search(text))
    line = fold(text).translate(_STANDING_SIGNS)
    if "'" in line or "’" in line:
        line = _CONTRACTED.sub(r"i \1", line)
    line = line.replace("i d ", "i would ").replace("i ll ", "i will ")
    line = _APOSTROPHES.sub("", line)
    if _SINGLES.search(line):
        line = _SPELT_OUT.sub(lambda m: re.sub(r"[^a-z]", "", m.group()), line)
    if any(map(line.__contains__, _TRIPLES)):
        line = _TRIPLED.sub(r"\1\1", line)
    return Normal(_words(line), line, marked)


def _pictures(text: str, emoji: Mapping[str, str]) -> str:
    plain = _SELECTORS.sub("", text)
    return _emoji_pattern(tuple(emoji)).sub(lambda m: f" {emoji[m.group()]} ", plain) if emoji else plain


@lru_cache(maxsize=4)
def _emoji_pattern(pictures: tuple[str, ...]) -> re.Pattern[str]:
    # Keyed by the content's own table, never by a texter's words: nothing of a text is kept here.
    return re.compile("|".join(re.escape(p) for p in sorted(pictures, key=len, reverse=True)))
