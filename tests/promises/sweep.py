"""The sweep: no form of any canary in any of the evidence."""

from collections.abc import Iterable

from bot.drill.digests import Secret, digest_forms
from bot.drill.searcher import Searcher
from tests.promises.brute import index, matches
from tests.promises.canaries import Flock
from tests.promises.evidence import Evidence
from tests.promises.last_four import telling


def sweep(evidence: Evidence, flock: Flock, secrets: Iterable[Secret]) -> list[str]:
    """Return every finding as "place: path: form", sorted; none is what we promise."""
    searchers = [Searcher(flock.forms()), _digests(evidence, flock, list(secrets))]
    paths = {canary.last_four: canary.path for canary in flock.canaries}
    found = set()
    for place, data in evidence.held:
        found |= {f"{place}: {name}" for searcher in searchers for name in searcher.find(data)}
        found |= {f"{place}: {paths[four]}: last four digits" for four in telling(data, paths)}
    return sorted(found)


def _digests(evidence: Evidence, flock: Flock, secrets: list[Secret]) -> Searcher:
    """Return a searcher for those digests that do stand somewhere.

    There are millions of them, so each is first looked up, by its first 8 bytes, in an index of all evidence.
    """
    texts = flock.digested()
    raw = [text.encode() for text in texts]
    there = {text.decode() for _, text in matches(index(evidence), raw, secrets)}
    return Searcher(form for text in there for form in digest_forms(texts[text], text, secrets))
