"""How much is measured: a full run for figures to quote, a quick one to see that every part works."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Effort:
    """Rounds and seconds. `turns`: ours and the yardstick in turn, of `seconds` each; `open_seconds` at a fixed rate.

    `texts`: one in so many texts is asked in growth. `entries`: sizes of directories.
    """

    rounds: int = 5
    turns: int = 5
    seconds: float = 2.0
    open_turns: int = 3
    open_seconds: float = 15.0
    loris_seconds: float = 6.0
    starts: int = 5
    warm_up: int = 1000
    texts: int = 3
    entries: tuple[int, ...] = (100, 1_000, 10_000, 100_000)
    topics: tuple[int, ...] = (25, 100, 1_000)
    conversations: tuple[int, ...] = (1, 100, 10_000)


FULL = Effort()
QUICK = Effort(
    rounds=1,
    turns=1,
    seconds=0.5,
    open_turns=1,
    open_seconds=2.0,
    loris_seconds=2.0,
    starts=1,
    warm_up=100,
    texts=20,
    entries=(100, 1_000),
    topics=(25, 100),
    conversations=(1, 100),
)
