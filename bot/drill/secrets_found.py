"""The secrets that digests may have been made with: those of the environment, of small files and of short values."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from bot.drill.digests import Secret
from bot.storage.everything import Value

#: What the names of secret settings have in them.
_TELLING_NAME = re.compile(r"TOKEN|SECRET|KEY|SALT|PEPPER|PASS|CREDENTIAL|SID|SEED", re.IGNORECASE)
_NAME_AND_VALUE = re.compile(r"""^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*["']?(.+?)["']?\s*$""", re.MULTILINE)
#: No key is longer; a bigger file is content.
_MOST_BYTES = 4096
_KEY_LIKE = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9+/=_-]{16,128}")
_LEAST_BYTES = 4
_MOST_VALUES = 200


def in_environment(environ: Mapping[str, str]) -> list[Secret]:
    """Return the secrets among settings: each part of a telling setting, and the password of every address."""
    found = []
    for name, value in sorted(environ.items()):
        if _TELLING_NAME.search(name):
            found += [Secret(name, part.strip().encode()) for part in {*value.split(","), value}]
        if password := _password(value):
            found.append(Secret(f"the password in {name}", password.encode()))
    return _distinct(found)


def in_files(paths: Iterable[Path]) -> list[Secret]:
    """Return what small files hold: the whole of each, and each value of a line NAME=value.

    A file that cannot be read is left out: the search itself says so.
    """
    found = []
    for path in paths:
        try:
            if path.stat().st_size > _MOST_BYTES:
                continue
            content = path.read_bytes()
        except OSError:
            continue
        found += [Secret("a small file", content), Secret("a small file", content.strip())]
        settings = dict(_NAME_AND_VALUE.findall(content.decode("utf-8", "replace")))
        found += [Secret(f"{secret.name} in a file", secret.data) for secret in in_environment(settings)]
    return _distinct(found)


def in_values(values: Iterable[Value]) -> list[Secret]:
    """Return the values of a database that look like keys, 200 at most."""
    return _distinct(_key_like(values))[:_MOST_VALUES]


def _key_like(values: Iterable[Value]) -> Iterator[Secret]:
    for value in values:
        held = value.held
        if isinstance(held, bytes | memoryview) and 16 <= len(held) <= 128:
            yield Secret("a value in the database", bytes(held))
        elif isinstance(held, str) and _KEY_LIKE.fullmatch(held):
            yield Secret("a value in the database", held.encode())


def _distinct(secrets: Iterable[Secret]) -> list[Secret]:
    first: dict[bytes, Secret] = {}
    for secret in secrets:
        if len(secret.data) >= _LEAST_BYTES:
            first.setdefault(secret.data, secret)
    return list(first.values())


def _password(value: str) -> str:
    try:
        return urlsplit(value).password or "" if "://" in value else ""
    except ValueError:
        return ""
