"""What the tests of the provider's copy may ask for."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from bot.line.provider.account import load
from bot.line.provider.client import Provider, connect
from tests.line.provider.holdings import ENVIRON, Holdings
from tests.line.provider.standin import Twilio, wire

_QUIETENED = ("twilio", "requests", "urllib3", "charset_normalizer")


@pytest.fixture(autouse=True)
def _levels_stay_ours() -> Iterator[None]:
    before = {name: logging.getLogger(name).level for name in _QUIETENED}
    yield
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def holdings() -> Holdings:
    """Give what the provider holds; a test fills it."""
    return Holdings()


@pytest.fixture
def nothing_about_anybody(
    holdings: Holdings, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> Iterator[None]:
    """Fail when a number, a name of a record or a body was printed or logged, at whatever level."""
    caplog.set_level(logging.DEBUG)
    yield
    written = caplog.text + "".join(capsys.readouterr())
    assert not [secret for secret in holdings.secrets if secret in written]


@pytest.fixture
def twilio(holdings: Holdings) -> Iterator[Twilio]:
    """Give the provider's server over that account."""
    server = Twilio(holdings)
    yield server
    server.close()


@pytest.fixture
def waits() -> list[float]:
    """Give the seconds that were waited between tries; nobody really waits."""
    return []


@pytest.fixture
def provider(twilio: Twilio, waits: list[float]) -> Iterator[Provider]:
    """Give our side of it."""
    with ExitStack() as stack:
        send = stack.enter_context(wire(twilio.origin))
        yield stack.enter_context(connect(load(ENVIRON), send=send, sleep=waits.append))
