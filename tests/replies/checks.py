"""What a reply must be: checked on every one that the enumeration lists."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from bot.referral.content import Content
from bot.referral.rules import Rules, manners, numbers_in, spelling
from bot.referral.segments import count
from tests.replies.enumeration import Case, Chain, Enumeration

#: A phone shows at most the first segment of several while it is locked.
FIRST_SEGMENT = 153
#: A crisis is told in two segments, everything else in three at most.
CRISIS_SEGMENTS = 2
_SENTENCE_ENDS = re.compile(r"(?<=[.?!:]) ")
_NUMBER = re.compile(r"(?<![\d-])(?:\d{3}-\d{3}-\d{4}|\d{5,6}|\d{3})(?![\d-])")
_SITE = re.compile(r"\b[a-z0-9-]+\.(?:org|com|gov|net|edu|info)\b")


def reply_faults(listed: Enumeration) -> Iterator[str]:
    """Say what is wrong with each reply: alphabet, length, first lines, manners, numbers; with how to see it again."""
    content = listed.content
    for text, case in listed.replies.items():
        topic = content.topics[case.need.topic]
        cap = CRISIS_SEGMENTS if topic.crisis else content.line.limits.cap_segments
        for fault in text_faults(content, text, cap=cap, frank=topic.frank or topic.crisis):
            yield f"{fault}\n  {case}\n  {text}"


def text_faults(content: Content, text: str, *, cap: int, frank: bool) -> Iterator[str]:
    """Say what is wrong with one reply. Much like rules.reply_faults, but each sentence is searched only once."""
    if not text.strip():
        yield "is empty"
    if (parts := count(text).parts) > cap:
        yield f"takes {parts} segments, more than {cap}"
    if not frank:
        for piece in _SENTENCE_ENDS.split(_first_segment(text)):
            yield from _first_lines(content.rules, piece)
    for piece in _SENTENCE_ENDS.split(text):
        yield from _anywhere(content.rules, frozenset(content.printed), piece)


def _first_segment(text: str) -> str:
    """Return the words that begin in the first segment; a word that is cut ("cop|y") is judged as a whole."""
    end = text.find(" ", FIRST_SEGMENT - 1)
    return text if end < 0 else text[:end]


@lru_cache(maxsize=100_000)
def _first_lines(rules: Rules, piece: str) -> tuple[str, ...]:
    word = rules.sensitive.first(piece)
    return (f"shows {word!r} in its first segment",) if word else ()


@lru_cache(maxsize=100_000)
def _anywhere(rules: Rules, printed: frozenset[str], piece: str) -> tuple[str, ...]:
    typed = [f"holds {number}, which is no published number" for number in numbers_in(piece) if number not in printed]
    left = [f"still holds {piece!r} to be filled in"] * ("{" in piece or "}" in piece)
    return tuple(spelling(piece) + manners(rules, piece) + typed + left)


def chain_faults(chains: Iterable[Chain]) -> Iterator[str]:
    """Say where MORE does not show everything exactly once, or a page holds only a piece of what it should."""
    for chain in chains:
        for fault in _chain_faults(chain):
            yield f"{fault}\n  {chain.case}\n  " + "\n  ".join(chain.texts)


def _chain_faults(chain: Chain) -> Iterator[str]:
    starts = [0, *(following for _, following in chain.pages)]
    if starts[-1] != 0:
        yield "MORE never ends"
        return
    bounds = [*starts[:-1], len(chain.items)]
    for text, (begin, end) in zip(chain.texts, pairwise(bounds), strict=True):
        if begin >= end:
            yield f"a page from item {begin} goes back to {end}"
        at = 0
        for item in chain.items[begin:end]:
            at = text.find(item.text, at) + len(item.text)
            if text.count(item.text) != 1 or at < len(item.text):
                yield f"does not hold as it is, once, in order: {item.text}"


def first_page_faults(content: Content, chains: Iterable[Chain]) -> Iterator[str]:
    """Say which first pages leave somebody with nothing to do."""
    for chain in chains:
        crisis = content.topics[chain.case.need.topic].crisis
        text = chain.texts[0]
        fault = _crisis_fault(text) if crisis else _way_fault(content, chain.case, text)
        if fault:
            yield f"{fault}\n  {chain.case}\n  {text}"


def _crisis_fault(text: str) -> str:
    numbers = set(_NUMBER.findall(text))
    if len(numbers) < 2 or not numbers - {"911"}:
        return f"offers {', '.join(sorted(numbers)) or 'no number'}: a crisis needs two ways, one not the police"
    return "" if _says_automatic(text) else "does not say that it is automatic"


def _way_fault(content: Content, case: Case, text: str) -> str:
    # That 911 is for danger stands in nearly every reply; it is no answer to a need.
    own = text.removesuffix(content.wording[case.need.language]["danger"])
    return "" if _NUMBER.search(own) or _SITE.search(own) else "names no number and no site to go to"


def _says_automatic(text: str) -> bool:
    return "automatic" in text.lower()


def shares(content: Content, chains: Iterable[Chain]) -> Mapping[str, float]:
    """Measure how many first replies say that they are automatic, and what else is left out for want of room."""
    firsts = [c for c in chains if c.case.first and not content.topics[c.case.need.topic].crisis]

    def share(key: str) -> float:
        with_it = [c for c in firsts if content.wording[c.case.need.language][key] in c.texts[0]]
        return len(with_it) / len(firsts)

    longer = [c for c in firsts if len(c.pages) > 1]
    told = [c for c in longer if content.wording[c.case.need.language]["more_hint"] in c.texts[0]]
    return {
        "automatic": sum(_says_automatic(c.texts[0]) for c in firsts) / len(firsts),
        "danger": share("danger"),
        "forget_hint": share("forget_hint"),
        "more_hint, of those with more": len(told) / len(longer) if longer else 1.0,
        "two segments": sum(count(c.texts[0]).parts <= 2 for c in firsts) / len(firsts),
    }
