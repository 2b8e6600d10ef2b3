"""Tell the sender of a body that is too long so, in a way that arrives."""

from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.utilities import RequestEntityTooLarge

#: A longer body is not read to its end; whoever sends one sees the connection close.
MOST_SKIPPED_BYTES = 64 * 1024 * 1024


class TooLarge(RequestEntityTooLarge):
    """The answer to a body that is too long, in words for whoever sent it from a browser."""

    reason = "Too Large"

    def to_response(self, ident: str | None = None) -> Any:
        """Return the status, the headers and the body."""
        words = "That is too much to take. Nothing of it was kept, and nothing was changed. Go back, and send less."
        return f"{self.code} {self.reason}", [("Content-Type", "text/plain; charset=utf-8")], words.encode()


class PatientParser(HTTPRequestParser):
    """Read a body that is too long to its end, keeping none of it.

    Closing while the sender still sends resets the connection, and the 413 is lost on the way.
    """

    _left = 0

    def received(self, data: bytes) -> int:
        """Take bytes off the wire; return how many were taken."""
        if self._left:
            taken = min(len(data), self._left)
            self._left -= taken
            self.completed = not self._left
            return taken
        taken = super().received(data)
        if isinstance(self.error, RequestEntityTooLarge):
            self.error = TooLarge(self.error.body)
            if self.content_length <= MOST_SKIPPED_BYTES:
                self._left = self.content_length
                self.completed = not self._left
        return taken


class PatientChannel(HTTPChannel):
    """A connection whose requests are read by a PatientParser."""

    parser_class = PatientParser
