"""Requests that have one reading only: what a proxy in front of us could cut elsewhere than we do is refused."""

from waitress.parser import HTTPRequestParser, ParsingError


class StrictParser(HTTPRequestParser):
    """Refuse heads after which two readers may disagree where the body ends, or whether there is one.

    Such a request can hide a second one, which would be answered in the place of somebody else's.
    """

    #: Whether the sender waits for a go-ahead before the body: then there is nothing on the way yet.
    asks_first = False

    def parse_header(self, header_plus: bytes) -> None:
        """Read a head. Raises ParsingError for one that could be read in two ways: the connection closes with a 400."""
        try:
            super().parse_header(header_plus)
        except ValueError:
            # A length of thousands of digits, an address whose brackets do not match: the library trips over them.
            raise ParsingError("Not a request that can be read") from None
        codings = _codings(header_plus)
        alone = self.version == "1.1" and "CONTENT_LENGTH" not in self.headers
        if codings and not (alone and codings == [b"chunked"]):
            raise ParsingError("The end of the body is told in more than one way")
        if self.version not in ("1.0", "1.1") or b"\r\n " in header_plus or b"\r\n\t" in header_plus:
            raise ParsingError("Not HTTP/1.0 or HTTP/1.1, or a field in several lines")
        if not (self.chunked or self.content_length):
            # The library would wait for a body that never comes, and take the next request for the rest of this one.
            self.expect_continue = False

    def received(self, data: bytes) -> int:
        """Take bytes off the wire; return how many were taken. Nobody is asked to send a body that is refused."""
        taken = super().received(data)
        self.asks_first = self.expect_continue
        if self.error is not None:
            self.expect_continue = False
        return taken


def _codings(head: bytes) -> list[bytes]:
    """Give how the body is said to be coded, field by field: the library has taken these out once it read a head."""
    fields = [line.partition(b":") for line in head.split(b"\r\n")[1:]]
    return [value.strip(b" \t").lower() for name, _, value in fields if name.lower() == b"transfer-encoding"]
