"""What comes from outside and from staff: releases with an error, bursts, crowds, forged and half-sent requests."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.conftest import ROOT
from tests.e2e.running import FORM
from tests.faults.fault import Fault, Pace
from tests.faults.scene import Scene


@contextmanager
def nothing(scene: Scene, pace: Pace) -> Iterator[None]:
    """Break nothing."""
    yield


@contextmanager
def broken_release(scene: Scene, pace: Pace) -> Iterator[None]:
    """Publish a release that cannot be read."""
    scene.releases.publish_broken()
    yield


@contextmanager
def tampered_release(scene: Scene, pace: Pace) -> Iterator[None]:
    """Publish one that was changed afterwards, as by a damaged disk."""
    scene.releases.publish_tampered()
    yield


@contextmanager
def burst(scene: Scene, pace: Pace) -> Iterator[None]:
    """Let ten times as many text, for some seconds."""
    scene.flow.rate(pace.rate * pace.burst)
    scene.flow.until(1, pace.burst_seconds)
    scene.flow.rate(pace.rate)
    yield


@contextmanager
def crowd(scene: Scene, pace: Pace) -> Iterator[None]:
    """Let a thousand phones text at the same moment."""
    scene.flow.crowd(pace.crowd)
    scene.flow.until(pace.crowd)
    yield


@contextmanager
def half_sent(scene: Scene, pace: Pace) -> Iterator[None]:
    """Hold requests open that never end, some in the head and some in the body."""
    head = f"POST /sms HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\n"
    with ExitStack() as open_ones:
        for number in range(pace.half_sent):
            one = open_ones.enter_context(socket.create_connection(scene.address, timeout=10))
            one.sendall((head + ("Content-Length: 900\r\n\r\nBody=f" if number % 2 else "X-Twi")).encode())
        yield


@contextmanager
def forged(scene: Scene, pace: Pace) -> Iterator[None]:
    """Let strangers send forged texts as fast as they are turned away."""
    command = [sys.executable, "-m", "tests.faults.strangers", str(scene.address[1]), str(pace.strangers)]
    strangers = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    yield
    assert strangers.poll() is None, "the strangers are gone"
    strangers.kill()
    strangers.wait(10)


QUIET: tuple[Fault[Scene], ...] = (Fault("none: duplicates, late webhooks", nothing),)
OTHER: tuple[Fault[Scene], ...] = (
    Fault("release that cannot be read", broken_release),
    Fault("release damaged in the database", tampered_release),
    Fault("burst of texts", burst),
    Fault("crowd at one moment", crowd),
    Fault("half-sent requests", half_sent),
    Fault("forged texts without an end", forged),
)
