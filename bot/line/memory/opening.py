"""Which memory the settings ask for, and the broom that keeps it short."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager

from bot.line.memory.alone import alone
from bot.line.memory.interface import Allowances, Memory
from bot.line.memory.ram import RamMemory
from bot.line.ticking import ticking
from bot.settings import Settings

#: Twice as often as promised: what is over is gone within 30 seconds.
SWEEP_EVERY_SECONDS = 15.0


@contextmanager
def open_memory(settings: Settings) -> Iterator[Memory]:
    """Give the memory STATE_URL names: this process' RAM, or a Redis shared by several processes.

    Raises NotAloneError when a second process would begin with a RAM of its own, and PersistentStateError when
    that Redis writes to disk; for one out of reach it waits in RAM.
    """
    allowances = Allowances(settings.sender_budget_per_5_min, settings.line_budget_per_hour)
    if settings.state_url.startswith("memory://"):
        with alone(settings.cache_dir):
            yield RamMemory(allowances, forget_after=settings.forget_after_seconds)
        return
    # Redis' client takes a tenth of a second and twelve megabytes: it is loaded by those who share a memory.
    server, shared = (importlib.import_module(f"bot.line.memory.{name}") for name in ("redis_server", "redis_memory"))
    yield shared.RedisMemory(
        server.connect(settings.state_url),
        allowances,
        forget_after=settings.forget_after_seconds,
        allow_disk=settings.allow_persistent_state,
    )


@contextmanager
def swept(memory: Memory, every: float = SWEEP_EVERY_SECONDS) -> Iterator[Memory]:
    """Sweep a memory in the background for as long as the block lasts."""
    with ticking(memory.sweep, every, "memory-sweep"):
        yield memory
