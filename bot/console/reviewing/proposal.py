"""What a review would do to the line, worked out beside the pages: faults, saved conversations, every changed reply."""

from dataclasses import dataclass
from datetime import datetime

from bot.console.shelf import InUse
from bot.console.work import Progress
from bot.referral.booklet.compared import ChangedReply, ChangedSentence, affected, changed_replies, changed_sentences
from bot.referral.content import Content
from bot.referral.document import parse
from bot.referral.given import today_in
from bot.referral.golden import Miss
from bot.referral.lint import lint
from bot.referral.overlay import with_bulletins
from bot.referral.problem import ContentError, Problem
from bot.storage.bulletins import fold, rows
from bot.storage.database import Database
from bot.storage.publishing import proposed
from bot.storage.transcripts import missed, transcripts


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was found. `played`: how many saved conversations there are. `is_read`: whether there are replies at all."""

    problems: tuple[Problem, ...]
    misses: tuple[Miss, ...] = ()
    played: int = 0
    replies: tuple[ChangedReply, ...] = ()
    sentences: tuple[ChangedSentence, ...] = ()
    is_read: bool = True

    @property
    def fits(self) -> bool:
        """Whether it may be published, as far as this shows."""
        return not self.problems and not self.misses


def work_out(database: Database, number: int, live: InUse, *, now: datetime, progress: Progress) -> Proposal:
    """Look at what a review would do. Raises ReviewError, MovedError and DatabaseError."""
    progress("read", 0, 1)
    try:
        _, _, document = proposed(database, number, live.release)
        after = parse(document)
    except ContentError as error:
        return Proposal(error.problems, is_read=False)
    progress("lint", 0, 1)
    problems = tuple(sorted(lint(after)))
    saved = transcripts(database)
    misses = tuple(missed(after, saved, lambda done: progress("transcripts", done, len(saved))))
    after = with_bulletins(after, fold(rows(database)).bulletins)
    replies = _replies(live.content, after, now, progress)
    return Proposal(problems, misses, len(saved), replies, tuple(changed_sentences(live.content, after)))


def _replies(before: Content, after: Content, now: datetime, progress: Progress) -> tuple[ChangedReply, ...]:
    day, topics, found = today_in(before, "", now), affected(before, after), list[ChangedReply]()
    for done, topic in enumerate(topics):
        progress("replies", done, len(topics))
        found += changed_replies(before, after, day, topics=[topic])
    return tuple(found)
