"""Logs that cannot point at anyone: no number, no message id, no address, no words of a texter."""

import logging
import re
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType

#: Seven digits or more with the usual marks between them, or what the provider calls a message, call or
#: account, or an Internet address other than this machine's own.
_TELLING = re.compile(
    r"\d(?:[\s().+\-/]*\d){6}"
    r"|\b[A-Z]{2}[0-9a-fA-F]{32}\b"
    r"|\b(?!127\.|0\.0\.0\.0)(?:\d{1,3}\.){3}\d{1,3}\b"
)


#: The same line is written once in so many seconds: one for each text that fails would date each text.
ONCE_IN_SECONDS = 3600
_MOST_REMEMBERED = 500


class QuietFilter(logging.Filter):
    """Let a record pass without anything that may point at a texter, and the same words once an hour."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._said: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place; hold it back when the same was said within the hour."""
        message = _message(record)
        if record.exc_info and record.exc_info[1] is not None:
            message = f"{message}: {place_of(record.exc_info[1])}"
        if _TELLING.search(message):
            message = f"left out: it held what looks like a number ({record.module}:{record.lineno})"
        record.msg, record.args = message, None
        record.exc_info = record.exc_text = record.stack_info = None
        return self._is_news(f"{record.name} {message}")

    def _is_news(self, said: str) -> bool:
        now = self._clock()
        if now - self._said.get(said, -ONCE_IN_SECONDS) < ONCE_IN_SECONDS:
            return False
        if len(self._said) >= _MOST_REMEMBERED:
            self._said.clear()
        self._said[said] = now
        return True


def set_up(level: int = logging.INFO) -> None:
    """Send what all loggers say to standard error, filtered, and nothing anywhere else."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    handler.addFilter(QuietFilter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # Left on, logging answers a badly formed line with its arguments in clear.
    logging.raiseExceptions = False
    # One line whenever a queue is longer than nothing would date texts.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    sys.excepthook = _at_the_end
    threading.excepthook = _in_a_thread


def place_of(error: BaseException) -> str:
    """Name the type of an exception and the lines it passed through: never its text, never a value."""
    frames = traceback.extract_tb(error.__traceback__, limit=-6)
    places = " < ".join(_places(reversed(frames)))
    return f"{type(error).__name__} at {places}" if places else type(error).__name__


def _places(frames: Iterable[traceback.FrameSummary]) -> Iterable[str]:
    return (f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return f"a line could not be put together ({record.module}:{record.lineno})"


def _at_the_end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger(__name__).critical("stopped by %s", place_of(error.with_traceback(trace)))


def _in_a_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
        logging.getLogger(__name__).error("a thread ended with %s", place_of(args.exc_value))
