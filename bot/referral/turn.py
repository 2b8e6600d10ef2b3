"""One text on its way through the line, and what comes out of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.referral.content import Content
from bot.referral.conversation import Conversation
from bot.referral.meaning import Meaning


class OptOutMode(StrEnum):
    """Who answers the reserved words: the provider (with its own or our wording), or this line ("app")."""

    PROVIDER_CUSTOM = "provider_custom"
    PROVIDER_DEFAULT = "provider_default"
    APP = "app"


class Outcome(StrEnum):
    """What became of a text, as staff count it."""

    CRISIS = "crisis"
    LOCAL = "local entry"
    NATIONAL = "national"
    ONLY_211 = "211 only"
    NO_ENTRY = "no entry"
    UNCLEAR = "unclear"
    OPT_OUT = "opt-out"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes out (`reply` None: nothing), what is remembered, and what staff may count.

    `complained`: the entry of which the texter says that it did not work.
    """

    reply: str | None
    conversation: Conversation
    meaning: Meaning
    outcome: Outcome
    entries: tuple[str, ...] = ()
    complained: str = ""

    @property
    def crisis(self) -> bool:
        """Say whether the text was answered as a crisis, which spends no budget."""
        return self.outcome is Outcome.CRISIS


@dataclass(frozen=True, slots=True)
class Turn:
    """One text on its way through: all that the replies need to know."""

    content: Content
    now: datetime
    talk: Conversation
    meaning: Meaning
    opt_out: OptOutMode
    reserved: bool
