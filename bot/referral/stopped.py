"""What was stopped as wrong and is still in the release: only a pause keeps it from texters."""

from collections.abc import Iterator
from datetime import datetime

from bot.referral.bulletin import Pause, Why
from bot.referral.content import Content
from bot.referral.entry import Status


def stopped_yet_there(content: Content, now: datetime) -> Iterator[tuple[Pause, str]]:
    """Give each such pause that is on, with the name of what it stops. `now` is aware."""
    for pause in content.bulletins.pauses:
        one = content.entries.get(pause.entry)
        if pause.why is not Why.WITHDRAWN or (pause.until is not None and now >= pause.until):
            continue
        if one is None or one.status is not Status.PUBLISH:
            continue
        there = [phone.printed for phone in one.phone if phone.publish and pause.phone in ("", phone.number)]
        if there or (pause.phone == "" and one.link):
            yield pause, ", ".join(dict.fromkeys([one.name, *there]))
