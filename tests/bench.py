"""How fast, how small, how often right: `make bench` prints Markdown and writes build/bench.md and build/bench.json.

    make bench ARGS="--only running,peers"     these parts only, into build/bench-part.*
    make bench ARGS="--quick"                  small counts, to see that every part works; also into build/bench-part.*
    make bench ARGS="--profile"                no figures: where the time goes, by py-spy, into build/profile-*

What is measured, how, and how to read it: docs/benchmarks.md.
"""

import argparse
import json
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.referral.answer import answer
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from bot.referral.reader import Document
from bot.referral.release import load
from bot.referral.understand import understand
from bot.storage.files import read_document
from tests.benchmarks import costs, counting, growth, peers, profiles, running, staff_pages
from tests.benchmarks.cpu import Watch
from tests.benchmarks.effort import FULL, QUICK, Effort
from tests.benchmarks.figures import Figures, once, prefixed
from tests.benchmarks.report import Part, markdown
from tests.benchmarks.timing import rounds

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT.parent / "shared" / "eval" / "texts.jsonl"
NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
#: Names that checks outside this repository read: there in every run, null where a part was not there to measure.
CONTRACT = (
    *("webhook_ratio_ram", "webhook_ratio_redis", "webhook_p99_ms", "understand_us_p50", "understand_us_p99"),
    *("answer_us_p50", "answer_us_p99", "answer_us_p50_100k_entries", "line_pss_mb", "ready_s", "segments_per_reply"),
)


@dataclass(frozen=True, slots=True)
class Given:
    """What every part measures with: labelled texts, the default release as tables and as content, and how much."""

    rows: Sequence[Mapping[str, Any]]
    document: Document
    content: Content
    effort: Effort

    @property
    def texts(self) -> list[str]:
        """The texts without their labels."""
        return [row["text"] for row in self.rows]


def _texts(given: Given) -> Figures:
    content, number = given.content, given.effort.rounds
    return {
        **rounds("understand", given.texts, lambda text: understand(text, content), number=number),
        **rounds("answer", given.texts, lambda text: answer(text, Conversation(), content, NOW), number=number),
    }


PARTS: dict[str, tuple[str, Callable[[Given], Figures]]] = {
    "texts": ("Understanding and answering a text", _texts),
    "running": ("The running line beside bare Flask", lambda g: running.measure(g.texts, g.effort)),
    "growth": ("Growth", lambda g: growth.measure(g.texts, g.effort)),
    "costs": ("Segments and cents", lambda g: costs.measure(g.rows, g.content)),
    "peers": ("Matchers of others with our words", lambda g: peers.measure(g.rows, g.content, g.document)),
    "counting": ("Counting", lambda g: once(counting.measure(g.texts, g.content))),
    "staff": ("The staff door", lambda g: prefixed("staff_", once(staff_pages.measure(g.document)))),
}


def main(arguments: Sequence[str]) -> int:
    """Measure, print and write; 1 when the texts are not there or a part failed."""
    asked = _asked(arguments)
    if not TEXTS.is_file():
        print(
            f"The labelled texts are not here: {TEXTS.relative_to(ROOT.parent)} beside the checkout. Nothing measured."
        )
        return 1
    rows = [json.loads(line) for line in TEXTS.read_text(encoding="utf-8").splitlines()]
    if asked.profile:
        print(profiles.record([row["text"] for row in rows], ROOT / "build"))
        return 0
    document = read_document(ROOT / "data")
    given = Given(rows, document, load(document), QUICK if asked.quick else FULL)
    measured = [_measured(name, given) for name in asked.only]
    whole = not asked.quick and asked.only == list(PARTS)
    _write([part for part, _ in measured], "bench" if whole else "bench-part", whole=whole)
    return 1 if any(failed for _, failed in measured) else 0


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    def parts(text: str) -> list[str]:
        names = text.split(",")
        if unknown := [name for name in names if name not in PARTS]:
            raise argparse.ArgumentTypeError(f"no part {unknown[0]!r}; there are {', '.join(PARTS)}")
        return [name for name in PARTS if name in names]

    parser = argparse.ArgumentParser(prog="make bench", description="Measure speed, size and matching.")
    parser.add_argument("--only", type=parts, default=list(PARTS), help=f"some of {','.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="small counts: nothing to quote")
    parser.add_argument("--profile", action="store_true", help="no figures: where the time goes")
    return parser.parse_args(arguments)


def _measured(name: str, given: Given) -> tuple[Part, bool]:
    """Measure one part; tell whether it failed. A part that fails takes no other with it."""
    title, measure = PARTS[name]
    print(f"{name} ...", file=sys.stderr, flush=True)
    watch, began = Watch(), time.monotonic()
    try:
        figures, failed = measure(given), False
    except Exception:
        traceback.print_exc()
        title, figures, failed = f"{title}: failed", {}, True
    return Part(title, figures, time.monotonic() - began, watch.foreign()), failed


def _write(parts: Sequence[Part], name: str, *, whole: bool) -> None:
    figures = dict.fromkeys(CONTRACT) | {n: f.value for part in parts for n, f in part.figures.items()}
    told = markdown(ROOT, parts, datetime.now(UTC), whole=whole)
    target = ROOT / "build"
    target.mkdir(exist_ok=True)
    (target / f"{name}.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    (target / f"{name}.md").write_text(told, encoding="utf-8")
    print(told)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that nothing it started outlives it
    sys.exit(main(sys.argv[1:]))
