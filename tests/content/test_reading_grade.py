"""What we send is easy to read: English up to grade 6, Spanish very easy, short sentences, no word that hurts.

Counted are the texts that make up replies: what the line says itself (not what it speaks aloud), and the leads,
notes, notices and paragraphs of topics, and the notes of entries. How:

- A sentence ends at . ? or ! before a blank or the end. A piece that ends otherwise ("ask if you qualify", part of an
  entry's sentence) adds its words and no sentence, which makes the grade worse, not better. Where sentences are
  measured one by one, a colon or semicolon ends one too: "Text one word: bed, food, doctor" reads as two.
- A word is what stands between blanks. A number, a code, an hour or a section of law (800-799-7233, 24/7, 647(b),
  $1,000) is one word of one syllable, and so is a placeholder such as {area}.
- Syllables are where pyphen could break the word, plus one. It may break off single letters here ("pa-per-s"), which
  counts rather too many; left to itself it misses them ("a-way") and counts too few. Abbreviations (ZIP, ID, STOP)
  count like words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import pyphen
import pytest

from bot.referral.content import Content, Topic

MOST_WORDS = 20
PYPHEN = {"en": "en_US", "es": "es"}
#: Said of people, whatever data/rules.toml holds. (issue: "what to build", 2)
HURTFUL = re.compile(
    r"prostitut|\bpimp|victim|v[ií]ctima|rescue|rescat|\billegals?\b|\bilegal(es)?\b|\baddict|\badict[oa]"
    r"|committed suicide|cometi[oó] suicidio|padrote|proxeneta",
    re.IGNORECASE,
)
_END = re.compile(r"[.?!]+(?=\s|$)")
_PAUSE = re.compile(r"[.?!:;]+(?=\s|$)")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Measure:
    """Words, sentences and syllables of a pool of texts."""

    words: int
    sentences: int
    syllables: int

    @property
    def grade(self) -> float:
        """The school year that reads it without effort (Flesch-Kincaid)."""
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    @property
    def ease(self) -> float:
        """How easy Spanish is, up to 100; from 80 on easy (Fernandez-Huerta)."""
        return 206.84 - 60 * self.syllables / self.words - 1.02 * self.words / self.sentences


def measure(texts: Iterable[str], language: str) -> Measure:
    """Count a pool of texts."""
    pool = list(texts)
    words = [word for text in pool for word in text.split()]
    ends = sum(len(_END.findall(text)) for text in pool)
    return Measure(len(words), ends, sum(syllables(word, language) for word in words))


@lru_cache(maxsize=20_000)
def syllables(word: str, language: str) -> int:
    """Count the syllables of a word; what holds a digit or a brace counts as one."""
    if any(c.isdigit() or c in "{}" for c in word):
        return 1
    hyphens = pyphen.Pyphen(lang=PYPHEN[language], left=1, right=1)
    return sum(len(hyphens.positions(piece.lower())) + 1 for piece in _LETTERS.findall(word)) or 1


@pytest.fixture(scope="module")
def release(default_release: Content) -> Content:
    return default_release


def texts_of(content: Content, language: str) -> Iterator[tuple[str, str]]:
    """Give every text that is sent, with where it stands."""
    for key, text in content.wording[language].items():
        if text and not key.startswith("voice_"):
            yield f"wording/{language}.toml: {key}", text
    for topic in content.topics.values():
        for path, texts in _of_topic(topic):
            if texts:
                yield f"topics/{topic.slug}.toml: {path}.{language}", texts[language]
    for entry in content.entries.values():
        if entry.status == "publish" and entry.note:
            yield f"entries/{entry.area}.toml: {entry.id}.note.{language}", entry.note[language]


def _of_topic(topic: Topic) -> Iterator[tuple[str, Mapping[str, str]]]:
    yield from (("lead", topic.lead), ("note", topic.note), ("notice", topic.notice))
    for slug, facet in topic.facets.items():
        yield from ((f"facets.{slug}.lead", facet.lead), (f"facets.{slug}.note", facet.note))
    for place, block in enumerate(topic.block):
        yield f"block[{place}].text", block.text


def test_english_reads_at_grade_six_or_below(release: Content) -> None:
    assert measure((text for _, text in texts_of(release, "en")), "en").grade <= 6


def test_spanish_is_easy(release: Content) -> None:
    assert measure((text for _, text in texts_of(release, "es")), "es").ease >= 80


@pytest.mark.parametrize("language", ["en", "es"])
def test_sentences_are_short(release: Content, language: str) -> None:
    found = [
        f"{where}: {len(sentence.split())} words: {sentence.strip()}"
        for where, text in texts_of(release, language)
        for sentence in _PAUSE.split(text)
        if len(sentence.split()) > MOST_WORDS
    ]
    assert found == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_word_that_hurts(release: Content, language: str) -> None:
    texts = [*texts_of(release, language), *((e.id, e.short[language]) for e in release.entries.values())]
    found = [f"{where}: {text}" for where, text in texts if HURTFUL.search(text) or release.rules.stigma.first(text)]
    assert found == []


@pytest.mark.parametrize(
    ("text", "language", "counted"),
    [
        pytest.param("Ask for a bed. Go to 211.", "en", Measure(7, 2, 7), id="short words"),
        pytest.param("Number: 800-799-7233, 24/7.", "en", Measure(3, 1, 4), id="numbers"),
        pytest.param("ask for police", "en", Measure(3, 0, 4), id="a piece of a sentence"),
        pytest.param("Ninguna policia aqui.", "es", Measure(3, 1, 7), id="Spanish"),
    ],
)
def test_how_it_is_counted(text: str, language: str, counted: Measure) -> None:
    assert measure([text], language) == counted


def test_a_hard_text_is_found_out() -> None:
    hard = "Immediate consultation with an appropriately credentialed immigration professional is recommended."
    assert measure([hard], "en").grade > 6
    assert measure(["La intervencion interdisciplinaria especializada requiere documentacion."], "es").ease < 80
