"""Matchers of others on the development set with our own words: how often right, false alarms, missed crises, time.

Every matcher is judged by the judge of `make eval` (tests/understanding). Those that are methods rather than programs
get texts and words folded as we fold them; RapidSMS gets texts as they were sent, as it would.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from statistics import median
from typing import Any

from rapidfuzz import fuzz, process

from bot.referral.content import Content
from bot.referral.normalise import words_of
from bot.referral.understand import understand
from bot.terminal import described
from tests.benchmarks import fetched
from tests.benchmarks.figures import Figure, Figures, missing
from tests.benchmarks.peer_words import Wording, wordings
from tests.understanding.measure import figure
from tests.understanding.sets import CRISES, Row

#: From this likeness on (of 100) a phrase is taken for the text: where projects that use it begin.
ALIKE = 85.0
#: No phrase of ours has more words.
LONGEST = 10
RAPIDSMS = "2.2.0"
_NAMES = ("right", "false_alarms", "missed_crises", "us_p50")


def measure(rows: Sequence[Mapping[str, Any]], content: Content, document: Mapping[str, Any]) -> Figures:
    """Return for each matcher the share of labels right, counts of false alarms and missed crises, and microseconds."""
    ours = wordings(content, document)
    whole, within = tables(ours, content.topics)
    phrases = list(whole)
    ways: dict[str, Callable[[str], Mapping[str, Any]]] = {
        "quietline": lambda text: described(understand(text, content)),
        "whole_word": lambda text: _told(_searched(words_of(text), whole, within), content),
        "exact": lambda text: _told(whole.get(" ".join(words_of(text)), ""), content),
        "ratio": lambda text: _told(_likest(" ".join(words_of(text)), whole, phrases), content),
    }
    found: Figures = {}
    for name, way in ways.items():
        way(rows[0]["text"])
        told, took = [], []
        for row in rows:
            began = time.perf_counter()
            told.append(way(row["text"]))
            took.append((time.perf_counter() - began) * 1e6)
        found |= judged(name, rows, told, took)
    return found | _rapidsms(rows, content, ours)


def tables(ours: Sequence[Wording], topics: Collection[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the phrases that are a text by themselves, and those that count anywhere in one; crises come first.

    A topic's single words ("bed") count anywhere, as who searches for words would have it: that finds more than it
    spoils. A command's do not ("para", "more").
    """
    whole: dict[str, str] = {}
    within: dict[str, str] = {}
    for wording in ours:
        for phrase in wording.phrases():
            whole.setdefault(phrase, wording.label)
            if not wording.whole or wording.label in topics:
                within.setdefault(phrase, wording.label)
    return whole, within


def _searched(words: Sequence[str], whole: Mapping[str, str], within: Mapping[str, str]) -> str:
    """Find the longest phrase in a text; a text that is nothing but a phrase is that phrase."""
    if exact := whole.get(" ".join(words)):
        return exact
    for size in range(min(LONGEST, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            if label := within.get(" ".join(words[at : at + size])):
                return label
    return ""


def _likest(text: str, whole: Mapping[str, str], phrases: Sequence[str]) -> str:
    best = process.extractOne(text, phrases, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return whole[best[0]] if best else ""


def _told(label: str, content: Content) -> dict[str, Any]:
    """Describe what a matcher found as `understand --jsonl` does."""
    kind = "unclear" if not label else "command"
    if label in content.topics:
        kind = "crisis" if label in CRISES else "topic"
    return {"kind": kind, "label": label or None, "choices": [], "language": "en", "area": None, "facet": None}


def judged(
    name: str, rows: Sequence[Mapping[str, Any]], told: Sequence[Mapping[str, Any]], took: list[float]
) -> Figures:
    """Return how often a matcher was right, its false alarms, missed crises and time; `took` is in microseconds."""
    seen = [
        Row(r["text"], tuple(r["labels"]), r["lang"], r["style"], "", "", t) for r, t in zip(rows, told, strict=True)
    ]
    meant = [row for row in seen if row.labels[0] in CRISES]
    others = [row for row in seen if not CRISES & set(row.labels)]
    right = figure("right", seen, lambda row: row.right)
    alarms = figure("false alarms", others, lambda row: row.kind == "crisis")
    missed = figure("missed", meant, lambda row: row.kind != "crisis")
    return {
        f"match_{name}_right": Figure(round(right.share, 3), note=f"of {right.texts} texts"),
        f"match_{name}_false_alarms": Figure(alarms.hits, note=f"of {alarms.texts} texts without a crisis"),
        f"match_{name}_missed_crises": Figure(missed.hits, note=f"of {missed.texts} crises"),
        f"match_{name}_us_p50": Figure(round(median(took), 1)),
    }


def _rapidsms(rows: Sequence[Mapping[str, Any]], content: Content, ours: Sequence[Wording]) -> Figures:
    folder, why = fetched.package("rapidsms", RAPIDSMS)
    if folder is None:
        return missing([f"match_rapidsms_{name}" for name in _NAMES], why)
    keywords: dict[str, list[str]] = {}
    for wording in ours:
        keywords.setdefault(wording.label, []).append(wording.expression())
    task = {
        "keywords": {k: "|".join(dict.fromkeys(v)) for k, v in keywords.items()},
        "texts": [r["text"] for r in rows],
    }
    command = [sys.executable, str(fetched.HERE / "rapidsms_keywords.py"), str(folder)]
    done = subprocess.run(command, input=json.dumps(task), capture_output=True, text=True, check=False)
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1]
        return missing(
            [f"match_rapidsms_{name}" for name in _NAMES], f"rapidsms {RAPIDSMS} does not run here: {reason}"
        )
    answered = json.loads(done.stdout)
    return judged("rapidsms", rows, [_told(label, content) for label in answered["labels"]], answered["us"])
