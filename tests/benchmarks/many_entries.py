"""A release with a great many entries or topics, to see that answering does not slow down with them."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from itertools import product
from typing import Any

from bot.referral.choose import Need
from bot.referral.content import Content


def grown(document: Mapping[str, Any], size: int) -> dict[str, Any]:
    """Copy a document and add likenesses of its entries, round robin, until there are `size`."""
    big: dict[str, Any] = deepcopy(dict(document))
    files = [f for f in sorted(big) if f.startswith("entries/")]
    models = [(f, e) for f in files for e in big[f]["entry"] if e["status"] == "publish" and e.get("phone")]
    have = sum(len(big[f]["entry"]) for f in files)
    added: dict[str, list[Any]] = {f: [] for f in files}
    for n in range(max(0, size - have)):
        file, model = models[n % len(models)]
        added[file].append({**model, "id": f"{model['id']}-{n}", "aliases": [], "keep": False})
    for file, entries in added.items():
        big[file]["entry"] = [*big[file]["entry"], *entries]
    return big


def wide(document: Mapping[str, Any], topics: int) -> dict[str, Any]:
    """Return a document with so many topics: likenesses of one, each with wordings that no other has."""
    made: dict[str, Any] = deepcopy(dict(document))
    model = made["topics/food.toml"]
    have = sum(file.startswith("topics/") for file in made)
    for number in range(max(0, topics - have)):
        slug, word = f"made-{number}", f"zq{number}x"
        made[f"topics/{slug}.toml"] = {
            "slug": slug,
            "local": True,
            "label": {"en": word, "es": word},
            "lead": model["lead"],
            "words": {"en": [f"need {word}", f"{word} help"], "es": [f"necesito {word}"]},
            "alone": {"en": [word], "es": [word]},
        }
        for entry in made["entries/westlake.toml"]["entry"][number % 30 : number % 30 + 3]:
            entry["serves"] = [*entry["serves"], {"topic": slug, "rank": 10 + number}]
    return made


@contextmanager
def longest_pause() -> Iterator[list[float]]:
    """Give a list that holds, after the block, the seconds for which another thread was kept waiting at most."""
    pauses, over = [0.0], threading.Event()

    def wait() -> None:
        before = time.perf_counter()
        while not over.wait(0.001):
            now = time.perf_counter()
            pauses[0], before = max(pauses[0], now - before), now

    watch = threading.Thread(target=wait)
    watch.start()
    try:
        yield pauses
    finally:
        over.set()
        watch.join()


def needs(content: Content) -> list[Need]:
    """List every topic in every area and language, with a ZIP code in the area where the release knows one."""
    areas = content.line.areas.items()
    zips = {slug: next((code for code in sorted(area.zips) if code in content.middles), "") for slug, area in areas}
    places = [("", ""), *zips.items(), *((slug, "") for slug in zips)]
    asked = product(content.topics, places, content.line.languages)
    return [Need(topic, area=area, zip=code, language=language) for topic, (area, code), language in asked]
