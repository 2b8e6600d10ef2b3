"""Two hosts' worth: two lines, one PostgreSQL, one Redis, and conversations that hop between them text by text."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count

import pytest
from sqlalchemy import Engine

from bot.counts.cell import CONVERSATIONS, SEGMENTS, Cell
from bot.referral.answer import answer
from bot.referral.bulletin import Pause
from bot.referral.conversation import Conversation
from bot.referral.segments import count as parts_of
from bot.storage import bulletins, editing, releases, reviewing
from bot.storage.database import connect
from bot.storage.publishing import publish, publish_at_once
from tests.e2e.running import RunningLine, eventually
from tests.faults.counted import batches, figures
from tests.faults.scene import SharedScene, together, unheard

ANA, BEN = "ana@example.org", "ben@example.org"
FOOD, PADS = "topics/food.toml", "entries/westmont.toml#pads"
#: Each conversation has a phone of its own.
PHONES = count(3000)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedScene]:
    """Give two lines with the small release; they leave in good order when all is over."""
    with together(tmp_path_factory.mktemp("two-hosts")) as made:
        yield made


@pytest.fixture
def engine(scene: SharedScene) -> Iterator[Engine]:
    """Give the database as the console has it."""
    engine = connect(scene.releases.url)
    yield engine
    engine.dispose()


def hopping(scene: SharedScene, phone: str, *texts: str, first: int = 0) -> list[str]:
    """Text the two lines in turn from one phone; give the replies."""
    told = []
    for number, body in enumerate(texts):
        sid = f"SM{phone[-4:]}{number:028x}"
        told.append(scene.lines[(first + number) % 2].text(body, From=phone, MessageSid=sid).message or "")
    return told


def of_one(scene: SharedScene, *texts: str) -> list[str]:
    """Answer a conversation by the one function alone, which forgets nothing."""
    held, told = Conversation(), []
    for body in texts:
        given = answer(body, held, scene.releases.contents[0], datetime.now(UTC))
        held = given.conversation
        told.append(given.reply or "")
    return told


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(("food", "90057", "MORE"), id="a place said to the other one"),
        pytest.param(("bed 60559", "MORE", "BACK", "MORE"), id="asking on"),
        pytest.param(("he has a gun", "MORE", "comida", "MAS"), id="in danger, then in Spanish"),
        pytest.param(("bed", "2", "no answer"), id="a choice, then a complaint"),
    ],
)
def test_a_conversation_hops_between_them(scene: SharedScene, texts: tuple[str, ...], first: int) -> None:
    assert hopping(scene, f"+1310555{next(PHONES)}", *texts, first=first) == of_one(scene, *texts)


def test_what_one_erased_the_other_does_not_know(scene: SharedScene) -> None:
    told = hopping(scene, "+13105550101", "food 90057", "X", "MORE", "X", "MORE")
    assert told == of_one(scene, "food 90057", "X", "MORE", "X", "MORE")
    assert told[2] != hopping(scene, "+13105550102", "food 90057", "MORE")[1]


def test_a_webhook_delivered_to_both_gets_one_reply_and_is_counted_once(scene: SharedScene, engine: Engine) -> None:
    before = settled(scene)
    sid, phone = f"SM{7:032x}", "+13105550103"
    replies = [line.text("food 90057", From=phone, MessageSid=sid).message for line in scene.lines * 2]
    assert len(set(replies)) == 1
    parts = parts_of(replies[0] or "").parts
    after_the_next_tick(scene)
    assert (gained(scene, before, CONVERSATIONS), gained(scene, before, SEGMENTS)) == (1, parts)


def test_figures_of_both_add_up(scene: SharedScene) -> None:
    before = settled(scene)
    for number, line in enumerate(scene.lines * 3):
        assert line.text("bed 60559", From=f"+1310555{2000 + number}", MessageSid=f"SM{2000 + number:032x}").message
    eventually(lambda: gained(scene, before, CONVERSATIONS) == 6, "six conversations")
    assert gained(scene, before, Cell("topic_area", "shelter", "westmont")) == 6


def settled(scene: SharedScene) -> dict[Cell, int]:
    """Return the figures when nothing waits in any line."""
    after_the_next_tick(scene)
    return figures(scene.releases.url)


def after_the_next_tick(scene: SharedScene) -> None:
    """Wait until each line has flushed twice: what it had counted before is then in the database."""
    eventually(lambda: len(batches(scene.releases.url)) == len(scene.lines), "the first tick of each line")
    before = batches(scene.releases.url)

    def ticked() -> bool:
        return all(batch >= before[writer] + 2 for writer, batch in batches(scene.releases.url).items())

    eventually(ticked, "two ticks of each line")


def gained(scene: SharedScene, before: dict[Cell, int], cell: Cell) -> int:
    return figures(scene.releases.url).get(cell, 0) - before.get(cell, 0)


def all_say(scene: SharedScene, body: str, words: str, *, said: bool = True) -> bool:
    """Say whether every line has (or no line has) some words in its reply to a text that is not counted."""
    told = [unheard(line, body) for line in scene.lines]
    assert all(told)
    return all((words in one) is said for one in told)


def test_what_staff_publish_and_take_back_both_answer_from(scene: SharedScene, engine: Engine) -> None:
    live = releases.latest(engine)
    assert live is not None
    body = {**live.document[FOOD], "lead": {"en": "Food today:", "es": "Comida hoy:"}}
    there = editing.current(engine, FOOD, live.document[FOOD])
    editing.save(engine, FOOD, body, by=ANA, based_on=there.version, now=datetime.now(UTC), live=there.body)
    review = reviewing.submit(engine, [FOOD], live.document, by=ANA, note="a lead", now=datetime.now(UTC))
    reviewing.approve(engine, review, by=BEN, approvers=2, now=datetime.now(UTC))
    number = publish(engine, review, by=BEN, now=datetime.now(UTC))
    eventually(lambda: all(line.readyz()["release"] == number for line in scene.lines), f"release {number}")
    assert all_say(scene, "food 60559", "Food today:")


def test_what_one_person_withdraws_both_leave_out(scene: SharedScene, engine: Engine) -> None:
    assert all_say(scene, "bed 60559", "630-555-0104")
    live = releases.latest(engine)
    assert live is not None
    there = next(one for one in live.document["entries/westmont.toml"]["entry"] if one["id"] == "pads")
    gone = {**there, "status": "check-first", "phone": [{**there["phone"][0], "publish": False}]}
    number = publish_at_once(engine, {PADS: gone}, by=ANA, note="moved away", now=datetime.now(UTC))
    eventually(lambda: all(line.readyz()["release"] == number for line in scene.lines), f"release {number}")
    assert all_say(scene, "bed 60559", "630-555-0104", said=False)


def test_what_is_paused_both_leave_out(scene: SharedScene, engine: Engine) -> None:
    assert all_say(scene, "talk", "800-555-0100")
    bulletins.add(engine, Pause("hope", None), day=date.today(), by="AB")
    eventually(lambda: all_say(scene, "bed 60559", "800-555-0100", said=False), "the pause")


def test_no_line_ever_reached_for_what_is_not_its_own(scene: SharedScene) -> None:
    line: RunningLine
    for line in scene.lines:
        assert "permission denied" not in line.log
        assert "could not" not in line.log
