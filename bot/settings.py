"""Every setting of the line, read from the environment once, at the start."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from types import MappingProxyType
from urllib.parse import SplitResult, urlsplit

from bot.environ import Reader, SettingsError
from bot.referral.answer import OptOutMode

#: What `--dev` signs with. Everybody can read it here, so it is refused where strangers can reach the line.
DEV_TOKEN = "dev"  # noqa: S105
DEV_BASE_URL = "http://127.0.0.1:8000"
#: The longest a conversation may be remembered after its last text.
LONGEST_MEMORY_SECONDS = 900

#: Each would write texts and numbers of texters to where somebody reads them later.
_DEBUGGING = ("FLASK_DEBUG", "PYTHONDEVMODE", "PYTHONINSPECT", "SENTRY_DSN")
_DATABASES = ("sqlite", "postgres", "postgresql", "postgresql+psycopg")
_MEMORIES = ("memory", "redis", "rediss")
_LINE_AREA = re.compile(r"(\+?[0-9]{3,15})\s*=\s*([a-z][a-z0-9-]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a running line was told. Secrets, and addresses that may hold one, stay out of its repr."""

    auth_tokens: tuple[str, ...] = field(repr=False)
    public_base_url: str
    opt_out_mode: OptOutMode = OptOutMode.PROVIDER_CUSTOM
    #: The texted number -> the area assumed until the texter names a place.
    line_areas: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    database_url: str = field(default="sqlite:///instance/quietline.db", repr=False)
    state_url: str = field(default="memory://", repr=False)
    allow_persistent_state: bool = False
    data_dir: Path | None = None
    cache_dir: Path = Path("instance/cache")
    line_budget_per_hour: int = 3000
    sender_budget_per_5_min: int = 20
    forget_after_seconds: int = LONGEST_MEMORY_SECONDS
    counts_flush_seconds: int = 3600
    counts_smallest: int = 11
    complaints_before_check: int = 3
    dev: bool = False


def load(environ: Mapping[str, str], *, dev: bool = False, serving: bool = True) -> Settings:
    """Read every setting, or raise SettingsError naming all that is missing or wrong at once.

    `dev` fills in what a laptop needs. `serving=False` is for commands that answer nobody (init, lint, say):
    they need neither the provider's token nor the public address.
    """
    read = Reader(environ)
    base_url = _base_url(read, DEV_BASE_URL if dev else "", required=serving)
    tokens = _tokens(read, DEV_TOKEN if dev else "", required=serving)
    _guard_dev(read, base_url, dev=dev, tokens=tokens)
    if not dev:
        _refuse_debugging(read)
    settings = Settings(
        auth_tokens=tokens,
        public_base_url=base_url,
        opt_out_mode=OptOutMode(read.one_of("OPT_OUT_MODE", tuple(OptOutMode), OptOutMode.PROVIDER_CUSTOM)),
        line_areas=_line_areas(read),
        database_url=read.address("DATABASE_URL", _DATABASES, "sqlite:///instance/quietline.db"),
        state_url=read.address("STATE_URL", _MEMORIES, "memory://"),
        allow_persistent_state=read.one_of("ALLOW_PERSISTENT_STATE", ("yes", "no"), "no") == "yes",
        data_dir=_data_dir(read),
        cache_dir=Path(read.text("CACHE_DIR", "instance/cache")),
        line_budget_per_hour=read.whole("LINE_BUDGET_PER_HOUR", 3000),
        sender_budget_per_5_min=read.whole("SENDER_BUDGET_PER_5_MIN", 20),
        forget_after_seconds=read.whole(
            "FORGET_AFTER_SECONDS", LONGEST_MEMORY_SECONDS, least=1, most=LONGEST_MEMORY_SECONDS
        ),
        counts_flush_seconds=read.whole("COUNTS_FLUSH_SECONDS", 3600, least=1),
        # It may be raised; lower would publish what CMS calls a small cell.
        counts_smallest=read.whole("COUNTS_SMALLEST", 11, least=11),
        # Fewer would show staff what a single texter said.
        complaints_before_check=read.whole("COMPLAINTS_BEFORE_CHECK", 3, least=3),
        dev=dev,
    )
    if read.problems:
        raise SettingsError(tuple(read.problems))
    return settings


def is_loopback(host: str) -> bool:
    """Say whether only this machine can reach the host: localhost, 127.x.x.x or ::1."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _tokens(read: Reader, default: str, *, required: bool) -> tuple[str, ...]:
    value = read.text("TWILIO_AUTH_TOKEN", default)
    tokens = tuple(token.strip() for token in value.split(",") if token.strip())
    if required and not tokens:
        read.problems.append("TWILIO_AUTH_TOKEN is missing: the token that signs webhooks")
    return tokens


def _base_url(read: Reader, default: str, *, required: bool) -> str:
    value = read.text("PUBLIC_BASE_URL", default).rstrip("/")
    if not value:
        if required:
            read.problems.append("PUBLIC_BASE_URL is missing: the address the provider calls, as https://...")
        return ""
    complaint = _url_complaint(value)
    if complaint:
        read.problems.append(f"PUBLIC_BASE_URL {complaint}")
        return ""
    return value


def _url_complaint(value: str) -> str:
    """Say why signatures made over this address could not be checked; "" when they can."""
    try:
        url = urlsplit(value)
        host, _ = url.hostname or "", url.port
    except ValueError:
        return "has a port or a host that is not one"
    if url.scheme not in ("http", "https") or not host:
        return "must be an address like https://line.example.org"
    if _not_ours(url) or re.search(r"[\s,\\]", value):
        return "must hold no user name, query, fragment or blank"
    if ":" in host:
        return "must name its host: the provider cannot call, and its library cannot check, an IPv6 address"
    return ""


def _not_ours(url: SplitResult) -> bool:
    return "@" in url.netloc or bool(url.query) or bool(url.fragment)


def _guard_dev(read: Reader, base_url: str, *, dev: bool, tokens: tuple[str, ...]) -> None:
    """Keep what is only safe on a laptop on the laptop."""
    if not base_url or is_loopback(urlsplit(base_url).hostname or ""):
        return
    if dev:
        read.problems.append("--dev is for this machine only: PUBLIC_BASE_URL is not a loopback address")
    elif DEV_TOKEN in tokens:
        read.problems.append("TWILIO_AUTH_TOKEN is the one of --dev, which everybody knows")


def _refuse_debugging(read: Reader) -> None:
    """Refuse what shows the inside of a running line: a trace on a page holds the text that caused it."""
    for name in _DEBUGGING:
        if read.text(name, "0") not in ("0", "false", "no", "off"):
            read.problems.append(f"{name} is set: the line starts with it under --dev only")


def _line_areas(read: Reader) -> Mapping[str, str]:
    areas: dict[str, str] = {}
    for part in filter(None, (p.strip() for p in read.text("LINE_AREAS", "").split(","))):
        match = _LINE_AREA.fullmatch(part)
        if match is None or match[1] in areas:
            read.problems.append("LINE_AREAS must be like +12135550100=westlake,+16305550100=westmont")
            break
        areas[match[1]] = match[2]
    return MappingProxyType(areas)


def _data_dir(read: Reader) -> Path | None:
    value = read.text("DATA_DIR", "")
    if value and not Path(value).is_dir():
        read.problems.append("DATA_DIR is not a folder")
    return Path(value) if value else None


__all__ = ["Settings", "SettingsError", "is_loopback", "load"]
