"""Fetch a directory from an HSDS API, page by page: nothing it claims is believed, and a break loses nothing."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from bot.directory.note import Where
from bot.directory.reading.address import address_of
from bot.directory.reading.findings import BrokenError, Findings, shown
from bot.directory.reading.gathering import gathered
from bot.directory.reading.layout import Layout
from bot.directory.reading.limits import USUAL, Limits
from bot.directory.reading.pages import PageStore
from bot.directory.reading.paging import Paging
from bot.directory.reading.raw import Opened, UnreadableError
from bot.directory.reading.wire import Get, Wire, real_wire

MOST_PAGES = 10_000


def fetch(
    url: str,
    scratch: Path,
    *,
    get: Get | None = None,
    most_pages: int = MOST_PAGES,
    say: Callable[[str], None] = lambda _: None,
    sleep: Callable[[float], None] = time.sleep,
    now: Callable[[], float] = time.time,
    limits: Limits = USUAL,
) -> Opened:
    """Return the directory that an HSDS API gives, all its pages read and kept as files below `scratch`.

    `scratch` is for this address alone. After a break the same call goes on at the first page that is missing, unless
    a day went by or the server now counts another number of services. `say` hears how far it got. Raises
    UnreadableError; its sentences never hold what stands before an @ or behind a ? in the address.
    """
    findings = Findings(limits)
    paging: Paging | None = None
    way: AbstractContextManager[Get] = nullcontext(get) if get else real_wire()
    try:
        address = address_of(url)
        with way as ask:
            store = PageStore(scratch, address.known_as, limits, now())
            paging = Paging(Wire(address, ask, limits, sleep=sleep), store, say)
            version = paging.version()
            last = paging.all_pages(most_pages, now)
    except BrokenError as error:
        kept = f"{paging.kept} pages are kept; the same command goes on after them" if paging and paging.kept else ""
        raise UnreadableError((str(error), *filter(None, [kept]))) from None
    except OSError as error:
        raise UnreadableError((f"the pages could not be kept ({error.strerror or type(error).__name__})",)) from None
    name = shown(address.host)
    paging.tell(Where(name), version, findings)
    return gathered(name, Layout(tuple(map(store.source, range(1, last + 1)))), scratch, findings)
