"""What is kept of a record, and which records are this line's."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.line.provider.client import Provider
from bot.line.provider.records import Kind, Record
from tests.line.provider.holdings import LINE, NOW, OTHER, SAID, TEXTER, Holdings

HOUR = timedelta(hours=1)
RECORD = Record(Kind.MESSAGE, "SM" + "1" * 32, NOW - HOUR, "received")


def test_a_record_shows_neither_whom_it_is_with_nor_what_was_said(provider: Provider, holdings: Holdings) -> None:
    holdings.exchange(HOUR)
    holdings.call(HOUR)
    shown = repr([*provider.messages(LINE), *provider.calls(LINE)])
    assert shown.count("Record(") == 3
    assert not [secret for secret in holdings.secrets if secret in shown]


@pytest.mark.parametrize(
    ("changes", "old"),
    [
        ({}, True),
        ({"at": NOW}, False),
        ({"at": None}, False),
        *(({"status": status}, True) for status in ("sent", "delivered", "undelivered", "failed", "received", "read")),
        *(({"status": status}, True) for status in ("completed", "busy", "no-answer", "canceled", "of-tomorrow")),
        *(({"status": status}, False) for status in ("accepted", "queued", "sending", "scheduled", "receiving")),
        *(({"status": status}, False) for status in ("initiated", "ringing", "in-progress")),
    ],
    ids=str,
)
def test_what_is_old_is_finished_and_from_before(changes: dict[str, object], old: bool) -> None:
    assert replace(RECORD, **changes).is_old(NOW - HOUR / 2) is old  # type: ignore[arg-type]


def test_the_last_known_moment_counts(provider: Provider, holdings: Holdings) -> None:
    holdings.reply(3 * HOUR, date_sent="Tue, 01 Dec 2026 19:30:00 +0000")
    holdings.reply(3 * HOUR, date_sent=None)
    holdings.reply(3 * HOUR, date_sent="soon", date_created=None)
    holdings.call(3 * HOUR, start_time="", end_time=None)
    moments = [record.at for record in (*provider.messages(LINE), *provider.calls(LINE))]
    assert moments == [NOW - HOUR / 2, NOW - 3 * HOUR, None, NOW - 3 * HOUR]


def test_only_this_numbers_side_of_an_exchange_is_its_own(provider: Provider, holdings: Holdings) -> None:
    ours = {holdings.text(HOUR), holdings.reply(HOUR), holdings.call(HOUR), holdings.leg(HOUR, "CA")}
    # Another number of the account writes to ours and hears from it; the two sides are two records.
    ours.add(holdings.text(HOUR, sent_from=OTHER))
    holdings.reply(HOUR, sent_from=OTHER, to=LINE)
    holdings.text(HOUR, sent_from=LINE, to=OTHER)
    holdings.leg(HOUR, "CA", sent_from=OTHER, to=LINE)
    assert {record.sid for record in (*provider.messages(LINE), *provider.calls(LINE))} == ours


@pytest.mark.parametrize(
    ("body", "hidden"),
    [("", True), (None, True), ("**REDACTED**", True), ("[Redacted]", True), ("XXXX", True), ("*****", True)]
    + [(SAID, False), ("redacted my name", False), ("x marks it", False), ("911", False), ("?", True)],
)
def test_a_body_that_was_redacted(provider: Provider, holdings: Holdings, body: str | None, hidden: bool) -> None:
    holdings.text(HOUR, body=body)
    (record,) = provider.messages(LINE)
    assert record.text_hidden is hidden


@pytest.mark.parametrize(
    ("theirs", "hidden"), [("+1213555XXXX", True), ("+1213555****", True), (TEXTER, False), ("Xerox", False)]
)
def test_a_number_that_was_redacted(provider: Provider, holdings: Holdings, theirs: str, hidden: bool) -> None:
    holdings.text(HOUR, sent_from=theirs)
    holdings.reply(HOUR, to=theirs)
    assert [record.number_hidden for record in provider.messages(LINE)] == [hidden, hidden]
