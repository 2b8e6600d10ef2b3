import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bot.line.provider import account as provider
from bot.referral.answer import OptOutMode
from bot.settings import Settings, SettingsError, is_loopback, load

NEEDED = {"TWILIO_AUTH_TOKEN": "one", "PUBLIC_BASE_URL": "https://line.example.org"}
SECRET = "s3cr3t-that-nobody-may-read"


class Recorded(Mapping[str, str]):
    """An environment that knows what it was asked for."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values_ = values
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        return self.values_[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_)

    def __len__(self) -> int:
        return len(self.values_)


def problems_of(environ: Mapping[str, str], *, dev: bool = False, serving: bool = True) -> str:
    with pytest.raises(SettingsError) as caught:
        load(environ, dev=dev, serving=serving)
    return "\n".join(caught.value.problems)


def test_defaults() -> None:
    assert load(NEEDED) == Settings(auth_tokens=("one",), public_base_url="https://line.example.org")
    told = load(NEEDED)
    assert (told.sender_budget_per_5_min, told.line_budget_per_hour, told.forget_after_seconds) == (20, 3000, 900)
    assert (told.database_url, told.state_url) == ("sqlite:///instance/quietline.db", "memory://")
    assert told.opt_out_mode is OptOutMode.PROVIDER_CUSTOM


def test_everything_set(tmp_path: Path) -> None:
    told = load(
        {
            "TWILIO_AUTH_TOKEN": " new , old ,",
            "PUBLIC_BASE_URL": "https://line.example.org:8443/under/\n",
            "DATABASE_URL": "postgres://u:p@db/q",
            "STATE_URL": "rediss://:p@cache:6380/1",
            "ALLOW_PERSISTENT_STATE": "yes",
            "OPT_OUT_MODE": "app",
            "LINE_AREAS": "+12135550100=westlake, +16305550100 = westmont,",
            "DATA_DIR": str(tmp_path),
            "CACHE_DIR": "/var/cache/quietline",
            "LINE_BUDGET_PER_HOUR": "0",
            "SENDER_BUDGET_PER_5_MIN": "0",
            "FORGET_AFTER_SECONDS": "60",
            "COUNTS_FLUSH_SECONDS": "900",
        }
    )
    assert told == Settings(
        auth_tokens=("new", "old"),
        public_base_url="https://line.example.org:8443/under",
        database_url="postgres://u:p@db/q",
        state_url="rediss://:p@cache:6380/1",
        allow_persistent_state=True,
        opt_out_mode=OptOutMode.APP,
        line_areas={"+12135550100": "westlake", "+16305550100": "westmont"},
        data_dir=tmp_path,
        cache_dir=Path("/var/cache/quietline"),
        line_budget_per_hour=0,
        sender_budget_per_5_min=0,
        forget_after_seconds=60,
        counts_flush_seconds=900,
    )


def test_all_that_is_missing_is_said_at_once() -> None:
    told = problems_of({"TWILIO_AUTH_TOKEN": " , ", "OPT_OUT_MODE": "maybe", "FORGET_AFTER_SECONDS": "901"})
    for name in ("TWILIO_AUTH_TOKEN", "PUBLIC_BASE_URL", "OPT_OUT_MODE", "FORGET_AFTER_SECONDS"):
        assert name in told


def test_a_command_that_answers_nobody_needs_neither_token_nor_address() -> None:
    told = load({}, serving=False)
    assert (told.auth_tokens, told.public_base_url) == ((), "")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LINE_BUDGET_PER_HOUR", "-1"),
        ("LINE_BUDGET_PER_HOUR", "many"),
        ("SENDER_BUDGET_PER_5_MIN", "1.5"),
        ("SENDER_BUDGET_PER_5_MIN", "١٢"),
        ("FORGET_AFTER_SECONDS", "0"),
        ("FORGET_AFTER_SECONDS", "901"),
        ("COUNTS_FLUSH_SECONDS", "0"),
        ("OPT_OUT_MODE", "PROVIDER_CUSTOM"),
        ("ALLOW_PERSISTENT_STATE", "true"),
        ("DATABASE_URL", f"mysql://u:{SECRET}@db/q"),
        ("DATABASE_URL", "instance/quietline.db"),
        ("STATE_URL", f"memcached://{SECRET}"),
        ("LINE_AREAS", "westlake"),
        ("LINE_AREAS", "+12135550100=West Lake"),
        ("LINE_AREAS", "+12135550100=westlake,+12135550100=westmont"),
        ("DATA_DIR", "/there/is/no/such/folder"),
        ("PUBLIC_BASE_URL", "line.example.org"),
        ("PUBLIC_BASE_URL", "ftp://line.example.org"),
        ("PUBLIC_BASE_URL", "https://"),
        ("PUBLIC_BASE_URL", f"https://user:{SECRET}@line.example.org:8443"),
        ("PUBLIC_BASE_URL", "https://line.example.org?x=1"),
        ("PUBLIC_BASE_URL", "https://line.example.org/#rc=3"),
        ("PUBLIC_BASE_URL", "https://line.example.org:99999"),
        ("PUBLIC_BASE_URL", "https://line.example.org:port"),
        ("PUBLIC_BASE_URL", "https://[::1]:8000"),
        ("PUBLIC_BASE_URL", "https://[::1"),
        ("PUBLIC_BASE_URL", "https://line.example.org, https://other.example.org"),
    ],
)
def test_a_wrong_value_is_named_and_never_repeated(name: str, value: str) -> None:
    told = problems_of({**NEEDED, name: value})
    assert told.startswith(name)
    assert SECRET not in told
    assert "\n" not in told


@pytest.mark.parametrize("name", ["LINE_BUDGET_PER_HOUR", "DATA_DIR", "OPT_OUT_MODE", "LINE_AREAS"])
def test_an_empty_value_is_none(name: str) -> None:
    assert load({**NEEDED, name: " "}) == load(NEEDED)


class TestDev:
    def test_fills_in_what_a_laptop_needs(self) -> None:
        told = load({}, dev=True)
        assert (told.auth_tokens, told.public_base_url, told.dev) == (("dev",), "http://127.0.0.1:8000", True)

    @pytest.mark.parametrize("url", ["http://localhost:9000", "http://127.0.0.1", "https://127.8.8.8:1"])
    def test_is_for_this_machine(self, url: str) -> None:
        assert load({"PUBLIC_BASE_URL": url}, dev=True).public_base_url == url

    @pytest.mark.parametrize("url", ["https://line.example.org", "http://10.0.0.1", "http://localhost.example.org"])
    def test_is_refused_where_strangers_can_reach_the_line(self, url: str) -> None:
        assert "--dev" in problems_of({"PUBLIC_BASE_URL": url}, dev=True)

    def test_its_token_is_refused_there_too(self) -> None:
        assert "TWILIO_AUTH_TOKEN" in problems_of({**NEEDED, "TWILIO_AUTH_TOKEN": "old,dev"})


def test_secrets_are_in_no_repr() -> None:
    told = load(
        {
            **NEEDED,
            "TWILIO_AUTH_TOKEN": SECRET,
            "DATABASE_URL": f"postgresql://u:{SECRET}@db/q",
            "STATE_URL": f"redis://:{SECRET}@cache",
        }
    )
    assert SECRET not in repr(told)


@pytest.mark.parametrize(
    ("host", "told"),
    [("localhost", True), ("127.0.0.1", True), ("127.1.2.3", True), ("::1", True)]
    + [(host, False) for host in ("0.0.0.0", "::", "", "line.example.org", "10.0.0.1", "127.0.0.1.example.org")],  # noqa: S104 - refused, that is the test
)
def test_what_only_this_machine_can_reach(host: str, told: bool) -> None:
    assert is_loopback(host) is told


def test_the_docs_list_every_setting_and_nothing_else(root: Path) -> None:
    asked = Recorded(NEEDED)
    load(asked)
    provider.is_held(asked)
    with pytest.raises(SettingsError):
        provider.load(asked)
    table = (root / "docs" / "deploy.md").read_text().partition("## Settings")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `([A-Z0-9_]+)` \|", table, re.MULTILINE)) == asked.asked


class TestDebugging:
    @pytest.mark.parametrize("name", ["FLASK_DEBUG", "PYTHONDEVMODE", "PYTHONINSPECT", "SENTRY_DSN"])
    def test_keeps_a_line_for_real_people_from_starting(self, name: str) -> None:
        with pytest.raises(SettingsError, match=f"{name} is set"):
            load({**NEEDED, name: "https://key@errors.example.org/1"})

    @pytest.mark.parametrize("value", ["", "0", "false", "no", "off"])
    def test_that_is_switched_off_is_fine(self, value: str) -> None:
        assert not load({**NEEDED, "FLASK_DEBUG": value}).dev

    def test_is_for_the_laptop(self) -> None:
        assert load({"FLASK_DEBUG": "1"}, dev=True).dev


def test_the_smallest_figure_shown_may_be_raised_and_never_lowered() -> None:
    assert load({**NEEDED, "COUNTS_SMALLEST": "20"}).counts_smallest == 20
    with pytest.raises(SettingsError, match="of at least 11"):
        load({**NEEDED, "COUNTS_SMALLEST": "10"})


def test_no_fewer_than_three_conversations_ask_for_a_check() -> None:
    assert load(NEEDED).complaints_before_check == 3
    assert load({**NEEDED, "COMPLAINTS_BEFORE_CHECK": "5"}).complaints_before_check == 5
    with pytest.raises(SettingsError, match="COMPLAINTS_BEFORE_CHECK must be a whole number of at least 3"):
        load({**NEEDED, "COMPLAINTS_BEFORE_CHECK": "2"})
