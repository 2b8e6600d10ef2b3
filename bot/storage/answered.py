"""Saved conversations that a release answers otherwise: it was published at once, and they have to be saved anew."""

from collections.abc import Iterable

from sqlalchemy import Engine

from bot.referral.document import parse
from bot.referral.golden import Miss
from bot.storage.document import digest
from bot.storage.releases import read
from bot.storage.transcripts import Transcript, missed, transcripts


def otherwise(engine: Engine, number: int) -> list[Miss]:
    """Return every reply of a release that is not what a saved conversation says: nobody publishes a review until then.

    Pauses and checks made since do not count: they come and go. Raises UnknownReleaseError, TamperedReleaseError,
    ContentError where it cannot be read any more, and DatabaseError.
    """
    saved = transcripts(engine)
    return missed(parse(read(engine, number).document), saved) if saved else []


def mark(saved: Iterable[Transcript]) -> str:
    """Return what tells these conversations from others."""
    return digest("\n".join(f"{one.name} {digest(one.body)}" for one in saved))
