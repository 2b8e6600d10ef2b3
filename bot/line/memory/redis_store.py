"""What the line remembers, as Redis holds it. Everything here has a lifetime, and raises when Redis does."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from redis import Redis

from bot.counts.record import UNCOUNTED, Record
from bot.line.memory import redis_scripts
from bot.line.memory.interface import LINE_WINDOW_SECONDS, REPLIES_KEPT, SENDER_WINDOW_SECONDS, Allowances, Spent
from bot.line.memory.ram import Held
from bot.line.memory.redis_keys import SharedKeys
from bot.line.memory.redis_runner import Runner
from bot.line.memory.redis_server import trial
from bot.referral.conversation import Conversation

#: A turn is taken for granted when its owner is gone for this long.
_TURN_LASTS_MS = 2000
#: What the script of the budgets gives.
_SPENT = (Spent.WITHIN, Spent.SLOW_DOWN, Spent.BUSY, Spent.OVER)


@dataclass(frozen=True, slots=True)
class Begun:
    """What a turn begins with: whether it was free, what is held of the texter, and a digest of the key of the day."""

    mine: bool
    held: Held | None
    under: str


@dataclass(slots=True)
class Turn:
    """A turn under way in a thread: whose, what it gives the turn back with, and what Redis held when it began."""

    who: str = field(repr=False)
    token: str
    begun: Begun | None = None
    #: What is held now, if the turn is the thread's own: nobody else writes it meanwhile.
    held: Held | None = None
    #: Whether the turn has to be given back.
    taken: bool = False


class RedisStore:
    """Do in Redis what the Memory protocol asks for. Every method may raise RedisError or OSError.

    `slow` is told how many seconds an answer took that kept a text waiting.
    """

    def __init__(
        self,
        client: Redis,
        keys: SharedKeys,
        allowances: Allowances,
        forget_after: float,
        *,
        slow: Callable[[float], None] = lambda _: None,
    ) -> None:
        self._client = client
        self._keys = keys
        self._allowances = allowances
        self._forget_after_ms = int(forget_after * 1000)
        self._run = Runner(client, slow).run
        self._begin = client.register_script(redis_scripts.BEGIN)
        self._spend = client.register_script(redis_scripts.SPEND)
        self._keep = client.register_script(redis_scripts.KEEP)
        self._end = client.register_script(redis_scripts.END)

    def begin(self, who: str, token: str) -> Begun | None:
        """Take the texter's turn if it is free, and read what is held of them: one round trip.

        None: Redis has another key of the day by now, and the next try will be made with that.
        """
        marks = self._keys.marks(who)
        name, under = self._keys.today
        names = [name, _name("turn", marks[0]), *(_name("held", mark) for mark in marks)]
        current, *told = self._run(self._begin, names, [under, token, _TURN_LASTS_MS])
        if not current:
            # Redis was emptied or restarted: there is another key, and nothing under the old one.
            self._keys.drop()
            return None
        return Begun(bool(told[0]), _load(told[1]) if len(told) > 1 else None, under)

    def end_turn(self, who: str, token: str) -> None:
        """Give a turn back. One that cannot be given back ends by itself."""
        self._run(self._end, [_name("turn", self._keys.marks(who)[0])], [token])

    def held(self, who: str) -> tuple[Held | None, str]:
        """Return what is held of a texter, without a turn, and a digest of the key it was looked for under."""
        found = self._client.mget([_name("held", mark) for mark in self._keys.marks(who)])
        return next((_load(value) for value in found if value is not None), None), self._keys.today[1]

    def keep(self, who: str, held: Held, token: str) -> None:
        """Hold this of a texter from now on, and give the turn back: one round trip. It dies by itself."""
        marks = self._keys.marks(who)
        names = [_name("turn", marks[0]), *(_name("held", mark) for mark in marks)]
        self._run(self._keep, names, [token, _dump(held), self._forget_after_ms])

    def after(
        self, held: Held | None, message: str, conversation: Conversation, reply: str, *, record: Record = UNCOUNTED
    ) -> Held:
        """Return what is to be held of a texter after an answer; the oldest replies make room."""
        replies = held.replies if held else ()
        if message:
            replies = (*replies, (self._keys.marks(message)[0], reply))[-REPLIES_KEPT:]
        return Held(conversation, replies, record)

    def reply_in(self, held: Held, message: str) -> str | None:
        """Return the reply a message got, None when it has not been answered yet."""
        return held.reply_to(self._keys.marks(message)) if message else None

    def erase(self, marks: tuple[bytes, ...]) -> None:
        """Erase the conversation and the cached replies under these marks."""
        self._client.delete(*(_name("held", mark) for mark in marks))

    def spend(self, who: str) -> Spent:
        """Take one reply from the texter's budget, and if there was room from the line's: one round trip."""
        mark = self._keys.marks(who)[0]
        names = ["quietline:line", _name("told", mark), *([_name("spent", mark)] if who else [])]
        allowed = [self._allowances.line, LINE_WINDOW_SECONDS, self._allowances.sender, SENDER_WINDOW_SECONDS]
        return _SPENT[int(self._run(self._spend, names, allowed))]

    def make_sure(self, owed: tuple[bytes, ...], *, allow_disk: bool) -> None:
        """Look at it, erase what is owed, and learn the keys: two round trips. Raises what `look` does."""
        self.look(owed, allow_disk=allow_disk)
        self._keys.marks("")

    def look(self, owed: tuple[bytes, ...] = (), *, allow_disk: bool) -> None:
        """Look at the settings of Redis, and erase what is owed: one round trip.

        Raises PersistentStateError for one that writes to disk, ResponseError for one that runs no scripts.
        """
        trial(self._client, redis_scripts.END, [_name("held", mark) for mark in owed], allow_disk=allow_disk)


def _name(kind: str, mark: bytes) -> str:
    return f"quietline:{kind}:{mark.hex()}"


def _dump(held: Held) -> str:
    replies = [[mark.hex(), reply] for mark, reply in held.replies]
    return json.dumps({"conversation": held.conversation.dump(), "replies": replies, "record": held.record.dump()})


def _load(value: bytes | str) -> Held | None:
    """Read what another process wrote; what another version wrote differently counts as forgotten."""
    try:
        raw = json.loads(value)
        replies = tuple((bytes.fromhex(mark), str(reply)) for mark, reply in raw["replies"])
        return Held(Conversation.load(raw["conversation"]), replies, Record.load(raw["record"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
