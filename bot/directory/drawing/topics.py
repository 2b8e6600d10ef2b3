"""What a service is offered for: found by its taxonomy terms first, then by names, and last by its description."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from bot.directory.drawing.meaning import Meaning, meaning
from bot.directory.drawing.runs import Stems, stems_of
from bot.directory.drawing.terms import Means, ReadTerm, Terms
from bot.directory.service import Doc
from bot.referral.content import Content
from bot.referral.entry import Kind

#: Imported services stand behind every entry that somebody ranked.
RANK = 500
#: A description mentions much; what it says most often counts, and no more than this.
_FROM_DESCRIPTION = 2
#: So many terms are remembered: a vocabulary has ten thousand.
_KNOWN_MOST = 50_000
#: Beds for people who fled somebody.
_FLED: Meaning = ("shelter", "abuse")

BY_CODE = "topic told by the operator's table of codes"
BY_TERM = "topic told by a taxonomy term"
BY_TERM_WORDS = "topic told by words in a taxonomy term"
BY_NAME = "topic told by words in its name"
BY_OWNER = "topic told by words in its organization's name"
BY_DESCRIPTION = "topic told by words in its description: look twice"
NO_TOPIC = "no topic recognised: staff choose"
#: How much each kind of evidence says of what a service is mainly for.
_WEIGHTS = {BY_CODE: 3, BY_TERM: 3, BY_TERM_WORDS: 1, BY_NAME: 4, BY_OWNER: 2, BY_DESCRIPTION: 1}


@dataclass(frozen=True, slots=True)
class Meant:
    """What a service is offered for, what kind of place it is, and how that was found (sentence, topic and words)."""

    meanings: tuple[Meaning, ...]
    kind: Kind
    is_police: bool
    notes: tuple[tuple[str, str], ...]

    @property
    def topics(self) -> tuple[str, ...]:
        """Return the topics, the surest first."""
        return tuple(dict.fromkeys(topic for topic, _ in self.meanings))

    def serves(self) -> list[dict[str, Any]]:
        """Return the rows of an entry's `serves`: a topic as a whole, and its facets, where only they were told."""
        rows = []
        for topic in self.topics:
            facets = [facet for of, facet in self.meanings if of == topic and facet]
            if (topic, "") in self.meanings:
                rows.append({"topic": topic, "rank": RANK})
            if facets:
                rows.append({"topic": topic, "rank": RANK, "facets": sorted(facets)})
        return rows


def meant_by(doc: Doc, content: Content, terms: Terms) -> Meant:
    """Find what a service is offered for. Meanings the release does not know are left out."""
    owner = doc.get("organization") or {}
    name, owner_name = stems_of(_names(doc)), stems_of(_names(owner))
    rules = [narrow for _, narrow in (*terms.narrow.find(name), *terms.narrow.find(owner_name))]
    finding = _Finding(content, frozenset(topic for rule in rules for topic in rule.keep) if rules else None)
    kinds = [kind for _, kind in terms.kinds.find(name)]
    for term in _terms(doc):
        kinds += _read_term(term, terms, finding)
    for words, run in terms.words.find(name):
        finding.take(run, BY_NAME, words)
    for words, run in () if finding.found else terms.words.find(owner_name):
        finding.take(run, BY_OWNER, words)
    for rule in rules:
        if rule.means and finding.weight.keys().isdisjoint(rule.enough):
            finding.take(tuple(meaning(text) for text in rule.means), BY_NAME, "what such offices do")
    if not finding.found:
        _describe(stems_of(str(doc.get("description", ""))), terms, finding)
    return finding.meant(_kind(kinds), is_police=any(rule.police for rule in rules))


def shelters_abused(doc: Doc, terms: Terms) -> bool:
    """Say whether a term of a service, by its code or words, or its name means a shelter for people who fled."""
    told = (run for term in _terms(doc) for run, _, _ in _known(term, terms).means)
    named = (run for _, run in terms.words.find(stems_of(_names(doc))))
    return any(_FLED in run for run in chain(told, named))


class _Finding:
    """Gathers what a service is offered for; `allowed`: no topic but these, None = any."""

    def __init__(self, content: Content, allowed: frozenset[str] | None) -> None:
        self._topics, self._allowed = content.topics, allowed
        self.found: dict[Meaning, tuple[str, str]] = {}
        self.weight: dict[str, int] = {}

    def take(self, means: Means, how: str, words: str) -> None:
        """Note what was found, and by which words; what is found twice is told as it was found first."""
        for topic, facet in means:
            known = topic in self._topics and (not facet or facet in self._topics[topic].facets)
            if known and (self._allowed is None or topic in self._allowed):
                self.found.setdefault((topic, facet), (how, f"{topic}: {words}" if words else topic))
                self.weight[topic] = self.weight.get(topic, 0) + _WEIGHTS[how]

    def meant(self, kind: Kind, *, is_police: bool) -> Meant:
        """Return all that was found: what most is said of first, of equals what was said first."""
        surest = sorted(self.found, key=lambda meant: -self.weight[meant[0]])
        notes = tuple(self.found[meant] for meant in surest) or ((NO_TOPIC, ""),)
        return Meant(tuple(surest), kind, is_police, notes)


def _read_term(term: Mapping[str, Any], terms: Terms, finding: _Finding) -> tuple[Kind, ...]:
    """Take what a taxonomy term means, by its code, its whole name, or else words in it; return kinds it names."""
    read = _known(term, terms)
    for means, how, words in read.means:
        finding.take(means, how, words)
    return read.kinds


def _known(term: Mapping[str, Any], terms: Terms) -> ReadTerm:
    key = (str(term.get("name", "")), str(term.get("code", "")))
    if key not in terms.known:
        if len(terms.known) >= _KNOWN_MOST:
            terms.known.clear()
        terms.known[key] = _read(*key, terms)
    return terms.known[key]


def _read(name: str, code: str, terms: Terms) -> ReadTerm:
    means, stems = terms.meant_by(name), stems_of(name)
    found = [(terms.codes.meant_by(code), BY_CODE, ""), (means, BY_TERM, name[:40])]
    found += [] if means else [(run, BY_TERM_WORDS, words) for words, run in terms.words.find(stems)]
    return ReadTerm(tuple(row for row in found if row[0]), tuple(kind for _, kind in terms.kinds.find(stems)))


def _describe(stems: Stems, terms: Terms, finding: _Finding) -> None:
    counted: dict[Means, list[str]] = {}
    for words, means in terms.words.find(stems):
        counted.setdefault(means, []).append(words)
    # `sorted` keeps the order of equals: what is said first is what a service is for.
    for means, said in sorted(counted.items(), key=lambda item: -len(item[1]))[:_FROM_DESCRIPTION]:
        finding.take(means, BY_DESCRIPTION, said[0])


def _kind(kinds: list[Kind]) -> Kind:
    return min(kinds, key=[*Kind].index, default=Kind.SERVICE)


def _names(holder: Mapping[str, Any]) -> str:
    return f"{holder.get('name', '')} / {holder.get('alternate_name', '')}"


def _terms(doc: Doc) -> Iterator[Mapping[str, Any]]:
    for row in doc.get("attributes") or ():
        term = row.get("taxonomy_term")
        if isinstance(term, Mapping):
            yield term
