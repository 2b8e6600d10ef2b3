"""How the account stands today: what is left to pay with, the campaign, and what went wrong in the last day.

It asks for totals and keeps totals: neither a message nor a call is ever listed for it. The log of errors is, and of
each of its lines only the code is read.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.line.provider.account import Account
from bot.line.provider.faults import ForbiddenRequestError, ProviderError
from bot.line.provider.transport import Send, Transport, pooled, silence

#: Over how long errors are added up.
LOOKED_BACK = timedelta(days=1)
_PAGE = 1000
#: The log gives 10,000 lines at most: https://www.twilio.com/docs/usage/monitor-alert
_MOST_PAGES = 10
#: Of whatever a stranger's answer holds, so much is shown.
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Today:
    """What the provider said. `campaigns`: the state of each; `errors`: how many per code, of the last day.

    None = it could not be asked, and `unasked` says why, each reason once: a type or a status, nothing else.
    """

    balance: str | None
    campaigns: tuple[str, ...] | None
    errors: Mapping[int, int] | None
    unasked: tuple[str, ...] = field(default=())


def today(
    account: Account, now: datetime, *, send: Send | None = None, sleep: Callable[[float], None] = time.sleep
) -> Today:
    """Return how the account stands; `now` is aware. Never raises ProviderError: what could not be asked is None.

    Reads `Accounts/<sid>/Balance.json` of api.twilio.com, `v1/Services/<sid>/Compliance/Usa2p` of
    messaging.twilio.com and `v1/Alerts` of monitor.twilio.com. `send` is for tests.
    """
    silence()
    with pooled() if send is None else nullcontext(send) as chosen:
        asking = _Asking(account, Transport(chosen, sleep=sleep))
        found = [_tried(question) for question in (asking.balance, asking.campaigns, lambda: asking.errors(now))]
    balance, campaigns, errors = (None if isinstance(one, ProviderError) else one for one in found)
    why = dict.fromkeys(str(one) for one in found if isinstance(one, ProviderError))
    return Today(balance, campaigns, errors, tuple(why))


class _Asking:
    """Three questions to one account. Each raises ProviderError."""

    def __init__(self, account: Account, transport: Transport) -> None:
        self._account = account
        self._transport = transport

    def balance(self) -> str:
        """Return the balance with its currency: "12.34 USD"."""
        found = self._json(f"https://api.twilio.com/2010-04-01/Accounts/{self._account.sid}/Balance.json")
        return f"{float(found['balance']):,.2f} {_word(found['currency'])}"

    def campaigns(self) -> tuple[str, ...]:
        """Return the state of each campaign of the Messaging Service: VERIFIED, IN_PROGRESS ..."""
        url = f"https://messaging.twilio.com/v1/Services/{self._account.service}/Compliance/Usa2p"
        return tuple(_word(one["campaign_status"]) for page in self._pages(url, {}) for one in page["compliance"])

    def errors(self, now: datetime) -> Mapping[int, int]:
        """Return how often each code stands in the account's log of errors and warnings of the last day."""
        since = (now - LOOKED_BACK).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        pages = self._pages("https://monitor.twilio.com/v1/Alerts", {"StartDate": since, "PageSize": _PAGE})
        return Counter(int(one["error_code"]) for page in pages for one in page["alerts"])

    def _pages(self, url: str, params: Mapping[str, object]) -> Iterator[Any]:
        """Yield the pages of a list; what lies beyond the tenth is left out, as the provider leaves it out."""
        for _ in range(_MOST_PAGES):
            page = self._json(url, params)
            yield page
            url, params = page["meta"]["next_page_url"], {}
            if not url:
                return

    def _json(self, url: str, params: Mapping[str, object] | None = None) -> Any:
        auth = self._account.user, self._account.secret
        return json.loads(self._transport.request("GET", url, auth=auth, params=params or None).text)


def _tried(question: Callable[[], Any]) -> Any:
    try:
        return question()
    except ProviderError as error:
        return error
    except (ValueError, TypeError, KeyError, AttributeError, ForbiddenRequestError):
        return ProviderError("an answer of an unknown shape")


def _word(said: Any) -> str:
    """Return a word of theirs, fit to be shown. Raises TypeError for what is none."""
    if not isinstance(said, str) or not said.isprintable():
        raise TypeError
    return said[:_LONGEST]
