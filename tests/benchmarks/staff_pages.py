"""How long the pages of the staff door take with a large directory: 2,000 entries and 200 topics, on SQLite."""

import tempfile
import time
from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from bot.console.roles import Role
from bot.storage import releases
from bot.storage.database import connect
from bot.storage.migrate import migrate
from tests.benchmarks.many_entries import grown
from tests.console.editors import fields_of
from tests.console.house import Browser, House
from tests.console.releases import Releases

ENTRIES, TOPICS, ROUNDS = 2_000, 200, 5
#: Pages as somebody opens them, by name.
PAGES = {
    "home": "/", "entries": "/entries", "found": "/entries?q=legal", "entry": "/entries/cast-la", "topics": "/topics",
    "topic": "/topics/shelter", "try_text": "/topics/try", "wording": "/wording", "sentence": "/wording/menu",
    "try": "/tryit", "review": "/review", "releases": "/releases", "urgent": "/urgent", "checks": "/checks",
    "check": "/checks/cast-la", "import": "/import", "booklet": "/booklet", "booklet_topic": "/booklet/shelter",
    "counts": "/counts", "staff": "/staff", "audit": "/audit",
}  # fmt: skip
#: Editors whose phone is asked for, as it is while somebody types.
PREVIEWS = {"entry": "/entries/cast-la", "topic": "/topics/shelter", "sentence": "/wording/menu"}


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
            "label": model["label"],
            "lead": model["lead"],
            "words": {"en": [f"need {word}", f"{word} help"], "es": [f"necesito {word}"]},
            "alone": {"en": [word]},
        }
        for entry in made["entries/westlake.toml"]["entry"][number % 30 : number % 30 + 3]:
            entry["serves"] = [*entry["serves"], {"topic": slug, "rank": 10 + number}]
    return made


def measure(document: Mapping[str, Any]) -> dict[str, float]:
    """Return the median of each page, and of each phone beside an editor, in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'line.db'}"
        engine = connect(url)
        migrate(engine)
        releases.publish(engine, wide(grown(document, ENTRIES), TOPICS), note="large", now=datetime.now(UTC))
        engine.dispose()
        house = House(url, source=Releases)
        try:
            browser = house.member(Role.ADMIN)
            found = {f"page_{name}_ms": _time(lambda at=path: _open(browser, at)) for name, path in PAGES.items()}
            for name, path in PREVIEWS.items():
                fields = fields_of(browser, path)
                found[f"phone_{name}_ms"] = _time(lambda at=path, f=fields: _show(browser, at, f))
        finally:
            house.close()
    return found


def _open(browser: Browser, path: str) -> None:
    answered = browser.get(path)
    assert answered.status_code == 200, (path, answered.status_code)


def _show(browser: Browser, path: str, fields: Mapping[str, str]) -> None:
    answered = browser.post(path, {**fields, "action": "preview"})
    assert answered.status_code == 200
    assert 'id="phone"' in answered.text


def _time(call: Any) -> float:
    call()  # the first one reads the release, and compiles the page
    took = []
    for _ in range(ROUNDS):
        began = time.process_time()
        call()
        took.append((time.process_time() - began) * 1e3)
    return round(median(took), 1)
