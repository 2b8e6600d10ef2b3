"""The answer to a need, message by message: the first, what MORE goes on with, what follows a number that failed."""

from dataclasses import replace

from bot.referral import again, compose, reply
from bot.referral.changed import changed
from bot.referral.choose import ANY_211, Need
from bot.referral.content import NATIONAL, Content
from bot.referral.conversation import Conversation
from bot.referral.given import Given
from bot.referral.items import Item, items_for
from bot.referral.turn import Answer, Outcome, Turn


def page(turn: Turn, talk: Conversation, start: int, *, also: str = "") -> Answer | None:
    """Answer the need of a conversation from item `start` on; None where there is no such item (any more)."""
    content, need = turn.content, _need_of(talk)
    items = items_for(content, need, turn.now)
    if start >= len(items):
        return None
    made = compose.page(content, need, items, start, first=not talk.greeted, also=also)
    after = _after(
        turn,
        talk,
        made,
        start=start,
        greeted=True,
        # The first page begins anew: what was given for another need is not what fails now.
        given=again.given_in(content, talk.area, made.items, made.text, before=talk.given if start else ()),
    )
    return _answer(turn, after, made)


def failed(turn: Turn) -> Answer:
    """Answer somebody who says that a number they were given did not work."""
    content, talk, meaning = turn.content, turn.talk, turn.meaning
    need, moment = _need_of(talk), Given.at(content, talk.area, turn.now)
    what = again.Failed(meaning.facet, meaning.named, talk.given, talk.failed, talk.shown)
    if talk.topic:
        made = again.next_page(moment, need, items_for(content, need, turn.now), what)
    else:
        made = compose.Page(again.last_words(moment, need, what), None, ())
    after = _after(
        turn,
        talk,
        made,
        given=again.given_in(content, talk.area, made.items, made.text, before=talk.given),
        failed=(*talk.failed, meaning.named) if meaning.named and what.is_first else talk.failed,
    )
    return replace(_answer(turn, after, made), complained=meaning.named if what.is_first else "")


def _need_of(talk: Conversation) -> Need:
    return Need(talk.topic, talk.facet, talk.area, talk.language, talk.minor, talk.named, talk.zip)


def _after(turn: Turn, talk: Conversation, made: compose.Page, **changes: object) -> Conversation:
    return changed(talk, shown=made.next or 0, pending=reply.areas_pending(turn.content, talk), **changes)


def _answer(turn: Turn, after: Conversation, made: compose.Page) -> Answer:
    entries = tuple(item.entry for item in made.items if item.entry)
    return Answer(made.text, after, turn.meaning, _outcome(turn, after, made.items), entries)


def _outcome(turn: Turn, talk: Conversation, items: tuple[Item, ...]) -> Outcome:
    topic = turn.content.topics.get(talk.topic)
    if topic is not None and topic.crisis:
        return Outcome.CRISIS
    return _found(turn.content, items) if items else Outcome.COMMAND


def _found(content: Content, items: tuple[Item, ...]) -> Outcome:
    only_211 = {ANY_211, *(a.entry_211 for a in content.line.areas.values())}
    entries = [item for item in items if item.entry]
    if not entries:
        return Outcome.NO_ENTRY
    if all(item.entry in only_211 for item in entries):
        return Outcome.ONLY_211
    local = any(item.area != NATIONAL and item.entry not in only_211 for item in entries)
    return Outcome.LOCAL if local else Outcome.NATIONAL
