"""One step of growth: load so many, say what that took, then do a round for each line that comes in.

python -m tests.benchmarks.growth_step entries|topics|conversations SIZE    (started by growth.py)
"""

import gc
import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from random import Random

from bot.line.memory.interface import Allowances
from bot.line.memory.ram import MOST_TEXTERS, RamMemory
from bot.referral.answer import answer
from bot.referral.choose import Need, choose
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from bot.referral.reader import Document
from bot.referral.release import load, load_stored
from bot.storage.document import from_text, to_text
from bot.storage.files import read_document
from bot.storage.given_back import give_back, uncollected
from tests.benchmarks import many_entries
from tests.benchmarks.memory import pss_mb
from tests.benchmarks.timing import round_us

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
NIGHT = NOW + timedelta(hours=14)
#: Turns of a conversation in a round, and needs that are chosen for.
TURNS, NEEDS = 1000, 60
Round = Callable[[Sequence[str]], dict[str, float]]


def main(kind: str, size: int) -> None:
    """Say on standard output, as JSON, what loading took, then what each round took."""
    texts: list[str] = json.loads(sys.stdin.readline())
    document = read_document(ROOT / "data")
    if kind == "conversations":
        one_round, facts = _conversations(document, size)
    else:
        one_round, facts = _release(document, kind, size)
    del document
    gc.collect()
    gc.freeze()
    give_back()
    _say({**facts, "pss_mb": pss_mb(os.getpid())})
    for _ in sys.stdin:
        _say(one_round(texts))


def _release(document: Document, kind: str, size: int) -> tuple[Round, dict[str, float]]:
    text = to_text(many_entries.grown(document, size) if kind == "entries" else many_entries.wide(document, size))
    with many_entries.longest_pause() as pauses, uncollected():  # as a running line loads it
        stored, began = from_text(text), time.thread_time()
        content = load_stored(stored, document)
        loaded = time.thread_time() - began
    every = many_entries.needs(content)
    needs = Random(1).sample(every, min(NEEDS, len(every)))  # noqa: S311 - the same ones every time

    def one_round(texts: Sequence[str]) -> dict[str, float]:
        p50, p99 = round_us(texts, lambda text: answer(text, Conversation(), content, NOW))
        return {"p50": p50, "p99": p99} | (_chosen(content, needs) if kind == "entries" else {})

    return one_round, {"load_s": round(loaded, 2), "load_pause_ms": round(pauses[0] * 1000)}


def _chosen(content: Content, needs: Sequence[Need]) -> dict[str, float]:
    hours = {"by_day": NOW, "by_night": NIGHT}
    return {name: round_us(needs, partial(choose, content, now=hour))[0] for name, hour in hours.items()}


def _conversations(document: Document, size: int) -> tuple[Round, dict[str, float]]:
    """Hold so many conversations; a round recalls some at random and keeps what came after one more text."""
    content, chance = load(document), Random(1)  # noqa: S311 - the same ones every time
    memory = RamMemory(Allowances(0, 0), most=max(MOST_TEXTERS, size))
    told = answer("need a bed", Conversation(), content, NOW)
    serial = count()

    def turn(phone: int) -> None:
        who, message = f"+1213{phone:07d}", f"AC SM{next(serial):032x}"
        with memory.turn(who):
            memory.recall(who, message)
            memory.keep(who, message, told.conversation, told.reply or "")

    for phone in range(size):
        turn(phone)

    def one_round(texts: Sequence[str]) -> dict[str, float]:
        p50, p99 = round_us([chance.randrange(size) for _ in range(TURNS)], turn)
        return {"p50": p50, "p99": p99}

    return one_round, {}


def _say(what: Mapping[str, float | None]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
