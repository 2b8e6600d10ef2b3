"""How fast and how small: `make bench` prints Markdown and writes build/bench.json (name → number).

Webhook figures are ratios: our signed /sms against a bare Flask route with RequestValidator, under the same server,
in turn, in one run. Those of the staff door are CPU time, with 2,000 entries and 200 topics. Absolute times on a
shared machine say little; the ratios and medians do.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import TypeVar

from bot.referral.answer import answer
from bot.referral.choose import choose
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from bot.referral.reader import Document
from bot.referral.release import load, load_stored
from bot.referral.segments import count
from bot.referral.understand import understand
from bot.storage.document import from_text, to_text
from bot.storage.files import read_document
from bot.storage.given_back import uncollected
from tests.benchmarks import counting, many_entries, running, staff_pages

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT.parent / "shared" / "eval" / "texts.jsonl"
NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
ROUNDS = 5

Figures = dict[str, float | None]
T = TypeVar("T")


def main() -> int:
    """Measure everything, print it, and keep it as build/bench.json."""
    if not TEXTS.is_file():
        print("the development set is not here (../shared/eval/texts.jsonl)")
        return 1
    texts = [json.loads(line)["text"] for line in TEXTS.read_text(encoding="utf-8").splitlines()]
    document = read_document(ROOT / "data")
    content = load(document)
    figures: Figures = {
        **_times("understand", texts, lambda text: understand(text, content)),
        **_times("answer", texts, lambda text: answer(text, Conversation(), content, NOW)),
        **_many(texts, document),
        "segments_per_reply": _segments(texts, content),
        **counting.measure(texts, content),
        **running.measure(texts),
        **{f"staff_{name}": value for name, value in staff_pages.measure(document).items()},
    }
    print(_markdown(figures))
    target = ROOT / "build" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


def _times(name: str, texts: Sequence[T], call: Callable[[T], object]) -> Figures:
    for text in texts:
        call(text)
    took = []
    for _ in range(ROUNDS):
        for text in texts:
            began = time.perf_counter()
            call(text)
            took.append((time.perf_counter() - began) * 1e6)
    return {f"{name}_us_p50": round(median(took), 1), f"{name}_us_p99": round(quantiles(took, n=100)[98], 1)}


def _many(texts: Sequence[str], document: Document) -> Figures:
    """Measure a release of 10^5 entries: the CPU seconds to load it and for how long that keeps others waiting.

    And an answer from it, and `choose` by day and by night.
    """
    text = to_text(many_entries.grown(document, 100_000))
    with many_entries.longest_pause() as pauses, uncollected():  # as a running line loads it
        big, began = from_text(text), time.thread_time()
        content = load_stored(big, document)
        loaded = time.thread_time() - began
    del big
    answers = _times("many", texts[::10], lambda text: answer(text, Conversation(), content, NOW))
    figures: Figures = {
        "load_s_100k_entries": round(loaded, 2),
        "load_pause_ms_100k_entries": round(pauses[0] * 1000),
        "answer_us_p50_100k_entries": answers["many_us_p50"],
    }
    needs = many_entries.needs(content)
    for hour, now in (("day", NOW), ("night", NOW + timedelta(hours=14))):
        chosen = partial(choose, content, now=now)
        figures[f"choose_us_p50_100k_entries_by_{hour}"] = _times("choose", needs, chosen)["choose_us_p50"]
    return figures


def _segments(texts: Sequence[str], content: Content) -> float:
    replies = [answer(text, Conversation(), content, NOW).reply for text in texts]
    return round(sum(count(r).parts for r in replies if r) / sum(1 for r in replies if r), 3)


def _markdown(figures: Figures) -> str:
    lines = ["| figure | value |", "|---|---|"]
    lines += [f"| {name} | {'not measured here' if value is None else value} |" for name, value in figures.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
