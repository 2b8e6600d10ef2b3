"""What a review would do to the line, worked out beside the pages: faults, saved conversations, every changed reply."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.console.shelf import InUse
from bot.console.work import Progress
from bot.referral.booklet.compared import ChangedReply, ChangedSentence, affected, changed_replies, changed_sentences
from bot.referral.content import Content
from bot.referral.document import parse
from bot.referral.given import today_in
from bot.referral.golden import Miss
from bot.referral.lifeline import lost
from bot.referral.lint import lint
from bot.referral.overlay import with_bulletins
from bot.referral.problem import ContentError, Problem
from bot.storage.bulletins import fold, rows
from bot.storage.database import Database
from bot.storage.given_again import Again, given_again
from bot.storage.publishing import proposed
from bot.storage.transcripts import missed, transcripts

#: A review waits for so many changed replies, or for those found in so many seconds; the rest is worked out after them.
FIRST, SECONDS = 200, 5.0
Replies = tuple[ChangedReply, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was found. `played`: how many saved conversations there are. `is_read`: whether there are replies at all.

    `replies`: the first of them; `left`: how many topics are still to be looked at for more. `again`: numbers that were
    taken away and would come back.
    """

    problems: tuple[Problem, ...]
    misses: tuple[Miss, ...] = ()
    played: int = 0
    replies: Replies = ()
    sentences: tuple[ChangedSentence, ...] = ()
    is_read: bool = True
    left: int = 0
    again: tuple[Again, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether it may be published, as far as this shows."""
        return not self.problems and not self.misses


#: Gives the replies that are still to be worked out.
Rest = Callable[[Progress], Replies]


def work_out(
    database: Database, number: int, live: InUse, *, now: datetime, progress: Progress
) -> tuple[Proposal, Rest | None]:
    """Look at what a review would do, and give what works the rest out where its replies are very many.

    Raises ReviewError, MovedError and DatabaseError.
    """
    progress("read", 0, 1)
    try:
        _, _, document = proposed(database, number, live.release)
        after = parse(document)
    except ContentError as error:
        return Proposal(error.problems, is_read=False), None
    progress("lint", 0, 1)
    problems = tuple(sorted(lint(after)))
    if not after.wording.keys() >= set(after.line.languages):
        return Proposal(problems, is_read=False), None  # nothing can be said in a language without sentences
    saved = transcripts(database)
    played = missed(after, saved, lambda done: progress("transcripts", done, len(saved)))
    misses = (*(() if problems else lost(after, lambda: live.content)), *played)
    after = with_bulletins(after, fold(rows(database)).bulletins)
    topics = affected(live.content, after)
    replies, done = _first(_Pair(live.content, after, now), topics, progress)
    sentences = tuple(changed_sentences(live.content, after))
    rest = _rest(_Pair(live.content, after, now), topics[done:]) if done < len(topics) else None
    again = given_again(database, live.release.document, document)
    return Proposal(problems, misses, len(saved), replies, sentences, left=len(topics) - done, again=again), rest


@dataclass(frozen=True, slots=True)
class _Pair:
    """What is live and what would be, looked at from a moment on."""

    before: Content
    after: Content
    now: datetime

    def replies(self, topic: str) -> Replies:
        """Return the replies about a topic that change."""
        day = today_in(self.before, "", self.now)
        return tuple(changed_replies(self.before, self.after, day, topics=[topic]))


def _first(pair: _Pair, topics: Sequence[str], progress: Progress) -> tuple[Replies, int]:
    """Return the first replies that change, and how many topics were looked at for them; whole topics always."""
    found: list[ChangedReply] = []
    ends = time.monotonic() + SECONDS
    for done, topic in enumerate(topics):
        if len(found) >= FIRST or (found and time.monotonic() > ends):
            return tuple(found), done
        progress("replies", done, len(topics))
        found += pair.replies(topic)
    return tuple(found), len(topics)


def _rest(pair: _Pair, topics: Sequence[str]) -> Rest:
    def rest(progress: Progress) -> Replies:
        found: list[ChangedReply] = []
        for done, topic in enumerate(topics):
            progress("replies", done, len(topics))
            found += pair.replies(topic)
        return tuple(found)

    return rest
