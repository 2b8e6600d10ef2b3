"""What can go wrong between us and the provider, told by type or status and nothing else."""

#: Answers that a second try may mend: too many requests, and a server in trouble.
PASSING = frozenset({429, 500, 502, 503, 504})
#: What the provider says of a record it has not finished with; in rare cases it takes 14 days.
#: https://www.twilio.com/docs/api/errors/20009
_NOT_COMPLETE = 20009


class ProviderError(Exception):
    """The provider was out of reach, refused, or answered something else than asked for.

    Its text is a type or a status, never what was sent or came back. `status` is 0 when no answer came.
    """

    def __init__(self, why: str, *, status: int = 0, code: int = 0) -> None:
        super().__init__(why)
        self.status = status
        self.code = code

    @property
    def gone(self) -> bool:
        """Say that there is no such thing, or no longer."""
        return self.status == 404

    @property
    def unfinished(self) -> bool:
        """Say that the provider still works on this record: it can be deleted later."""
        return self.code == _NOT_COMPLETE

    @property
    def locked_out(self) -> bool:
        """Say that we are not who may ask this."""
        return self.status in (401, 403)

    @property
    def passing(self) -> bool:
        """Say that the same may work in a while."""
        return not self.status or self.status in PASSING


class ForbiddenRequestError(RuntimeError):
    """A request was about to leave that this program must never make."""
