"""A TCP proxy of our own: a balancer before two lines, or a network that is slow or cut before a database."""

import asyncio
import itertools
import threading
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

#: Where a proxy leads: a host and port, or the file of a Unix socket.
Behind = tuple[str, int] | Path
_CHUNK = 65536
_LOOK_AGAIN = 0.02


class Proxy:
    """Listens on a free port of this machine. `delay` seconds pass before each answer; may be set at any time."""

    def __init__(self, *behind: Behind) -> None:
        self.behind: Sequence[Behind] = behind
        self.delay = 0.0
        self.port = 0
        self._cut = False
        self._turn = itertools.count()
        self._open: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Listen; `port` is known from now on."""
        self._thread.start()
        assert self._ready.wait(10)

    def stop(self) -> None:
        """Close everything."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def cut(self) -> None:
        """Reset every connection, and each new one at once, until `mend`."""
        self._cut = True
        self._loop.call_soon_threadsafe(self._abort_all)

    def mend(self) -> None:
        """Let connections through again."""
        self._cut = False

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._taken, "127.0.0.1", 0, backlog=2048))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        self._abort_all()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        with suppress(asyncio.CancelledError):
            self._loop.run_until_complete(asyncio.gather(*asyncio.all_tasks(self._loop), return_exceptions=True))
        self._loop.close()

    def _abort_all(self) -> None:
        for writer in self._open:
            writer.transport.abort()

    def _taken(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._keep(self._pass_on(reader, writer))

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        other: asyncio.StreamWriter | None = None
        try:
            if self._cut:
                raise ConnectionAbortedError
            back, other = await self._connected()
            self._open.add(other)
            await asyncio.gather(self._pump(reader, other, slowly=False), self._pump(back, writer, slowly=True))
        except OSError:
            pass
        finally:
            for one in filter(None, (writer, other)):
                self._open.discard(one)
                one.transport.abort()

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect to one of those behind, each in its turn; the next one if nobody is there."""
        first = next(self._turn)
        behind = list(self.behind)
        for place in range(len(behind)):
            where = behind[(first + place) % len(behind)]
            with suppress(OSError):
                if isinstance(where, Path):
                    return await asyncio.open_unix_connection(where)
                return await asyncio.open_connection(*where)
        raise ConnectionRefusedError

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, slowly: bool) -> None:
        while data := await reader.read(_CHUNK):
            if slowly and self.delay:
                await self._wait()
            writer.write(data)
            await writer.drain()
        with suppress(OSError):
            writer.write_eof()

    async def _wait(self) -> None:
        """Hold data back for the delay, or until there is none any more: then it all arrives."""
        until = self._loop.time() + self.delay
        while self.delay and (left := until - self._loop.time()) > 0:
            await asyncio.sleep(min(left, _LOOK_AGAIN))


@contextmanager
def proxied(*behind: Behind) -> Iterator[Proxy]:
    """Run a proxy until the end of the block."""
    proxy = Proxy(*behind)
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.stop()
