"""A review as its page shows it: where it stands, what it changes, and what whoever looks may do."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from bot.console.desk import Member, desk
from bot.console.reviewing.differing import Shown, shown
from bot.console.reviewing.outcome import Failure, failure
from bot.console.reviewing.proposal import Proposal, work_out
from bot.console.roles import Role, role_of
from bot.console.shelf import InUse
from bot.console.work import Progress, State, work
from bot.referral.booklet.compared import ChangedReply
from bot.referral.booklet.moments import Moment
from bot.referral.booklet.replies import Message, Place
from bot.referral.differences import Difference
from bot.storage.reviews import Review
from bot.storage.reviews import State as Stands
from bot.storage.staff.members import people
from bot.storage.waiting import Seen, waiting

#: So many changed replies, and so many changed parts, stand on a page.
AT_ONCE = 25
#: So long a page waits for what is worked out beside it, in seconds: most of it is small.
_PATIENCE = 0.15


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody may do with a review. `alone`: nobody else can approve it, so they have to say why."""

    approve: bool
    alone: bool
    publish: bool
    own: bool
    approvers: int


@dataclass(frozen=True, slots=True)
class Bubble:
    """A message; `later`: it comes after MORE."""

    message: Message
    later: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A changed reply as it is read: the messages that differ, and how many of it stay the same."""

    place: Place
    moments: tuple[Moment, ...]
    before: tuple[Bubble, ...]
    after: tuple[Bubble, ...]
    same: int


@dataclass(frozen=True, slots=True)
class Group:
    """Changed replies of one topic, on one page."""

    topic: str
    replies: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Changing:
    """The changed replies that are worked out. `others`: how far those have come that a review does not wait for."""

    replies: tuple[ChangedReply, ...] = ()
    others: State | None = None
    failed: Failure | None = None

    @property
    def is_whole(self) -> bool:
        """Whether there are no others, or all of them are worked out."""
        return self.others is None or (not self.others.running and self.failed is None)


def approvers() -> set[str]:
    """Return the names of all who may approve, and can sign in."""
    there = people(desk().database)
    return {one.email for one in there if one.active and one.joined_at and _may_approve(one.role)}


def rights(seen: Seen, member: Member) -> Rights:
    """Say what a member may do with a review."""
    review, there = seen.review, approvers()
    mine = {one.part for one in waiting(desk().database) if one.by == member.name}
    own = review.submitted_by == member.name or bool(mine & set(review.parts))
    may = member.role.covers(Role.APPROVER)
    alone = may and own and len(there) <= 1
    approve = may and review.state is Stands.OPEN and not seen.moved and (not own or alone)
    publish = may and review.state is Stands.APPROVED and not seen.moved
    return Rights(approve, alone, publish, own, len(there))


def look(review: Review, live: InUse) -> State:
    """Begin to work out what a review would do, once for each live release; return how far that has come."""
    the_desk, keeper, key = desk(), work(), _key(review, live)

    def worked_out(progress: Progress) -> Proposal:
        proposal, others = work_out(the_desk.database, review.number, live, now=the_desk.now, progress=progress)
        if others is not None:
            keeper.forget(f"{key} rest")
            keeper.once(f"{key} rest", others)
        return proposal

    state = keeper.once(key, worked_out)
    if state.result and state.result.left and keeper.state(f"{key} rest") is None:
        # What came last was forgotten before what came first: both are worked out again.
        keeper.forget(key)
        state = keeper.once(key, worked_out)
    return keeper.wait(key, _PATIENCE) or state


def changing(review: Review, live: InUse, looked: State | None) -> Changing:
    """Return the changed replies that are worked out, in the order of the topics, and how far the others have come."""
    proposal: Proposal | None = looked.result if looked else None
    if proposal is None:
        return Changing()
    others = work().wait(f"{_key(review, live)} rest", _PATIENCE) if proposal.left else None
    more = others.result if others and others.result else ()
    return Changing((*proposal.replies, *more), others, failed(others))


def look_again(review: Review, live: InUse) -> None:
    """Forget what was worked out for a review."""
    for key in (_key(review, live), f"{_key(review, live)} rest"):
        work().forget(key)


def differing(seen: Seen, live: InUse) -> list[Shown]:
    """Return what a review changes, part by part."""
    return [shown(Difference(one.part, live.parts.get(one.part), one.body)) for one in seen.drafts]


def failed(state: State | None) -> Failure | None:
    """Return why work failed, None when it did not."""
    return failure(state.error) if state is not None and state.error is not None else None


def pages(found: Sequence[Any]) -> int:
    """Return on how many pages something stands."""
    return max(1, -(-len(found) // AT_ONCE))


def on_page(found: Sequence[Any], page: int) -> Sequence[Any]:
    """Return what stands on a page, counted from 1."""
    return found[(page - 1) * AT_ONCE : page * AT_ONCE]


def grouped(replies: Sequence[ChangedReply]) -> list[Group]:
    """Return changed replies topic by topic."""
    return [Group(topic, tuple(map(_pair, found))) for topic, found in groupby(replies, lambda one: one.place.topic)]


def _pair(one: ChangedReply) -> Pair:
    before, after = _apart(one.before, one.after), _apart(one.after, one.before)
    return Pair(one.place, one.moments, before, after, len(one.after) - len(after))


def _apart(mine: Sequence[Message], theirs: Sequence[Message]) -> tuple[Bubble, ...]:
    there = {message.text for message in theirs}
    return tuple(Bubble(message, place > 0) for place, message in enumerate(mine) if message.text not in there)


def _key(review: Review, live: InUse) -> str:
    return f"look {review.number} {live.release.digest} {live.content.bulletins.number}"


def _may_approve(name: str) -> bool:
    role = role_of(name)
    return role is not None and role.covers(Role.APPROVER)
