"""What functions remember of their own accord: nothing a texter wrote, no message that went out, no moment."""

import gc
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import pytest

from bot.referral.answer import answer
from bot.referral.content import Content
from bot.referral.conversation import Conversation

Wrapper = type(lru_cache(lambda: None))
#: No test looks at this moment, so it can only be found where it was kept.
MOMENT = datetime(2026, 12, 9, 3, 41, 17, 123456, tzinfo=UTC)
_HOLDERS = ("tuple", "_lru_list_elem", "list", "frozenset")
TEXTS = [
    "qwxzzk beat me pls help 90057",
    "i need food qwxzzk",
    "more",
    "they dont answer",
    "tengo hambre qwxzzk 60559",
    "i want to die",
    "WHO IS THIS",
    "erase",
]


def caches() -> Iterator[tuple[str, object]]:
    """Yield every memory of a function of ours, by the name of its module and its own."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == "bot":
            for owner in (module, *(one for one in vars(module).values() if isinstance(one, type))):
                for key, value in vars(owner).items():
                    if isinstance(value, Wrapper):
                        yield f"{name}.{key}", value


def held_in(cache: object) -> Iterator[object]:
    """Yield the keys and values of a cache, and what tuples among them hold."""
    dicts = [one for one in gc.get_referents(cache) if isinstance(one, dict)]
    queue = [part for one in dicts for pair in one.items() for part in pair]
    seen = 0
    while queue:
        part = queue.pop()
        yield part
        seen += 1
        inner = gc.get_referents(part) if type(part).__name__ in _HOLDERS else ()
        if seen < 200_000:
            queue.extend(inner)


def leaks(secret: set[str], moments: set[datetime]) -> list[tuple[str, str]]:
    return [
        (name, repr(part)[:40])
        for name, cache in caches()
        for part in held_in(cache)
        if (isinstance(part, str) and any(one in part for one in secret))
        or (isinstance(part, datetime) and part in moments)
    ]


def test_nothing_of_a_conversation_is_remembered_by_any_function(default_release: Content) -> None:
    talk, secret, moments = Conversation(), {"qwxzzk"}, set()
    # These are read when a release is loaded, all of them: that one is known says nothing.
    sentences = {text for texts in default_release.wording.values() for text in texts.values()}
    for number, text in enumerate(TEXTS):
        now = MOMENT + timedelta(seconds=number)
        found = answer(text, talk, default_release, now)
        talk = found.conversation
        moments.add(now)
        if found.reply and found.reply not in sentences:
            secret.add(found.reply)
    assert len(secret) > len(TEXTS) // 2
    assert len(list(caches())) > 5
    assert leaks(secret, moments) == []


@pytest.mark.parametrize("what", ["text", "moment"])
def test_the_search_finds_what_is_remembered(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    @lru_cache(maxsize=8)
    def remembering(found: object) -> tuple[object, ...]:
        return (found,)

    monkeypatch.setattr(sys.modules["bot.referral.hours"], "remembering", remembering, raising=False)
    remembering("the qwxzzk" if what == "text" else MOMENT)
    assert [name for name, _ in leaks({"qwxzzk"}, {MOMENT})]
