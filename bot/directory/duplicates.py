"""Entries that may be the same service: shown side by side to a person, who decides. Nothing is merged here."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from rapidfuzz.fuzz import token_set_ratio, token_sort_ratio

from bot.directory.drawing.runs import stems_of
from bot.directory.drawing.seen import Seen, seen_of, seen_of_entry

__all__ = ["Group", "Seen", "Why", "groups", "seen_of", "seen_of_entry"]

#: From so much on (of 100) two names are near: "Food Bank of the South" and "South County Food Bank, Inc.".
_NEAR = 90
#: Shorter names have to be the same as a whole, and shorter numbers belong to everybody.
_FEW, _LONG = 2, 7
#: An office's number stands at more services than this: then only near names make two of them the same.
_SHARED_BY = 12
#: So many of one number or place are compared with each other; beyond that, each with the next ones by name.
_BLOCK, _NEXT = 60, 8
#: By so many of its rarest words an entry of the release is looked up.
_RAREST = 2
#: Words that many names have and that tell none apart.
_COMMON = frozenset(
    "inc incorporated llc ltd corp co company of the for at in a an to on with county city center centre service"
    " program project office organization foundation association agency community de del la el los las para en"
    " condado centro servicio".split()
)


class Why(StrEnum):
    """What two entries have in common."""

    PHONE = "same number"
    NAME = "near names"
    PLACE = "same place"


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that may be one service, kept ones first, and what any two of them have in common."""

    entries: tuple[Seen, ...]
    why: tuple[Why, ...]


def groups(seen: Sequence[Seen]) -> list[Group]:
    """Return the groups of entries that may be one service, in the order of their ids.

    Only entries that share a number, a place, or a ZIP code and a first word are compared; every entry of the
    release is compared by its words as well. Services of one organization that share its number and nothing else
    are no group, nor are two entries that are both here already. A hundred thousand take a few seconds.
    """
    known = [_Known.of(one) for one in seen]
    linked: dict[tuple[int, int], set[Why]] = {}
    crowded = _crowded(seen)
    met: set[int] = set()
    for one, other in _pairs(known):
        first, last = (one, other) if one < other else (other, one)
        # A state has a million pairs: a number takes a fifth of the memory of two in brackets.
        pair = first * len(known) + last
        if pair not in met and not (seen[one].kept and seen[other].kept):
            met.add(pair)
            if found := _common(known[one], known[other], crowded):
                linked[first, last] = found
    return [
        Group(tuple(sorted((seen[at] for at in members), key=lambda s: (not s.kept, s.id))), tuple(sorted(found)))
        for members, found in _joined(linked)
    ]


@dataclass(frozen=True, slots=True)
class _Known:
    """An entry made ready: the words that tell it from others, those of its organization, its numbers and places."""

    seen: Seen
    words: tuple[str, ...]
    owner: tuple[str, ...]
    numbers: frozenset[str]
    places: frozenset[str]

    @classmethod
    def of(cls, seen: Seen) -> "_Known":
        return cls(seen, _telling(seen.name), _telling(seen.owner), frozenset(seen.numbers), frozenset(seen.places))


def _telling(name: str) -> tuple[str, ...]:
    stems = stems_of(name)
    return tuple(stem for stem in stems if stem not in _COMMON) or stems


def _crowded(seen: Sequence[Seen]) -> frozenset[str]:
    """Return the numbers of so many entries that sharing one says nothing; short codes belong to everybody."""
    count: dict[str, int] = {}
    for one in seen:
        for number in one.numbers:
            count[number] = count.get(number, 0) + 1
    return frozenset(number for number, times in count.items() if times > _SHARED_BY or len(number) < _LONG)


def _pairs(known: Sequence[_Known]) -> Iterator[tuple[int, int]]:
    """Give the pairs worth a look, by what they share."""
    blocks: dict[tuple[str, str], list[int]] = {}
    for at, one in enumerate(known):
        keys = [("number", number) for number in one.seen.numbers]
        keys += [("place", place) for place in one.seen.places]
        keys += [(code, word) for code in one.seen.zips for word in one.words[:2]]
        for key in dict.fromkeys(keys):
            blocks.setdefault(key, []).append(at)
    for members in blocks.values():
        if len(members) <= _BLOCK:
            yield from combinations(members, 2)
            continue
        by_name = sorted(members, key=lambda at: known[at].words)
        for place, at in enumerate(by_name):
            first = known[at].words[:1]
            yield from ((at, o) for o in by_name[place + 1 : place + 1 + _NEXT] if known[o].words[:1] == first)
    yield from _with_kept(known)


def _with_kept(known: Sequence[_Known]) -> Iterator[tuple[int, int]]:
    """Give each entry of the release with those that have its two rarest words, wherever they are."""
    count = Counter(word for one in known for word in {*one.words, *one.owner})
    by_word: dict[str, list[int]] = {}
    for at, one in enumerate(known):
        if one.seen.kept:
            for word in sorted({*one.words}, key=lambda word: (count[word], word))[:_RAREST]:
                by_word.setdefault(word, []).append(at)
    for at, one in enumerate(known):
        if not one.seen.kept:
            met: dict[int, int] = {}
            for word in {*one.words, *one.owner}:
                for other in by_word.get(word, ()):
                    met[other] = met.get(other, 0) + 1
            for other, times in met.items():
                if times >= min(_RAREST, len({*known[other].words})):
                    yield at, other


def _common(one: _Known, other: _Known, crowded: frozenset[str]) -> set[Why]:
    """Return what two entries have in common, nothing when that is too little to show them to somebody."""
    numbers = one.numbers & other.numbers
    has_place = not one.places.isdisjoint(other.places)
    kept = one.seen.kept or other.seen.kept
    same_owner = bool(one.owner) and one.owner == other.owner
    near = _near(one.words, other.words) or (kept and (_near(one.owner, other.words) or _near(one.words, other.owner)))
    found = {why for why, is_so in ((Why.PHONE, numbers), (Why.NAME, near), (Why.PLACE, has_place)) if is_so}
    if near and (numbers or has_place or kept or _alike(one, other)):
        return found
    is_telling = bool(numbers - crowded)
    return found if is_telling and (kept or not same_owner) else set()


def _near(one: Sequence[str], other: Sequence[str]) -> bool:
    if one == other:
        return bool(one)
    if {*one}.isdisjoint(other):
        return False
    # One word inside a longer name proves nothing: "Pantry" is in every pantry's.
    ratio = token_sort_ratio if min(len(one), len(other)) < _FEW else token_set_ratio
    return ratio(" ".join(one), " ".join(other)) >= _NEAR


def _alike(one: _Known, other: _Known) -> bool:
    """Say whether two names in one ZIP code are so much alike that neither number nor place is needed."""
    owners = not one.owner or not other.owner or _near(one.owner, other.owner)
    return owners and token_sort_ratio(" ".join(one.words), " ".join(other.words)) >= _NEAR


def _joined(linked: Mapping[tuple[int, int], set[Why]]) -> Iterator[tuple[list[int], set[Why]]]:
    """Give the entries that hang together, each with all that ties it to another."""
    root: dict[int, int] = {}

    def find(at: int) -> int:
        while root.setdefault(at, at) != at:
            root[at] = root[root[at]]
            at = root[at]
        return at

    for one, other in linked:
        root[find(one)] = find(other)
    members: dict[int, list[int]] = {}
    for at in sorted(root):
        members.setdefault(find(at), []).append(at)
    why: dict[int, set[Why]] = {}
    for (one, _), found in linked.items():
        why.setdefault(find(one), set()).update(found)
    for top, inside in sorted(members.items(), key=lambda item: item[1]):
        yield inside, why[top]
