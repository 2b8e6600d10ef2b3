"""What needs a person today: one list, the most urgent first, each with a sentence that says what to do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.referral.content import Content
from bot.referral.given import Given, today_in, unheeded
from bot.referral.problem import Problem
from bot.referral.standing import GIVEN, Standing, State, late_list
from bot.referral.stopped import stopped_yet_there
from bot.referral.turn import Outcome

#: Paragraphs about the law are told of so long before they are to be read again.
LAW_AHEAD = timedelta(days=21)
#: So many weeks are what a share is compared with, and so much more than their mean is a rise.
USUAL_WEEKS, RISE = 4, 1.3
#: A share below this is no matter of concern, however it rose.
LEAST = 0.05
_ANEW = " answered otherwise now, and no review can be published until it is saved anew or removed"

_MEANT: Mapping[Outcome, str] = {
    Outcome.UNCLEAR: "Texts that were not understood",
    Outcome.NO_ENTRY: "Needs for which nothing was found",
    Outcome.ONLY_211: "Needs for which only 211 was found",
}


class Kind(StrEnum):
    """What it is about, the most urgent first."""

    LAST_RESORT = "last resort"
    UNHEEDED = "unheeded pause"
    WITHDRAWN = "stopped, not taken out"
    COMPLAINT = "complaint"
    STEPPED_BACK = "stepped back"
    UNSEEN = "published alone"
    SAVED = "saved conversations"
    LAW = "law"
    DUE = "due"
    NO_LOCAL = "no local entry"
    LINT = "lint"
    REVIEW = "to review"
    DRAFTS = "drafts"
    RISING = "rising"


#: Where each kind stands in the list.
ORDER: Mapping[Kind, int] = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Task:
    """Something for a person to do. `about`: the entry, topic or file it is about, "" = nothing in particular.

    `order`: where it stands among those of its kind, 0 first.
    """

    kind: Kind
    about: str
    sentence: str
    order: int = 0


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies on the desk besides the release: what lint says of it, drafts, reviews, shares of closed weeks,
    and `saved` conversations that it answers otherwise.

    `shares`: for unclear and unmet texts (Outcome.UNCLEAR, NO_ENTRY, ONLY_211) the shares of all conversations, oldest
    week first; None = hidden.
    """

    problems: Sequence[Problem] = ()
    drafts: int = 0
    imported: int = 0
    to_review: int = 0
    unseen: int = 0
    saved: int = 0
    shares: Mapping[Outcome, Sequence[float | None]] = field(default_factory=dict)


def attention(content: Content, now: datetime, desk: Desk) -> list[Task]:
    """List what needs a person, the most urgent first. `content` with its bulletins, `now` aware."""
    found = [
        *_numbers(content, now),
        *_pauses(content, now),
        *_law(content, now),
        *_no_local(content, now),
        *_desk(desk),
        *_rising(desk.shares),
    ]
    return sorted(found, key=lambda task: (ORDER[task.kind], task.order, task.about))


def _numbers(content: Content, now: datetime) -> Iterator[Task]:
    for order, standing in enumerate(late_list(content, today_in(content, "", now))):
        kind = _kind(standing)
        yield Task(kind, standing.entry.id, f"{_name(standing)} {_why(standing)}", order)


def _kind(standing: Standing) -> Kind:
    if standing.entry.keep:
        return Kind.LAST_RESORT
    if standing.asked is not None:
        return Kind.COMPLAINT
    return Kind.DUE if standing.state in GIVEN else Kind.STEPPED_BACK


def _name(standing: Standing) -> str:
    phone = standing.phone
    return f"{standing.entry.name}{f', {phone.printed},' if phone is not None else ''}"


def _why(standing: Standing) -> str:
    if standing.entry.keep and standing.asked is None:
        failed = {str(check.result) for check in standing.failed}
        told = f"was to be checked by {standing.due}" if standing.due else "was never checked"
        told = f"was tried: {', '.join(sorted(failed))}" if failed else told
        return f"{told}. It is given whatever happens: check it now."
    if standing.asked is not None:
        return f"should be checked: since {standing.asked} texters say that it does not work."
    if standing.state is State.UNVERIFIED:
        told = "was found wrong or closed" if standing.failed else "has never been checked"
        return f"{told}, and is not given."
    if standing.state is State.STEPPED_BACK:
        told = "did not answer" if standing.failed else "was not checked for too long"
        return f"{told}, and is not given any more."
    return f"is due since {standing.due}." if standing.due else "is due."


def _pauses(content: Content, now: datetime) -> Iterator[Task]:
    for pause in content.bulletins.pauses:
        if (pause.until is None or now < pause.until) and (numbers := unheeded(content, pause, now)):
            sentence = f"is paused, and {', '.join(numbers)} is given all the same: raise a banner instead."
            yield Task(Kind.UNHEEDED, pause.entry, f"{content.entries[pause.entry].name} {sentence}")
    for pause, name in stopped_yet_there(content, now):
        yield Task(Kind.WITHDRAWN, pause.entry, f"{name} is stopped, but still in the release: write a draft.")


def _law(content: Content, now: datetime) -> Iterator[Task]:
    today = today_in(content, "", now)
    for topic in content.topics.values():
        days = [block.due for block in topic.block if block.due is not None and block.due <= today + LAW_AHEAD]
        if days:
            late = min(days) <= today
            many = "1 paragraph" if len(days) == 1 else f"{len(days)} paragraphs"
            verb = "had" if late else "will have"
            sentence = f"{many} about the law under {topic.slug} {verb} to be read again on {min(days)}."
            yield Task(Kind.LAW, topic.slug, sentence, (min(days) - today).days)


def _no_local(content: Content, now: datetime) -> Iterator[Task]:
    for area in content.line.areas.values():
        given = Given.at(content, area.slug, now)
        for topic in content.topics.values():
            entries = content.serving.get((topic.slug, area.slug), ()) if topic.local else ()
            own = (e for e in entries if e.id != area.entry_211)
            if topic.local and not any(given.phones(entry) or given.site(entry) for entry in own):
                yield Task(Kind.NO_LOCAL, topic.slug, f"Nobody in {area.name} is given for {topic.slug}, but 211.")


def _desk(desk: Desk) -> Iterator[Task]:
    for order, problem in enumerate(desk.problems):
        yield Task(Kind.LINT, problem.file, str(problem), order)
    for kind, count, one, many in (
        (
            Kind.UNSEEN,
            desk.unseen,
            "release was published by one person alone",
            "releases were published by one person",
        ),
        (Kind.SAVED, desk.saved, "saved conversation is" + _ANEW, "saved conversations are" + _ANEW),
        (Kind.REVIEW, desk.to_review, "review waits for a second person", "reviews wait for a second person"),
        (Kind.DRAFTS, desk.drafts, "draft waits to be handed in", "drafts wait to be handed in"),
        (Kind.DRAFTS, desk.imported, "imported entry waits to be chosen", "imported entries wait to be chosen"),
    ):
        if count:
            yield Task(kind, "", f"{count:,} {one if count == 1 else many}.")


def _rising(shares: Mapping[Outcome, Sequence[float | None]]) -> Iterator[Task]:
    for outcome, weeks in shares.items():
        *before, last = weeks or [None]
        usual = [share for share in before[-USUAL_WEEKS:] if share is not None]
        if last is None or len(usual) < 2 or last < LEAST:
            continue
        mean = sum(usual) / len(usual)
        if last > mean * RISE:
            yield Task(
                Kind.RISING,
                outcome,
                f"{_MEANT.get(outcome, outcome)}: {last:.0%} last week, {mean:.0%} in the weeks before.",
            )


def worst(tasks: Iterable[Task]) -> Kind | None:
    """Return the most urgent kind among tasks; None when there is nothing to do."""
    return min((task.kind for task in tasks), key=ORDER.__getitem__, default=None)
