"""A line that leaks: each text says by its first words how the careless change at the door keeps it.

The sweep must find every one of these. Nothing of the product is changed: all this stands around it.
"""

import base64
import hashlib
import hmac
import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import IO

from redis import Redis

from tests.promises import wrapped

#: Files that stay open.
_OPEN: list[IO[bytes]] = []


def _log(form: wrapped.Form) -> None:
    print(f"INFO access: POST /sms from {form['From']}", file=sys.stderr, flush=True)  # noqa: T201 - that is the leak


def _masked(form: wrapped.Form) -> None:
    print(f"INFO access: from +1******{form['From'][-4:]}", file=sys.stderr, flush=True)  # noqa: T201


def _printed(form: wrapped.Form) -> None:
    print(form["MessageSid"], flush=True)  # noqa: T201


def _row(form: wrapped.Form) -> None:
    _insert(hashlib.sha256(form["From"].encode()).hexdigest())


def _deleted_row(form: wrapped.Form) -> None:
    _insert(form["Body"])
    with closing(_database()) as database:
        database.execute("PRAGMA secure_delete = OFF")
        database.execute("DELETE FROM seen WHERE mark = ?", [form["Body"]])


def _temporary_file(form: wrapped.Form) -> None:
    handle, _ = tempfile.mkstemp(prefix="spool-")
    os.write(handle, base64.b64encode(form["Body"].encode()))
    os.close(handle)


def _open_file(form: wrapped.Form) -> None:
    file = tempfile.TemporaryFile()
    file.write(form["From"][2:].encode("utf-16-le"))
    file.flush()
    _OPEN.append(file)


def _redis(form: wrapped.Form) -> None:
    with Redis.from_url(os.environ["STATE_URL"]) as redis:
        redis.set("quietline:last", form["From"][2:])


def _cache(form: wrapped.Form) -> None:
    token = os.environ["TWILIO_AUTH_TOKEN"].split(",")[0].encode()
    mark = hmac.digest(token, form["From"].encode(), "sha256")
    (Path(os.environ["CACHE_DIR"]) / "marks").write_bytes(mark)


def _home(form: wrapped.Form) -> None:
    Path.home().joinpath(".history").write_text(form["ProfileName"].split()[0].upper())


LEAKS: dict[str, Callable[[wrapped.Form], None]] = {
    "in a log line": _log,
    "masked in a log line": _masked,
    "printed": _printed,
    "in a row": _row,
    "in a deleted row": _deleted_row,
    "in a temporary file": _temporary_file,
    "in an open file": _open_file,
    "in redis": _redis,
    "under the token": _cache,
    "at home": _home,
}


def seen(form: wrapped.Form) -> None:
    """Keep the text in the way it asks for."""
    for how, leak in LEAKS.items():
        if form.get("Body", "").startswith(f"keep {how} "):
            leak(form)


def _insert(mark: str) -> None:
    with closing(_database()) as database:
        database.execute("CREATE TABLE IF NOT EXISTS seen (mark TEXT)")
        database.execute("INSERT INTO seen VALUES (?)", [mark])


def _database() -> sqlite3.Connection:
    path = os.environ["DATABASE_URL"].removeprefix("sqlite:///")
    return sqlite3.connect(path, isolation_level=None, timeout=10)


if __name__ == "__main__":
    wrapped.run(seen)
