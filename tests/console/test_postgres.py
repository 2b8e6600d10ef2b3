"""The whole way in on PostgreSQL as well: who signs in, what ends it, what is written down."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from bot.console.roles import Role
from bot.storage.audit import entries
from tests.console.house import OTHER, PASSWORD, House
from tests.databases import Database, bare_engine, database, engine

__all__ = ["bare_engine", "database", "engine"]


@pytest.fixture
def there(engine: Engine, database: Database) -> Iterator[House]:
    """Give a staff door on each database."""
    made = House(database.url)
    yield made
    made.close()


def test_join_sign_in_change_the_password_sign_out(there: House) -> None:
    ana = there.browser()
    ana.join(there.invite("ana@example.org", Role.ADMIN))
    assert ana.set_up_app().status_code == 302
    elsewhere = there.browser()
    elsewhere.email, elsewhere.totp = ana.email, ana.totp
    elsewhere.sign_in()
    assert elsewhere.token_step(elsewhere.code(steps=1)).status_code == 302
    assert elsewhere.is_in
    ana.get("/account/password")
    new = {"password": PASSWORD, "new_password": OTHER, "new_password_confirm": OTHER}
    assert ana.post("/account/password", new).status_code == 302
    assert (ana.is_in, elsewhere.is_in) == (True, False)
    ana.get("/account/recovery-codes")
    assert ana.post("/account/recovery-codes", {"generate_new_codes": "yes"}).status_code == 200
    assert ana.is_in
    ana.sign_out()
    assert not ana.is_in
    acts = [line.act for line in entries(there.engine)][::-1]
    assert acts[:4] == ["joined", "signed in", "factor added", "signed in"]
    assert acts[4:] == ["password changed", "factor added", "signed out"]
