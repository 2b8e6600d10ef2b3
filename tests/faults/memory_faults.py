"""What happens to Redis: killed, flushed, slow, hanging."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.faults.fault import Fault, Pace
from tests.faults.scene import SharedScene

#: A line that found Redis away leaves it alone so long, and the next text finds out.
_LEFT_ALONE = 3.0


@contextmanager
def killed(scene: SharedScene, pace: Pace) -> Iterator[None]:
    """Kill Redis and start it again, empty."""
    scene.redis.stop()
    yield
    scene.redis.start()


@contextmanager
def flushed(scene: SharedScene, pace: Pace) -> Iterator[None]:
    """Empty Redis at one moment."""
    with scene.redis.client() as client:
        client.flushall()
    yield


@contextmanager
def slow(scene: SharedScene, pace: Pace) -> Iterator[None]:
    """Let every answer of Redis take 150 ms: less than a line has patience for."""
    scene.to_redis.delay = 0.15
    yield
    scene.to_redis.delay = 0.0


@contextmanager
def slower(scene: SharedScene, pace: Pace) -> Iterator[None]:
    """Let every answer of Redis take nearly as long as a line has patience for."""
    scene.to_redis.delay = 0.25
    yield
    scene.to_redis.delay = 0.0


@contextmanager
def very_slow(scene: SharedScene, pace: Pace) -> Iterator[None]:
    """Let every answer of Redis take ten seconds."""
    scene.to_redis.delay = pace.slow
    yield
    scene.to_redis.delay = 0.0


@contextmanager
def hanging(scene: SharedScene, pace: Pace) -> Iterator[None]:
    """Stop the process of Redis for a while: connections are taken and nothing is answered."""
    scene.redis.pause()
    yield
    scene.redis.resume()


MEMORY: tuple[Fault[SharedScene], ...] = (
    Fault("Redis killed, then restarted", killed, forgets=True, after=_LEFT_ALONE),
    Fault("Redis flushed", flushed, forgets=True, after=_LEFT_ALONE),
    Fault("Redis slow by 150 ms", slow, forgets=True, after=_LEFT_ALONE),
    Fault("Redis slow by 250 ms", slower, forgets=True, after=_LEFT_ALONE),
    Fault("Redis slow by 10 s", very_slow, forgets=True, after=_LEFT_ALONE),
    Fault("Redis hanging", hanging, forgets=True, after=_LEFT_ALONE),
)
