import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime
from threading import Event
from typing import Any

import pytest
from flask.testing import FlaskClient

from bot.counts.record import Record, Seen
from bot.line import last_resort, sms
from bot.line.door import MOST_BYTES, xml
from bot.referral.answer import Answer, OptOutMode
from bot.referral.segments import count
from tests.line.standins import (
    CAPTURED,
    LINE_NUMBER,
    TEXTER,
    FakeCore,
    FakeTally,
    House,
    make_content,
    make_settings,
    message_in,
    post,
    sign,
    twiml_in,
)

FORM_TYPE = "application/x-www-form-urlencoded"


@pytest.fixture
def client(house: House) -> FlaskClient:
    return house.app.test_client()


def test_a_real_shaped_form_gets_one_message(house: House) -> None:
    assert house.text("i need a bed") == "reply 1"
    assert house.asked == ["i need a bed"]


class TestWhoIsLetIn:
    @pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"])
    def test_only_post(self, client: FlaskClient, method: str) -> None:
        answered = client.open("/sms", method=method)
        assert answered.status_code == 405
        assert answered.headers["Allow"] == "POST"

    @pytest.mark.parametrize(
        "content_type",
        ["application/json", "multipart/form-data; boundary=x", "text/plain", "", f"{FORM_TYPE}x", "text/xml"],
    )
    def test_other_content_types(self, client: FlaskClient, content_type: str) -> None:
        # Too long as well: the type is looked at before anything is read.
        assert client.post("/sms", data=b"x" * 200_000, content_type=content_type).status_code == 415

    @pytest.mark.parametrize(
        "content_type", [FORM_TYPE, f"{FORM_TYPE}; charset=UTF-8", FORM_TYPE.upper(), f"{FORM_TYPE};charset=utf-8"]
    )
    def test_ways_to_write_the_right_type(self, client: FlaskClient, content_type: str) -> None:
        header = {"X-Twilio-Signature": sign({"Body": "help"}, "/sms")}
        answered = client.post("/sms", data=b"Body=help", content_type=content_type, headers=header)
        assert message_in(answered) == "reply 1"

    @pytest.mark.parametrize(
        ("size", "status"),
        [
            pytest.param(MOST_BYTES, 200, id="64 kB"),
            pytest.param(MOST_BYTES + 1, 413, id="a byte more"),
            pytest.param(5_000_000, 413, id="5 MB"),
        ],
    )
    def test_the_size_of_a_body(self, client: FlaskClient, size: int, status: int) -> None:
        body = "x" * (size - len("Body="))
        header = {"X-Twilio-Signature": sign({"Body": body}, "/sms")}
        answered = client.post("/sms", data=f"Body={body}", content_type=FORM_TYPE, headers=header)
        assert answered.status_code == status

    def test_a_long_body_is_turned_away_unread(self, house: House, client: FlaskClient) -> None:
        class Unreadable:
            def read(self, *_: int) -> bytes:
                raise AssertionError("the body was read")

            readinto = readline = readlines = __iter__ = read

        answered = client.post(
            "/sms",
            content_type=FORM_TYPE,
            environ_overrides={"wsgi.input": Unreadable(), "CONTENT_LENGTH": str(MOST_BYTES + 2)},
            headers={"X-Twilio-Signature": "x"},
        )
        assert answered.status_code == 413
        assert house.asked == []

    @pytest.mark.parametrize(("size", "status"), [(100, 403), (MOST_BYTES + 1, 413), (1_000_000, 413)])
    def test_a_body_of_unknown_length(self, client: FlaskClient, size: int, status: int) -> None:
        answered = client.post(
            "/sms",
            content_type=FORM_TYPE,
            data=b"x" * size,
            environ_overrides={"wsgi.input_terminated": True, "CONTENT_LENGTH": ""},
            headers={"X-Twilio-Signature": "x"},
        )
        assert answered.status_code == status

    def test_too_many_fields(self, client: FlaskClient) -> None:
        fields = [(f"F{n}", "") for n in range(600)]
        assert post(client, fields).status_code == 413

    @pytest.mark.parametrize("signature", [None, "", "wrong", "A" * 28, "é", sign(CAPTURED, "/voice")])
    def test_without_a_valid_signature(self, house: House, client: FlaskClient, signature: str | None) -> None:
        headers = {} if signature is None else {"X-Twilio-Signature": signature}
        answered = client.post("/sms", data=CAPTURED, headers=headers)
        assert answered.status_code == 403
        assert answered.content_type == "text/plain; charset=utf-8"
        assert house.asked == []

    def test_an_encoded_query_is_signed_as_sent(self, house: House) -> None:
        path = "/sms?lang=es&x=a%20b%2F%C3%A9"
        assert message_in(post(house.app.test_client(), CAPTURED, path)) == "reply 1"

    def test_repeated_names_and_empty_values_are_signed_too(self, house: House) -> None:
        form = [("Body", "one"), ("Body", "two"), ("Body", "one"), ("From", TEXTER), ("ToCity", ""), ("Odd", "")]
        assert message_in(post(house.app.test_client(), form)) == "reply 1"
        assert house.asked == ["one"]

    def test_bytes_that_are_no_utf_8_have_two_readings(self, house: House) -> None:
        for value in ("\ufffd\ufffd\ufffd", "%ED%A0%80"):
            header = {"X-Twilio-Signature": sign({"Body": value}, "/sms")}
            client = house.app.test_client()
            answered = client.post("/sms", data=b"Body=%ED%A0%80", content_type=FORM_TYPE, headers=header)
            assert message_in(answered) == "reply 1"


class TestWhatGoesOut:
    def test_no_cookie_no_etag_no_cache(self, client: FlaskClient) -> None:
        answered = post(client, CAPTURED)
        assert "Set-Cookie" not in answered.headers
        assert "ETag" not in answered.headers
        assert answered.headers["Cache-Control"] == "no-store"

    @pytest.mark.parametrize(
        ("reply", "message"),
        [
            pytest.param("a\x00b\x1bc\x7fd", "abcd", id="control characters"),
            pytest.param("a\nb", "a\nb", id="a new line stays"),
            pytest.param("<Dial>&amp; ]]> 'é' \"", "<Dial>&amp; ]]> 'é' \"", id="XML in it"),
            pytest.param("x\ud83dy\udc00", "xy", id="lone surrogates"),
            pytest.param("\x00 \x01", "", id="nothing left"),
            pytest.param("", "", id="nothing"),
        ],
    )
    def test_twiml_is_valid_whatever_the_reply(self, reply: str, message: str) -> None:
        house = House(make_settings())
        with house.app.test_request_context():
            answered = house.app.make_response(xml(sms.twiml(reply)))
        assert message_in(answered) == message  # type: ignore[arg-type]

    def test_silence_is_an_empty_response(self, house: House, client: FlaskClient) -> None:
        assert len(twiml_in(post(client, {**CAPTURED, "Body": "quiet"}))) == 0


class TestOptOut:
    @pytest.mark.parametrize("kind", ["STOP", "HELP", "START", "stop", "SOMETHING-NEW"])
    @pytest.mark.parametrize("mode", list(OptOutMode))
    def test_what_the_provider_answered_stays_unanswered(self, kind: str, mode: OptOutMode) -> None:
        house = House(make_settings(opt_out_mode=mode))
        assert house.text(kind, OptOutType=kind) == ""
        assert house.asked == []

    def test_an_empty_type_is_none(self, house: House) -> None:
        assert house.text("HELP", OptOutType="") == "reply 1"

    @pytest.mark.parametrize("mode", list(OptOutMode))
    def test_the_core_is_told_the_mode(self, mode: OptOutMode) -> None:
        core = FakeCore()
        House(make_settings(opt_out_mode=mode), core=core).text("stop")
        assert core.modes == [mode]

    def test_the_providers_stop_wipes_the_conversation(self, house: House) -> None:
        house.text("food")
        house.text("STOP", OptOutType="STOP")
        house.text("ok")
        assert core_of(house).asked[-1][1].silent
        assert core_of(house).asked[-1][1].shown == 0

    def test_the_providers_help_does_not(self, house: House) -> None:
        house.text("food")
        house.text("HELP", OptOutType="HELP")
        assert house.text("more") == "reply 2"


class TestWhatIsRemembered:
    def test_a_conversation_goes_on(self, house: House) -> None:
        assert [house.text("food"), house.text("more")] == ["reply 1", "reply 2"]

    def test_for_a_quarter_of_an_hour(self, house: House) -> None:
        house.text("food")
        house.clock.tick(901)
        assert house.text("more") == "reply 1"

    def test_of_one_texter_only(self, house: House) -> None:
        house.text("food")
        assert house.text("more", From="+16305550177") == "reply 1"

    @pytest.mark.parametrize("sender", ["whatsapp:+12135550142", "rcs:brand", "74142", "+442079460000", "client:é"])
    def test_any_sender(self, house: House, sender: str) -> None:
        assert [house.text("food", From=sender), house.text("more", From=sender)] == ["reply 1", "reply 2"]

    def test_nothing_without_a_sender(self, house: House) -> None:
        assert [house.text("food", From=""), house.text("more", From="")] == ["reply 1", "reply 1"]

    @pytest.mark.parametrize(
        ("to", "area"),
        [
            (LINE_NUMBER, "westlake"),
            (f"whatsapp:{LINE_NUMBER}", "westlake"),
            ("+16305550100", ""),
            ("", ""),
        ],
    )
    def test_the_texted_number_may_carry_an_area(self, to: str, area: str) -> None:
        house = House(make_settings(line_areas={LINE_NUMBER: "westlake"}))
        house.text("food", To=to)
        house.text("x", To=to)
        house.text("more", To=to)
        assert [talk.area for _, talk in core_of(house).asked] == [area] * 3

    @pytest.mark.parametrize("word", ["x", "pls stop texting me"])
    def test_erase_and_opt_out_wipe_conversation_and_replies(self, house: House, word: str) -> None:
        house.text("food", sid="SM1")
        house.text(word)
        house.text("food", sid="SM1")
        # Not taken for a duplicate: its reply is gone, and so is the conversation.
        assert house.asked == ["food", word, "food"]
        assert core_of(house).asked[-1][1].shown == 0

    def test_a_wipe_happens_even_when_the_budget_is_spent(self) -> None:
        house = House(make_settings(sender_budget_per_5_min=1))
        assert house.text("food") == "reply 1"
        assert house.text("x") == "slow down 911 988"
        assert core_of(house).asked[0][1].shown == 0
        house.clock.tick(301)
        assert house.text("more") == "reply 1"


class TestDeliveredTwice:
    def test_the_same_answer_again_counted_once(self, house: House) -> None:
        assert [house.text("food", sid="SM1"), house.text("food", sid="SM1")] == ["reply 1", "reply 1"]
        assert house.asked == ["food"]
        assert len(house.counted) == 1

    def test_silence_again_for_silence(self, house: House) -> None:
        assert [house.text("quiet", sid="SM1"), house.text("quiet", sid="SM1")] == ["", ""]
        assert house.asked == ["quiet"]

    def test_the_retry_header_or_its_absence_changes_nothing(self, house: House) -> None:
        form = {**CAPTURED, "MessageSid": "SM1"}
        headers = {"X-Twilio-Signature": sign(form, "/sms"), "I-Twilio-Idempotency-Token": "one"}
        first = house.app.test_client().post("/sms", data=form, headers=headers)
        again = house.app.test_client().post(
            "/sms", data=form, headers={**headers, "I-Twilio-Idempotency-Token": "two"}
        )
        assert first.data == again.data
        assert len(house.asked) == 1

    def test_the_same_sid_of_another_account_is_another_message(self, house: House) -> None:
        house.text("food", sid="SM1")
        assert house.text("food", sid="SM1", AccountSid="AC2") == "reply 2"

    def test_without_a_sid_every_text_is_new(self, house: House) -> None:
        for _ in range(2):
            form = {name: value for name, value in CAPTURED.items() if "Sid" not in name}
            post(house.app.test_client(), form)
        assert len(house.asked) == 2

    def test_even_without_a_sender(self, house: House) -> None:
        assert [house.text("food", sid="SM1", From="") for _ in range(2)] == ["reply 1", "reply 1"]
        assert house.asked == ["food"]

    def test_at_the_same_time_computed_once(self) -> None:
        begun, go_on = Event(), Event()

        class Slow(FakeCore):
            def __call__(self, *args: Any, **options: Any) -> Answer:
                begun.set()
                go_on.wait(30)
                return super().__call__(*args, **options)

        house = House(make_settings(), core=Slow())
        with ThreadPoolExecutor(8) as pool:
            first = pool.submit(house.text, "food", "SM1")
            assert begun.wait(30)
            others = [pool.submit(house.text, "food", "SM1") for _ in range(7)]
            # Nothing tells a thread that waits for its turn from one that has not begun: give all a moment.
            done, _ = wait(others, timeout=0.1)
            assert not done
            go_on.set()
            assert [one.result(30) for one in (first, *others)] == ["reply 1"] * 8
        assert house.asked == ["food"]
        assert len(house.counted) == 1


class TestBudgets:
    def test_a_flood_is_told_once_then_nothing(self) -> None:
        house = House(make_settings(sender_budget_per_5_min=3))
        replies = [house.text("food") for _ in range(6)]
        assert replies == ["reply 1", "reply 2", "reply 3", "slow down 911 988", "", ""]

    def test_five_minutes_later_there_is_room_again(self) -> None:
        house = House(make_settings(sender_budget_per_5_min=1))
        house.text("food")
        house.text("more")
        house.clock.tick(301)
        # The text that was refused moved nothing.
        assert house.text("more") == "reply 2"

    @pytest.mark.parametrize("free", ["danger", "stop", "pls stop texting me", "quiet"])
    def test_what_spends_nothing(self, free: str) -> None:
        house = House(make_settings(sender_budget_per_5_min=1, line_budget_per_hour=1))
        for _ in range(3):
            house.text(free)
        assert house.text("food") == "reply 1"

    def test_a_crisis_is_answered_in_every_flood(self) -> None:
        house = House(make_settings(sender_budget_per_5_min=1, line_budget_per_hour=1))
        flood = [house.text("food") for _ in range(4)]
        assert flood == ["reply 1", "slow down 911 988", "", ""]
        assert [house.text("danger") for _ in range(3)] == ["call 911"] * 3

    def test_one_texter_does_not_spend_anothers(self) -> None:
        house = House(make_settings(sender_budget_per_5_min=1))
        house.text("food")
        assert house.text("food", From="+16305550177") == "reply 1"

    def test_no_limit_at_nought(self) -> None:
        house = House(make_settings(sender_budget_per_5_min=0, line_budget_per_hour=0))
        assert all(house.text("food") for _ in range(50))

    def test_a_busy_line_tells_each_texter_once(self) -> None:
        house = House(make_settings(line_budget_per_hour=2))
        house.text("food")
        house.text("food", From="+16305550177")
        new = [house.text("food", From="+16305550188") for _ in range(3)]
        assert new == ["busy 911 988 211", "", ""]
        assert house.text("more") == "busy 911 988 211"
        assert house.text("danger", From="+16305550199") == "call 911"

    def test_an_hour_later_it_is_not(self) -> None:
        house = House(make_settings(line_budget_per_hour=1))
        house.text("food")
        house.text("food")
        house.clock.tick(3601)
        assert house.text("food") == "reply 1"

    def test_the_slow_down_text_is_in_the_texters_language(self) -> None:
        house = House(make_settings(sender_budget_per_5_min=1))
        house.text("hola")
        assert house.text("hola") == "es slow down 911 988"

    def test_a_refused_text_delivered_twice_is_refused_the_same_way(self) -> None:
        house = House(make_settings(sender_budget_per_5_min=1))
        house.text("food")
        assert [house.text("food", sid="SM9") for _ in range(2)] == ["slow down 911 988"] * 2


class TestPictures:
    @pytest.mark.parametrize("number", ["1", "3", "a lot"])
    def test_a_picture_alone_gets_its_own_words(self, house: House, number: str) -> None:
        house.text("food")
        assert house.text(" ", NumMedia=number) == "no pictures here"
        assert house.asked == ["food"]

    def test_in_both_languages_for_who_has_written_nothing_yet(self, house: House) -> None:
        assert house.text("", NumMedia="1") == "no pictures here es no pictures here"

    def test_in_the_texters_language(self, house: House) -> None:
        house.text("hola")
        assert house.text("", NumMedia="1") == "es no pictures here"

    def test_a_picture_with_words_is_its_words(self, house: House) -> None:
        assert house.text("food", NumMedia="1") == "reply 1"

    @pytest.mark.parametrize("number", ["0", ""])
    def test_nothing_at_all_is_asked_of_the_core(self, house: House, number: str) -> None:
        assert house.text("", NumMedia=number) == "reply 1"

    def test_after_an_opt_out_a_picture_stays_unanswered(self, house: House) -> None:
        house.text("stop")
        assert house.text("", NumMedia="1") == ""

    def test_pictures_spend_the_budget(self) -> None:
        house = House(make_settings(sender_budget_per_5_min=1))
        house.text("quiet")
        assert [house.text("", NumMedia="1") for _ in range(3)] == ["no pictures here", "slow down 911 988", ""]


class TestWhenItBreaks:
    @pytest.mark.parametrize(
        ("before", "reply"),
        [
            pytest.param([], last_resort.sms(""), id="language not known: both"),
            pytest.param(["food"], last_resort.SMS["en"], id="English"),
            pytest.param(["hola"], last_resort.SMS["es"], id="Spanish"),
        ],
    )
    def test_the_safe_reply_goes_out(self, house: House, before: Sequence[str], reply: str) -> None:
        for text in before:
            house.text(text)
        assert [house.text("boom", sid="SM9"), house.text("boom", sid="SM9")] == [reply, reply]
        assert house.asked == [*before, "boom"]

    def test_nothing_of_the_text_is_logged(self, house: House, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level(logging.DEBUG):
            house.text("boom")
        assert [record.exc_info for record in caplog.records] == [None]
        assert "RuntimeError at standins.py:" in caplog.text
        assert "must never be logged" not in caplog.text
        assert TEXTER not in caplog.text

    def test_the_texter_can_go_on(self, house: House) -> None:
        house.text("food")
        house.text("boom")
        assert house.text("more") == "reply 2"

    def test_a_broken_memory_still_answers(self, caplog: pytest.LogCaptureFixture) -> None:
        class Broken:
            def __getattr__(self, name: str) -> object:
                raise OSError("no memory today")

        house = House(make_settings(), memory=Broken())  # type: ignore[arg-type]
        assert house.text("food") == last_resort.sms("")
        assert "no memory today" not in caplog.text

    def test_content_without_the_words_still_answers(self) -> None:
        house = House(make_settings(sender_budget_per_5_min=1))
        house.source.content = make_content(wording={"en": {}, "es": {}})
        house.text("food")
        assert house.text("food") == last_resort.SMS["en"]

    def test_a_broken_counter_loses_no_reply(self) -> None:
        class Broken(FakeTally):
            def note(self, before: Record, what: Seen, now: datetime) -> Record:
                raise OSError("full")

        assert House(make_settings(), tally=Broken()).text("food") == "reply 1"


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_safe_reply_is_one_plain_segment(language: str) -> None:
    told = count(last_resort.sms(language))
    assert (told.parts, told.offending) == (1, ())
    assert all(number in last_resort.sms(language) for number in ("911", "988", "800-799-7233", "211"))


def test_the_safe_reply_in_both_languages_is_two() -> None:
    assert count(last_resort.sms("")).parts == 2
    assert last_resort.sms("tlh") == last_resort.sms("")


def test_a_text_longer_than_any_carrier_passes_on_is_read_in_part(house: House) -> None:
    assert house.text("x" * 60_000) == "reply 1"
    assert house.asked == ["x" * sms.MOST_READ]


def test_what_is_kept_of_a_form_is_never_printed() -> None:
    kept = sms.incoming_of(CAPTURED, {})
    assert TEXTER not in repr(kept)
    assert "help" not in repr(kept)


def core_of(house: House) -> FakeCore:
    assert isinstance(house.core, FakeCore)
    return house.core
