"""Where the faults happen: one line with SQLite and RAM, or two behind a balancer with PostgreSQL and Redis."""

import http.client
import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from urllib.parse import parse_qs, urlsplit

from bot.storage import copy
from bot.storage.copy import UnusableCopyError
from bot.storage.database import connect
from bot.storage.grants import grant_line
from tests.e2e.running import PUBLIC, Home, RunningLine
from tests.faults.flow import Flow
from tests.faults.proxy import Proxy, proxied
from tests.faults.releases import SHOWS, UNCLEAR, Releases, Size
from tests.faults.worker import Worker
from tests.line.memory.redis_server import RedisServer, free_port
from tests.promises.postgres import OwnPostgres

#: Counts are flushed all the time, so that a fault meets them.
FLUSH = {"COUNTS_FLUSH_SECONDS": "1"}
SIGNED_URL = f"{PUBLIC}/sms"
#: Whom the lines are for PostgreSQL.
ROLE = "the_line"


@dataclass
class Scene:
    """One line, SQLite and RAM. `address` is where the provider sends texts."""

    folder: Path
    releases: Releases
    workers: list[Worker]
    address: tuple[str, int]
    flow: Flow = field(init=False, repr=False)
    name: str = "SQLite and RAM"
    shared: bool = False

    @property
    def lines(self) -> list[RunningLine]:
        """The processes that run."""
        return [worker.line for worker in self.workers]

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return Path(self.releases.url.removeprefix("sqlite:///"))

    def owner(self) -> Home:
        """Return a home for the commands of whoever owns the database."""
        home = self.lines[0].home
        changes = {**home.changes, "DATABASE_URL": self.releases.url, "LINE_DB_ROLE": ROLE if self.shared else None}
        return Home(home.folder, home.tokens, changes)

    def answers_from(self, number: int) -> bool:
        """Say whether every line has a release from the database, a copy of it on disk, and answers from it."""
        return all(_answers_from(line, number) for line in self.lines)


@dataclass
class SharedScene(Scene):
    """Two lines behind a balancer, PostgreSQL and Redis, each behind a network of ours."""

    postgres: OwnPostgres = field(kw_only=True)
    redis: RedisServer = field(kw_only=True)
    front: Proxy = field(kw_only=True)
    to_postgres: Proxy = field(kw_only=True)
    to_redis: Proxy = field(kw_only=True)
    #: What each line is started with.
    home: Home = field(kw_only=True)
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def balance(self) -> None:
        """Let the balancer know where the lines are."""
        self.front.behind = [("127.0.0.1", line.port) for line in self.lines]

    def close(self) -> None:
        """Stop the lines in good order; a second time does nothing."""
        while self.workers:
            self.workers.pop().stop()

    def one_more(self) -> Worker:
        """Start one more line, not yet behind the balancer."""
        folder = self.folder / f"line-{next(self.numbers)}"
        folder.mkdir()
        worker = Worker(Home(folder, self.home.tokens, self.home.changes), moved=lambda _: None)
        worker.start()
        return worker


def unheard(line: RunningLine, body: str) -> str:
    """Return the reply to a text that no figure counts; two lines that share a memory must not see one name twice."""
    return line.text(body, Canary="yes", MessageSid=f"SM{token_hex(16)}").message or ""


def _answers_from(line: RunningLine, number: int) -> bool:
    try:
        told = line.readyz()
        if (told["release"], told["source"]) != (number, "database"):
            return False
        if "away" in (told.get("database"), *str(told.get("state")).split()):
            return False
        if copy.read(line.home.folder / "cache").number != number:
            return False
        return (SHOWS in unheard(line, UNCLEAR)) == (number % 2 == 0)
    except (OSError, http.client.HTTPException, AssertionError, UnusableCopyError):
        return False


@contextmanager
def alone(folder: Path, size: Size = Size.SMALL, program: tuple[str, ...] = ("-m", "bot.cli")) -> Iterator[Scene]:
    """Run one line with SQLite and RAM."""
    home = Home(folder, program=program)
    releases = Releases(home.database_url, size)
    home.changes = {**FLUSH, **releases.files(folder / "data")}
    releases.make()
    worker = Worker(home, free_port())
    worker.start()
    try:
        yield Scene(folder, releases, [worker], ("127.0.0.1", worker.port))
    except BaseException:
        worker.abandon()
        raise
    worker.stop()


@contextmanager
def together(folder: Path, size: Size = Size.SMALL) -> Iterator[SharedScene]:
    """Run two lines, PostgreSQL and Redis; the lines sign in as a role that may do what a line must, and no more."""
    with ExitStack() as open_ones:
        (folder / "redis").mkdir()
        redis = RedisServer(folder / "redis")
        redis.start()
        open_ones.callback(redis.stop)
        postgres = OwnPostgres()
        open_ones.callback(postgres.remove)
        releases = Releases(postgres.url, size)
        releases.make()
        _let_the_line_in(postgres)
        front = open_ones.enter_context(proxied())
        to_postgres = open_ones.enter_context(proxied(socket_of(postgres.url)))
        to_redis = open_ones.enter_context(proxied(("127.0.0.1", redis.port)))
        changes = {
            **FLUSH,
            **releases.files(folder / "data"),
            "DATABASE_URL": f"postgresql://{ROLE}@127.0.0.1:{to_postgres.port}/line?sslmode=disable",
            "STATE_URL": f"redis://127.0.0.1:{to_redis.port}/0",
        }
        scene = SharedScene(
            folder,
            releases,
            [],
            ("127.0.0.1", front.port),
            name="PostgreSQL and Redis",
            shared=True,
            postgres=postgres,
            redis=redis,
            front=front,
            to_postgres=to_postgres,
            to_redis=to_redis,
            home=Home(folder, changes=changes),
        )
        yield from _with_two(scene)


def _with_two(scene: SharedScene) -> Iterator[SharedScene]:
    try:
        with ThreadPoolExecutor(2) as both:
            scene.workers += both.map(lambda _: scene.one_more(), range(2))
        for worker in scene.workers:
            worker.moved = lambda _: scene.balance()
        scene.balance()
        yield scene
    except BaseException:
        for worker in scene.workers:
            worker.abandon()
        raise
    scene.close()


def _let_the_line_in(postgres: OwnPostgres) -> None:
    postgres.order(f"CREATE ROLE {ROLE} LOGIN")
    engine = connect(postgres.url)
    try:
        assert grant_line(engine, ROLE)
    finally:
        engine.dispose()


def socket_of(url: str) -> Path:
    """Return the Unix socket that a server of the tests listens on."""
    parts = urlsplit(url)
    folder = parse_qs(parts.query)["host"][0]
    return Path(folder) / f".s.PGSQL.{parts.port or 5432}"
