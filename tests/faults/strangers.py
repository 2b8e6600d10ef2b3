"""Strangers who send forged texts as fast as they are turned away (`python -m tests.faults.strangers 8000 200`)."""

import asyncio
import sys
from contextlib import suppress

_BODY = b"Body=food&From=%2B12135550142&To=%2B12135550100&MessageSid=SM1&AccountSid=AC1"
_REQUEST = (
    b"POST /sms HTTP/1.1\r\nHost: line.example.org\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"X-Twilio-Signature: forged\r\nContent-Length: %d\r\n\r\n%s" % (len(_BODY), _BODY)
)
#: Until killed; a test that forgets to does not leave them running for long.
_SECONDS = 120.0


async def _stranger(port: int) -> None:
    while True:
        with suppress(OSError, asyncio.IncompleteReadError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                # The same connection as long as it is left open.
                while not reader.at_eof():
                    writer.write(_REQUEST)
                    await reader.readuntil(b"\r\n\r\n")
            finally:
                writer.transport.abort()
        await asyncio.sleep(0.01)


async def _main(port: int, connections: int) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(_SECONDS):
            await asyncio.gather(*(_stranger(port) for _ in range(connections)))


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]), int(sys.argv[2])))
