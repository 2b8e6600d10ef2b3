import hmac
from hashlib import sha256

from bot.line.memory.keys import Keys, mark, uptime
from tests.line.standins import TEXTER, Clock

DAY = 24 * 3600


def test_a_mark_is_an_hmac_of_sha_256_under_a_random_key() -> None:
    made: list[int] = []

    def new_key(size: int) -> bytes:
        made.append(size)
        return b"k" * size

    keys = Keys(Clock().uptime, new_key)
    assert keys.marks(TEXTER) == (hmac.new(b"k" * 32, TEXTER.encode(), sha256).digest(),)
    assert made == [32]


def test_two_memories_have_different_marks() -> None:
    assert Keys().marks(TEXTER) != Keys().marks(TEXTER)


def test_a_mark_stays_for_a_day_and_changes_then() -> None:
    clock = Clock()
    keys = Keys(clock.uptime)
    before = keys.marks(TEXTER)
    clock.tick(DAY - 1)
    assert keys.marks(TEXTER) == before
    clock.tick(1)
    after = keys.marks(TEXTER)
    assert after[1:] == before
    assert after[0] != before[0]


def test_the_old_key_can_be_read_with_for_a_quarter_of_an_hour() -> None:
    clock = Clock()
    keys = Keys(clock.uptime)
    clock.tick(DAY)
    assert len(keys.marks(TEXTER)) == 2
    clock.tick(899)
    assert len(keys.marks(TEXTER)) == 2
    clock.tick(1)
    assert len(keys.marks(TEXTER)) == 1


def test_after_an_idle_night_the_old_key_is_gone_at_once() -> None:
    clock = Clock()
    keys = Keys(clock.uptime)
    before = keys.marks(TEXTER)
    clock.tick(3 * DAY)
    assert len(keys.marks(TEXTER)) == 1
    assert keys.marks(TEXTER) != before


def test_idle_keys_change_with_a_sweep() -> None:
    clock = Clock()
    made: list[bytes] = []

    def new_key(size: int) -> bytes:
        made.append(bytes([len(made)]) * size)
        return made[-1]

    keys = Keys(clock.uptime, new_key)
    clock.tick(DAY)
    keys.rotate()
    clock.tick(900)
    keys.rotate()
    # What is left of the first key: nothing.
    assert made[0] not in vars(keys).values()
    assert made[1] in vars(keys).values()


def test_any_text_has_a_mark() -> None:
    assert len(mark(b"k", "\ud800 é 😢")) == 32


def test_uptime_goes_forward() -> None:
    assert uptime() <= uptime()
