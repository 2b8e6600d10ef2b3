import pytest

from bot.environ import SettingsError
from bot.line.provider.account import is_held, load
from tests.line.provider.holdings import ACCOUNT, ENVIRON, KEY, SECRET, SERVICE, TOKEN


def without(*names: str) -> dict[str, str]:
    return {name: value for name, value in ENVIRON.items() if name not in names}


def test_an_api_key_is_preferred_and_the_token_kept_for_twiml_bins() -> None:
    told = load(ENVIRON)
    assert (told.sid, told.service, told.user, told.secret, told.token) == (ACCOUNT, SERVICE, KEY, SECRET, TOKEN)


@pytest.mark.parametrize("value", [TOKEN, f"{TOKEN},old", f" {TOKEN} , old\n"])
def test_without_an_api_key_the_first_token_signs_in(value: str) -> None:
    told = load({**without("TWILIO_API_KEY", "TWILIO_API_SECRET"), "TWILIO_AUTH_TOKEN": value})
    assert (told.user, told.secret, told.token) == (ACCOUNT, TOKEN, TOKEN)


def test_an_api_key_alone_is_enough() -> None:
    assert load(without("TWILIO_AUTH_TOKEN")).token == ""


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        pytest.param(
            {},
            ("PUBLIC_BASE_URL", "TWILIO_ACCOUNT_SID", "TWILIO_MESSAGING_SERVICE_SID", "TWILIO_API_KEY"),
            id="everything at once",
        ),
        pytest.param(without("TWILIO_API_SECRET"), ("TWILIO_API_SECRET",), id="half an API key"),
        pytest.param(without("TWILIO_API_KEY"), ("TWILIO_API_KEY",), id="the other half"),
        pytest.param({**ENVIRON, "TWILIO_ACCOUNT_SID": " "}, ("TWILIO_ACCOUNT_SID",), id="a blank"),
        pytest.param({**ENVIRON, "TWILIO_ACCOUNT_SID": KEY}, ("TWILIO_ACCOUNT_SID",), id="a key for the account"),
        pytest.param({**ENVIRON, "TWILIO_API_KEY": "SK123"}, ("TWILIO_API_KEY",), id="cut off"),
        pytest.param(
            {**ENVIRON, "TWILIO_MESSAGING_SERVICE_SID": SERVICE + "/../x"},
            ("TWILIO_MESSAGING_SERVICE_SID",),
            id="more than a SID",
        ),
    ],
)
def test_what_is_missing_or_misshapen_is_named_and_never_repeated(
    environ: dict[str, str], named: tuple[str, ...]
) -> None:
    with pytest.raises(SettingsError) as caught:
        load(environ, needing=("PUBLIC_BASE_URL",))
    assert len(caught.value.problems) == len(named)
    assert all(problem.startswith(name) for problem, name in zip(caught.value.problems, named, strict=True))
    assert not [value for value in environ.values() if value.strip() and value in str(caught.value)]


def test_nothing_of_it_is_in_its_repr() -> None:
    assert repr(load(ENVIRON)) == "Account()"


@pytest.mark.parametrize(("value", "held"), [("yes", True), ("yes\n", True), ("no", False), ("", False), (None, False)])
def test_the_hold_switch(value: str | None, held: bool) -> None:
    assert is_held({} if value is None else {"PURGE_HOLD": value}) is held


@pytest.mark.parametrize("value", ["Yes", "true", "1", "on"])
def test_a_hold_switch_that_nobody_can_read_holds_everything_up(value: str) -> None:
    with pytest.raises(SettingsError, match="PURGE_HOLD"):
        is_held({"PURGE_HOLD": value})
