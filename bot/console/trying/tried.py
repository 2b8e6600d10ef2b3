"""A conversation that somebody tries: it lives in the hidden fields of the page alone and is replayed each time."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.console.desk import desk
from bot.console.editing.typed import Typed
from bot.console.price import cents
from bot.console.trying.understood import meant, reasons
from bot.console.wording import say
from bot.referral import explain, golden
from bot.referral.answer import Answer, OptOutMode, answer
from bot.referral.booklet.replies import Message
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from bot.referral.moments import place_of
from bot.referral.segments import printable

#: A conversation has so many texts at most, each of so many characters at most.
MOST, LONGEST = 30, 1600
#: How long after the one before a text comes, in seconds: a fragment, the usual, and past what is remembered.
WAITS = {
    5: "at once",
    70: "a minute later",
    300: "five minutes later",
    1200: "20 minutes later: it forgot",
    7200: "two hours later",
}
USUAL = 70
_SAID = "said"
_LOCAL = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True)
class Line:
    """A text, how many seconds after the one before it came, and what came of it. `reply` None: nothing is sent.

    `clock`: when it came, by the clock that was chosen.
    """

    wait: int
    text: str
    when: datetime
    clock: str
    raw: str | None
    reply: Message | None
    cents: str
    meant: str
    reasons: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Setting:
    """When and where a conversation begins. `begins` is aware, in UTC; `clock`: the area whose clock is meant."""

    begins: datetime
    zone: str
    area: str


def said(typed: Typed) -> list[tuple[int, str]]:
    """Return the texts that a form carries, each with its wait; what nobody can have sent is left out."""
    found = []
    for row in typed.rows(_SAID)[:MOST]:
        wait, text = typed[f"{row}.wait"], typed[f"{row}.text"]
        if text.strip() and len(text) <= LONGEST:
            found.append((int(wait) if wait in map(str, WAITS) else USUAL, text))
    return found


def add(typed: Typed, found: list[tuple[int, str]]) -> None:
    """Put the text that was just written behind the others, and empty its field."""
    text = typed["text"].strip()
    wait = typed.one_of("wait", list(map(str, WAITS))) if found else str(USUAL)
    if not text or len(text) > LONGEST:
        typed.wrong("text", say("Write a text of 1 to {most} characters.", most=LONGEST))
    elif len(found) >= MOST:
        typed.wrong("text", say("That is {most} texts; start over.", most=MOST))
    if not typed.errors:
        found.append((int(wait), text))
        typed["text"] = ""


def setting(typed: Typed, content: Content) -> Setting:
    """Return when and where the conversation begins: as the form says, else when its first text was sent, else now."""
    areas = content.line.areas
    typed["clock"] = typed["clock"] if typed["clock"] in areas else next(iter(areas))
    typed["wait"] = typed["wait"] or str(USUAL)
    typed["area"] = typed["area"] if typed["area"] in areas else ""
    zone = areas[typed["clock"]].timezone
    begins = _moment(typed, ZoneInfo(zone)) if typed["at"].strip() else None
    begins = begins or _begun(typed["begun"]) or desk().now.replace(microsecond=0)
    typed["begun"] = begins.strftime("%Y-%m-%dT%H:%M:%S")
    return Setting(begins, zone, typed["area"])


def replayed(content: Content, texts: list[tuple[int, str]], how: Setting) -> list[Line]:
    """Answer every text in turn, exactly as the line does."""
    talk, now, found = Conversation(), how.begins, list[Line]()
    mode, zone = desk().settings.opt_out_mode, ZoneInfo(how.zone)
    for place, (wait, text) in enumerate(texts):
        now += timedelta(seconds=wait if place else 0)
        # The line forgets after a while, and then knows only which number was texted.
        talk = talk.alive(now)
        told = answer(text, replace(talk, area=talk.area or how.area), content, now, opt_out=mode)
        talk = told.conversation
        when = now, f"{now.astimezone(zone):%Y-%m-%d %H:%M}, {place_of(zone)} time"
        found.append(_line(content, told, (wait, text), when, is_last=place == len(texts) - 1))
    return found


def transcript(title: str, lines: list[Line], how: Setting) -> str:
    """Return a conversation as it is saved."""
    begins = lines[0].when
    written = golden.write(title, begins, how.zone, ((timedelta(seconds=one.wait), one.text, one.raw) for one in lines))
    mode = desk().settings.opt_out_mode
    more = f"area: {how.area}\n" if how.area else ""
    more += f"mode: {mode}\n" if mode is not OptOutMode.PROVIDER_CUSTOM else ""
    head, between, rest = written.partition("\n\n")
    return f"{head}\n{more.rstrip()}{between}{rest}" if more else written


def _line(content: Content, told: Answer, said: tuple[int, str], when: tuple[datetime, str], *, is_last: bool) -> Line:
    (wait, text), meaning = said, told.meaning
    # To name the example that a text is like takes a hundredth of a second: only for the newest.
    why = explain.why(content, text, meaning) if is_last else meaning.why
    reply = Message.of(printable(told.reply)) if told.reply else None
    return Line(
        wait,
        text,
        *when,
        raw=told.reply,
        reply=reply,
        cents=cents(reply.segments) if reply else "",
        meant=meant(meaning),
        reasons=tuple(reasons(why)),
        language=told.conversation.language,
    )


def _moment(typed: Typed, zone: ZoneInfo) -> datetime | None:
    try:
        local = datetime.fromisoformat(typed["at"].strip())
        if local.tzinfo is not None or not 2020 <= local.year <= 2100:
            raise ValueError
    except ValueError:
        typed.wrong("at", say("Write a day and a time, like 2026-11-22T14:05."))
        return None
    return local.replace(tzinfo=zone, second=0, microsecond=0).astimezone(UTC)


def _begun(value: str) -> datetime | None:
    try:
        found = datetime.strptime(value, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return found if 2020 <= found.year <= 2100 else None
