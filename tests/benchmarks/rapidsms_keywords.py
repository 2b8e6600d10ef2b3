"""RapidSMS' own KeywordHandler on texts, in a process of its own that finds RapidSMS and its Django in a folder.

    python rapidsms_keywords.py FOLDER < {"keywords": {label: expression}, "texts": [...]}

It prints {"labels": [...], "us": [...]}: for each text the label of the first handler that takes it, "" for none, and
the microseconds that took. Handlers are asked in the order given; RapidSMS itself promises no order.
"""

import json
import sys
import time
from typing import Any


class Message:
    """As much of a message as a handler asks for."""

    def __init__(self, text: str) -> None:
        self.text = text


def handlers(base: type, keywords: dict[str, str]) -> list[Any]:
    """Make a handler for each label: a class with a keyword, as RapidSMS' documentation has it."""

    def take(self: object, text: str = "") -> None:
        """Answer nothing: only who takes the message is asked."""

    return [type(label, (base,), {"keyword": kw, "handle": take, "help": take}) for label, kw in keywords.items()]


def main(folder: str) -> None:
    """Read the task from standard input and write what was found."""
    sys.path.append(folder)
    from django.conf import settings  # type: ignore[import-not-found, unused-ignore]

    settings.configure()
    from rapidsms.contrib.handlers.handlers.keyword import (  # type: ignore[import-not-found, unused-ignore]
        KeywordHandler,
    )

    task = json.load(sys.stdin)
    made = handlers(KeywordHandler, task["keywords"])
    labels, took = [], []
    for number, text in enumerate([*task["texts"][:1], *task["texts"]]):
        began, message = time.perf_counter(), Message(text)
        label = next((one.__name__ for one in made if one.dispatch(None, message)), "")
        if number:  # the first text is asked twice: expressions are compiled when they are first used
            took.append((time.perf_counter() - began) * 1e6)
            labels.append(label)
    json.dump({"labels": labels, "us": took}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
