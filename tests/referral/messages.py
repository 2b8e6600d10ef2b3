"""Messages of one topic that take one segment, two at most; every sentence of the line is its key."""

from types import SimpleNamespace
from typing import Any, cast

from bot.referral.choose import Need
from bot.referral.compose import Page, page
from bot.referral.content import Content
from bot.referral.items import Item
from bot.referral.segments import Encoding

KEYS = (
    "opening danger more_hint forget_hint night_unknown minor_notice police_ask place_question place_or_211 talk_hint"
)
WORDS = {key: f"<{key}>" for key in KEYS.split()} | {"also": "<also {label}>"}
TOPIC: dict[str, Any] = {
    "local": False, "minors": True, "police": False, "lead": {}, "note": {}, "notice": {}, "facets": {},
}  # fmt: skip
NEED = Need("shelter", area="westlake")
AIM, CAP = 160, 306


def content(**topic: Any) -> Content:
    """Make a release with one topic, whose messages take one segment, two at most."""
    limits = SimpleNamespace(aim_segments=1, cap_segments=2)
    return cast(
        Content,
        SimpleNamespace(
            alphabets={"en": Encoding.GSM_7},
            line=SimpleNamespace(limits=limits),
            wording={"en": WORDS},
            topics={"shelter": SimpleNamespace(**TOPIC | topic)},
        ),
    )


def entry(name: str = "a", size: int = 3, **more: Any) -> Item:
    """Make an entry whose sentence has so many characters."""
    return Item(name * size, entry=f"{name}-id", **more)


def text(size: int = 3) -> Item:
    """Make a paragraph of so many characters that leads nowhere."""
    return Item("t" * size)


def made(*items: Item, need: Need = NEED, start: int = 0, first: bool = False, also: str = "", **topic: Any) -> Page:
    """Compose a message."""
    return page(content(**topic), need, items, start, first=first, also=also)


EN = "en"
ALL: dict[str, Any] = {"local": True, "police": True, "lead": {EN: "<lead>"}, "note": {EN: "<note>"}}
A211 = Item("<211>", entry="211")
MINOR = Need("shelter", minor=True)
