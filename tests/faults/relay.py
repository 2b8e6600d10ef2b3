"""What a proxy does, as a process of its own (`python -m tests.faults.relay`): nothing else may hold it up.

It takes orders on standard input, one JSON object a line: `behind` (where it leads: [host, port], or the path of a
Unix socket), `delay` (seconds before each answer), `cut` (reset every connection, and each new one). It prints its
port first, then a line for each order when that is done. It ends with its standard input.
"""

import asyncio
import itertools
import json
import sys
import threading
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from typing import Any

_CHUNK = 65536
_LOOK_AGAIN = 0.02


class Relay:
    """Listens on a free port of this machine and passes on what comes."""

    def __init__(self) -> None:
        self.behind: Sequence[list[Any] | str] = ()
        self.delay = 0.0
        self.cut = False
        self._turn = itertools.count()
        self._open: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Take orders, until there are no more."""
        server = await asyncio.start_server(self._taken, "127.0.0.1", 0, backlog=2048)
        _say(server.sockets[0].getsockname()[1])
        orders: asyncio.Queue[str] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def listen() -> None:
            for words in sys.stdin:
                loop.call_soon_threadsafe(orders.put_nowait, words)
            loop.call_soon_threadsafe(orders.put_nowait, "")

        threading.Thread(target=listen, daemon=True).start()
        while words := await orders.get():
            for name, value in json.loads(words).items():
                setattr(self, name, value)
            if self.cut:
                for writer in self._open:
                    writer.transport.abort()
            _say("done")

    def _taken(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._keep(self._pass_on(reader, writer))

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        other: asyncio.StreamWriter | None = None
        try:
            if self.cut:
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
                if isinstance(where, str):
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
        clock = asyncio.get_running_loop().time
        until = clock() + self.delay
        while self.delay and (left := until - clock()) > 0:
            await asyncio.sleep(min(left, _LOOK_AGAIN))


def _say(word: object) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(Relay().run())
