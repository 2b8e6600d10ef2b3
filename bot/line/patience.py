"""How the line reads requests and writes answers: to its end what is too long, and each request answered by one."""

import threading
from contextlib import suppress
from typing import Any, cast

from waitress.channel import ClientDisconnected, HTTPChannel
from waitress.task import WSGITask
from waitress.utilities import RequestEntityTooLarge

from bot.line import late
from bot.line.framing import StrictParser

#: A longer body is not read to its end; whoever sends one sees the connection close.
MOST_SKIPPED_BYTES = 64 * 1024 * 1024


class TooLarge(RequestEntityTooLarge):
    """The answer to a body that is too long, in words for whoever sent it from a browser."""

    reason = "Too Large"

    def to_response(self, ident: str | None = None) -> Any:
        """Return the status, the headers and the body."""
        words = "That is too much to take. Nothing of it was kept, and nothing was changed. Go back, and send less."
        return f"{self.code} {self.reason}", [("Content-Type", "text/plain; charset=utf-8")], words.encode()


class AnsweredInsteadError(Exception):
    """A thread came with its answer after the request had been answered in its place."""


class PatientParser(StrictParser):
    """Read a body that is too long to its end, keeping none of it; know since when, and by whom it is answered.

    Closing while the sender still sends resets the connection, and the 413 is lost on the way.
    """

    _left = 0
    #: Seconds of late.now when all of the request had arrived; None until then.
    arrived: float | None = None
    #: Whether a thread has begun to answer it, and whether that thread is done with it.
    begun = done = False

    def __init__(self, adj: Any) -> None:
        super().__init__(adj)
        self._answered = threading.Lock()

    def claim(self) -> bool:
        """Take it upon oneself to write the answer; False when somebody else has."""
        return self._answered.acquire(blocking=False)

    def received(self, data: bytes) -> int:
        """Take bytes off the wire; return how many were taken."""
        taken = self._received(data)
        if self.completed:
            self.arrived = late.now()
        return taken

    def _received(self, data: bytes) -> int:
        if self._left:
            taken = min(len(data), self._left)
            self._left -= taken
            self.completed = not self._left
            return taken
        taken = super().received(data)
        if isinstance(self.error, RequestEntityTooLarge):
            self.error = TooLarge(self.error.body)
            if self.content_length <= MOST_SKIPPED_BYTES and not self.asks_first:
                self._left = self.content_length
                self.completed = not self._left
        return taken


class PatientTask(WSGITask):
    """An answer under way. It goes out in one piece, unless the request has been answered in its place."""

    def service(self) -> None:
        """Answer the request; what comes too late, or for a sender who left, is thrown away without a word."""
        request = cast(PatientParser, self.request)
        request.begun = True
        try:
            super().service()
        except (AnsweredInsteadError, ClientDisconnected):
            # A line in the log for each of them would date a text.
            self.close_on_finish = True
        finally:
            request.done = True

    def get_environment(self) -> dict[str, Any]:
        """Return the WSGI environment, with the moment at which the request had arrived."""
        environ = super().get_environment()
        environ[late.ARRIVED] = cast(PatientParser, self.request).arrived
        return environ

    def build_response_header(self) -> bytes:
        """Return the head of the answer; who is turned away may not keep the connection.

        There is room for so many, and strangers who keep theirs busy would keep texts out.
        """
        if self.status.startswith("4"):
            self.set_close_on_finish()
        return super().build_response_header()

    def write(self, data: bytes) -> None:
        """Write the head with the first of the body. Raises AnsweredInsteadError when somebody else has answered."""
        if self.wrote_header or not self.complete:
            super().write(data)
            return
        if not cast(PatientParser, self.request).claim():
            raise AnsweredInsteadError
        head = self.build_response_header()
        self.wrote_header = True
        if data and self.has_body and not self.chunked_response and self.content_length == len(data):
            self.content_bytes_written += len(data)
            self.channel.write_soon(head + data)
            return
        self.channel.write_soon(head)
        super().write(data)


class PatientChannel(HTTPChannel):
    """A connection whose requests are read by a PatientParser and answered by a PatientTask."""

    parser_class = PatientParser
    task_class = PatientTask

    @property
    def oldest(self) -> PatientParser | None:
        """The request that is answered or waits to be, None when there is none. Threads take it away at any time."""
        return cast("PatientParser | None", next(iter(self.requests), None))

    def answer_instead(self, answer: bytes) -> None:
        """Write an answer from the main loop, and close: whoever works at the request finds nobody to write to."""
        with self.outbuf_lock:
            self.outbufs[-1].append(answer)
            self.total_outbufs_len += len(answer)
            # A short answer goes out at once, for nothing went before it; who does not take it had its time.
            with suppress(OSError):
                self._flush_some(do_close=False)  # type: ignore[attr-defined]
        self.handle_close()
