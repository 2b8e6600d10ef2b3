"""Does a text say that a number given before did not work, and whose number is meant?"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.referral.choose import ANY_211
from bot.referral.command import FAILED, is_all, stands
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from bot.referral.crisis import ENOUGH
from bot.referral.entry import Entry
from bot.referral.hit import Hit
from bot.referral.meaning import Kind, Meaning
from bot.referral.meant import Role
from bot.referral.need import GENERAL, Case, need
from bot.referral.normalise import words_of
from bot.referral.read import Read, read
from bot.referral.sense import sense

#: What such a text is called. Its facet says how the number failed: a command of FAILED.
LABEL = "failed"
FULL = "full"
#: What such a text asks for when nothing was given yet.
MORE = "more"
_911, _988 = "911", "988"
#: A number is told by all of it, by its area code, or by its last four digits.
_AREA_CODE, _LAST_FOUR = 3, 4
#: Fewer words beside a complaint name whom it is about ("the lawyer line didnt pick up") and ask for nothing else.
_A_SENTENCE = 5


def wordings(text: Read, talk: Conversation) -> list[Hit]:
    """Return what in a text says that a number failed; without a referral before it nothing does."""
    return [h for h in _said(text) if h.role in (Role.WHOLE, Role.WITHIN)] if talk.given else []


def plain(content: Content, text: Read, talk: Conversation) -> Meaning | None:
    """Return the complaint that is all a text says, apart from names, numbers, a place and fillers; else None."""
    said = wordings(text, talk)
    names = [h for h in text.hits if h.role is Role.NAMED]
    places = text.where.hits if text.where else ()
    numbers = frozenset(word for word in text.reading.plain if word.isdecimal())
    if not said or not is_all(text.reading, [*said, *names, *places], content.lexicon.fillers | numbers):
        return None
    return _meaning(content, text, talk, said)


def inside(case: Case, talk: Conversation) -> Meaning | None:
    """Return the complaint that stands somewhere in a text, unless it asks for something else as well; else None."""
    said = [h for h in wordings(case.text, talk) if h.role is Role.WITHIN]
    if not said or _asks_for_another(case, talk, said):
        return None
    return _meaning(case.content, case.text, talk, said)


def without(case: Case, talk: Conversation) -> Case:
    """Return what is left of a text, read anew, when the words of its complaint are taken out."""
    taken = {at for hit in wordings(case.text, talk) for at in range(hit.start, hit.end)}
    words = [word for at, word in enumerate(case.text.reading.plain) if at not in taken]
    text = read(" ".join(words), case.content, case.text.language)
    return replace(case, text=text, found=(), sense=sense(case.content, text))


def asks_besides(rest: Case, talk: Conversation) -> bool:
    """Say whether what is left of a text without its complaint is long enough to ask for something, and does."""
    return len(rest.text.typed) >= _A_SENTENCE and _is_another(need(rest), talk)


def _said(text: Read) -> list[Hit]:
    hits = [h for h in text.hits if h.label in FAILED]
    return [h for h in hits if stands(h, hits)]


def _asks_for_another(case: Case, talk: Conversation, said: Sequence[Hit]) -> bool:
    """Say whether a text has words of its own for another need than the one numbers were given for."""
    meant = need(case)
    # "haymarket is full" asks for nothing that Haymarket is for.
    names = [h for h in case.text.hits if h.role is Role.NAMED and h.label in talk.given]
    own = [e for e in case.found if e.label == meant.label and e.weight >= ENOUGH]
    return _is_another(meant, talk) and any(
        all(e.end <= h.start or h.end <= e.start for h in (*said, *names)) for e in own
    )


def _is_another(meant: Meaning, talk: Conversation) -> bool:
    return meant.kind is Kind.TOPIC and meant.label not in (talk.topic, GENERAL)


def _meaning(content: Content, text: Read, talk: Conversation, said: Sequence[Hit]) -> Meaning:
    how = max(said, key=lambda h: (h.end - h.start, -h.start, h.label))
    entry = _meant(content, text, talk, full=how.label == FULL)
    why = f"{LABEL}: '{how.pattern.source}' -> {how.label}" + (f" ({entry})" if entry else "")
    return text.meaning(Kind.COMMAND, LABEL, (why,), facet=how.label, named=entry)


def _meant(content: Content, text: Read, talk: Conversation, *, full: bool) -> str:
    """Return the entry a complaint is about; "" when it names one that was not given, or can mean none.

    The one that is named; else the one whose number or short name the text holds; else the first of the last
    message, but 911, which stands in nearly every one. What is full is no 211 and no 988 either.
    """
    named = [h.label for h in text.hits if h.role is Role.NAMED and h.label in content.entries]
    if named:
        return next((entry for entry in named if entry in talk.given), "")
    given = [content.entries[entry] for entry in talk.given if entry in content.entries]
    told = _by_number(given, text.reading.plain) or _by_short_name(given, text)
    if told:
        return told
    lines = {_911, _988, ANY_211, *(area.entry_211 for area in content.line.areas.values())} if full else {_911}
    return next((entry.id for entry in given if entry.id not in lines), "")


def _by_number(given: Iterable[Entry], words: Sequence[str]) -> str:
    runs = "".join(word if word.isdecimal() else " " for word in words).split()
    for run in (run.removeprefix("1") if len(run) == 11 else run for run in runs):
        for entry in given:
            if any(_is_number(run, phone.number.removeprefix("+1")) for phone in entry.phone if phone.publish):
                return entry.id
    return ""


def _is_number(run: str, number: str) -> bool:
    if len(number) != 10:
        return run == number
    return run == number or (len(run) == _AREA_CODE and number.startswith(run)) or number[-_LAST_FOUR:] == run


def _by_short_name(given: Iterable[Entry], text: Read) -> str:
    words = frozenset(text.reading.plain).union(*text.reading.meant)
    found: tuple[int, str] = (0, "")
    for entry in given:
        for short in entry.short.values():
            told = frozenset(words_of(short))
            if told <= words and len(told) > found[0]:
                found = len(told), entry.id
    return found[1]
