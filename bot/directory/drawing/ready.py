"""What of a release is made ready once for all services that are drawn for it."""

from dataclasses import dataclass
from functools import lru_cache

from bot.directory.counties import every_zip
from bot.directory.drawing.areas import Areas
from bot.directory.drawing.atlas import Atlas
from bot.referral.content import Content
from bot.referral.misprints import Banned


@dataclass(frozen=True, slots=True)
class Ready:
    """What of a release is made ready."""

    banned: Banned
    areas: Areas


def ready_for(content: Content) -> Ready:
    """Return what drawing needs of a release, two seconds' work: processes that are forked after it share it."""
    return _ready(_Same(content))


class _Same:
    """A release, the same only as itself: comparing two would take longer than drawing."""

    def __init__(self, content: Content) -> None:
        self.content = content

    def __hash__(self) -> int:
        return id(self.content)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.content is self.content


@lru_cache(maxsize=1)
def _ready(release: _Same) -> Ready:
    return Ready(Banned.of(release.content), Areas(Atlas.of(release.content.line, every_zip())))
