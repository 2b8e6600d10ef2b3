"""Every setting of the line and of the staff door, read from the environment once, at the start."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from bot.environ import Reader, SettingsError, is_loopback, url_complaint
from bot.referral.answer import OptOutMode

#: What `--dev` signs with. Everybody can read it here, so it is refused where strangers can reach the line.
DEV_TOKEN = "dev"  # noqa: S105 - everybody may know it
DEV_BASE_URL = "http://127.0.0.1:8000"
#: What `--dev` keeps sessions and codes of staff under. It stays the same, so that they outlive a restart.
DEV_SECRET = "for this machine only, and known to everybody"  # noqa: S105 - everybody may know it
DEV_CONSOLE_URL = "http://localhost:8001"
#: A key that was drawn at random has this many characters at least: `openssl rand -hex 32` gives 64.
SHORTEST_SECRET = 32
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
    #: Signs and encrypts what the staff door keeps; where that is found, and the role of the line in PostgreSQL.
    secret_key: str = field(default="", repr=False)
    console_base_url: str = ""
    line_db_role: str = ""
    dev: bool = False


def load(environ: Mapping[str, str], *, dev: bool = False, serving: bool = True, console: bool = False) -> Settings:
    """Read every setting, or raise SettingsError naming all that is missing or wrong at once.

    `dev` fills in what a laptop needs. `serving=False` is for commands that answer nobody (init, lint, say):
    they need neither the provider's token nor the public address. `console=True` is for the staff door.
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
        secret_key=_secret(read, DEV_SECRET if dev else "", required=console),
        console_base_url=_console_url(read, DEV_CONSOLE_URL if dev else "", required=console, dev=dev),
        line_db_role=read.text("LINE_DB_ROLE", ""),
        dev=dev,
    )
    if read.problems:
        raise SettingsError(tuple(read.problems))
    return settings


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
    complaint = url_complaint(value)
    if complaint:
        read.problems.append(f"PUBLIC_BASE_URL {complaint}")
        return ""
    return value


def _secret(read: Reader, default: str, *, required: bool) -> str:
    value = read.text("SECRET_KEY", default)
    if required and not value:
        read.problems.append("SECRET_KEY is missing: what keeps staff signed in, as `openssl rand -hex 32` prints it")
    elif required and value != default and (len(value) < SHORTEST_SECRET or value == DEV_SECRET):
        read.problems.append(f"SECRET_KEY must be random and have at least {SHORTEST_SECRET} characters")
    return value if required else ""  # the line holds no secret that it does not need


def _console_url(read: Reader, default: str, *, required: bool, dev: bool) -> str:
    """Return the origin of the staff door: https://host, or a loopback address under --dev. No path."""
    value = read.text("CONSOLE_BASE_URL", default).rstrip("/")
    if not required or not value:
        if required:
            read.problems.append("CONSOLE_BASE_URL is missing: the address staff open, as https://...")
        return value
    complaint = url_complaint(value)
    if not complaint:
        url = urlsplit(value)
        if url.path:
            complaint = "must be an address without a path"
        elif not (is_loopback(url.hostname or "") if dev else url.scheme == "https"):
            complaint = "must be a loopback address with --dev" if dev else "must begin with https://"
    if complaint:
        read.problems.append(f"CONSOLE_BASE_URL {complaint}")
    return value


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
