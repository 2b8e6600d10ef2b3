"""Conversations that staff saved, played again: every later release has to answer them as they stand there.

Written as tests/transcripts/README.md tells: "#" begins a conversation, "at:" says when, "> " is what is texted,
everything else is the reply.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.referral.answer import OptOutMode, answer
from bot.referral.content import Content
from bot.referral.conversation import Conversation

SILENCE = "(no reply)"
#: Between two texts when nothing else is said: past the minute in which fragments add up.
PAUSE = timedelta(seconds=70)
_WAIT = re.compile(r"\(\+(\d{1,4})([smhd])\)")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class TranscriptError(ValueError):
    """A transcript was given that nobody can play: `line` counts from 1."""

    def __init__(self, line: int, reason: str) -> None:
        """Keep where and why."""
        super().__init__(f"line {line}: {reason}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Miss:
    """A reply that is not what it was: the transcript, the title of its conversation, the text, and both replies."""

    name: str
    title: str
    text: str
    expected: str
    given: str


@dataclass(frozen=True, slots=True)
class Said:
    """A text of a transcript and the reply that stands behind it."""

    title: str
    text: str
    at: datetime
    expected: str
    given: str


def play(content: Content, written: str) -> list[Said]:
    """Answer every text of a transcript as it would be answered now. Raises TranscriptError."""
    player = _Player(content)
    for number, line in enumerate(written.splitlines(), start=1):
        try:
            player.read(line)
        except (ValueError, ZoneInfoNotFoundError, OverflowError) as error:
            raise TranscriptError(number, str(error)) from None
    return player.said


def misses(content: Content, name: str, written: str) -> list[Miss]:
    """Return the replies of a transcript that are not what they were. Raises TranscriptError."""
    return [Miss(name, s.title, s.text, s.expected, s.given) for s in play(content, written) if s.expected != s.given]


def write(title: str, begins: datetime, zone: str, said: Iterable[tuple[timedelta, str, str | None]]) -> str:
    """Return the transcript of a conversation: how long after the one before each text came, the text, its reply.

    `begins` is aware and falls on the first text. A text with line breaks is written as one line.
    """
    local = begins.astimezone(ZoneInfo(zone)).replace(tzinfo=None, microsecond=0)
    lines = [f"# {_line(title)}", f"at: {local.isoformat()} {zone}", ""]
    for place, (wait, text, reply) in enumerate(said):
        if place:
            lines.append(f"(+{int(wait.total_seconds())}s)")
        lines += [f"> {_line(text)}", SILENCE if reply is None else reply]
    return "\n".join(lines) + "\n"


def _line(text: str) -> str:
    return " ".join(text.split())


@dataclass(slots=True)
class _Player:
    """Plays a transcript line by line."""

    content: Content
    said: list[Said] = field(default_factory=list)
    _begins: datetime | None = None
    _clock: datetime | None = None
    _wait: timedelta = timedelta()
    _talk: Conversation = field(default_factory=Conversation)
    _mode: OptOutMode = OptOutMode.PROVIDER_CUSTOM
    _in_head: bool = False
    _title: str = ""

    def read(self, line: str) -> None:
        """Take the next line. Raises ValueError where it cannot be played."""
        if line.startswith("#"):
            self._head(line)
        elif line.startswith("at: "):
            moment, _, zone = line.removeprefix("at: ").partition(" ")
            local = datetime.fromisoformat(moment)
            self._begins = self._clock = local.replace(tzinfo=ZoneInfo(zone.strip())).astimezone(UTC)
        elif line.startswith("area: "):
            self._talk = Conversation(area=line.removeprefix("area: "))
        elif line.startswith("mode: "):
            self._mode = OptOutMode(line.removeprefix("mode: "))
        elif waits := _WAIT.fullmatch(line):
            self._wait = timedelta(**{_UNITS[waits[2]]: int(waits[1])})
        elif line.startswith(">"):
            self._say(line[1:].removeprefix(" "))
        elif line:
            self._reply(line)

    def _head(self, line: str) -> None:
        if not self._in_head:
            self._title = line.removeprefix("#").strip()
            self._talk, self._mode, self._clock = Conversation(), OptOutMode.PROVIDER_CUSTOM, self._begins
            self._wait, self._in_head = timedelta(), True

    def _say(self, text: str) -> None:
        if self._clock is None:
            raise ValueError("a transcript begins with # and at:")
        self._clock += self._wait
        given = answer(text, self._talk, self.content, self._clock, opt_out=self._mode)
        self._talk, self._wait, self._in_head = given.conversation, PAUSE, False
        self.said.append(Said(self._title, text, self._clock, "", SILENCE if given.reply is None else given.reply))

    def _reply(self, line: str) -> None:
        if self._in_head or not self.said:
            raise ValueError(f"{line[:40]!r} answers nothing")
        last = self.said[-1]
        self.said[-1] = replace(last, expected=f"{last.expected}\n{line}" if last.expected else line)
