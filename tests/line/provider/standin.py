"""The provider's REST interface, as far as it is documented and used here, on a port of this machine."""

import base64
import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from twilio.http.http_client import TwilioHttpClient
from twilio.request_validator import RequestValidator

from bot.line.provider.transport import Send
from tests.line.provider.holdings import ACCOUNT, KEY, SECRET, SERVICE, TOKEN, Holdings

ROOT = f"/2010-04-01/Accounts/{ACCOUNT}"
SERVICES = f"/v1/Services/{SERVICE}"


@dataclass(frozen=True)
class Asked:
    """A request as it arrived: the host it was meant for, its path and its query."""

    method: str
    host: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What goes back. `hang` says nothing at all until the server is closed."""

    status: int = 200
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    hang: bool = False


#: Sees each request first, may change what is kept, and may answer in the provider's place.
Meddler = Callable[[Asked], Answer | None]


def as_json(found: object, status: int = 200) -> Answer:
    """Answer with JSON."""
    return Answer(status, json.dumps(found), {"Content-Type": "application/json"})


def refusal(status: int, code: int = 0, headers: Mapping[str, str] = MappingProxyType({})) -> Answer:
    """Answer as the provider refuses; its message names what was asked for, as theirs do."""
    body = {"code": code or 20000 + status, "message": f"The resource {ROOT} was not found", "status": status}
    return Answer(status, json.dumps(body), headers)


def failing(method: str, part: str, answer: Answer, *, times: int | None = None) -> Meddler:
    """Answer so, some or all times, whenever a path with this part is asked for."""
    left = [times]

    def meddle(asked: Asked) -> Answer | None:
        if asked.method != method or part not in asked.path or left[0] == 0:
            return None
        left[0] = None if left[0] is None else left[0] - 1
        return answer

    return meddle


class Twilio:
    """The server. It looks at a password like the real one, and lists page by page, by place: deleting moves pages."""

    def __init__(self, holdings: Holdings, *, page: int = 2) -> None:
        self.holdings = holdings
        self.page = page
        self.asked: list[Asked] = []
        self.meddlers: list[Meddler] = []
        self.closing = threading.Event()
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def close(self) -> None:
        """Let go of who hangs, and stop."""
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def deleted(self) -> list[str]:
        """Return the paths that were asked to be deleted."""
        return [asked.path for asked in self.asked if asked.method == "DELETE"]

    def answer(self, asked: Asked) -> Answer:
        """Answer a request, a meddler first."""
        with self._lock:
            self.asked.append(asked)
            for meddle in self.meddlers:
                if answer := meddle(asked):
                    return answer
            if asked.host == "handler.twilio.com":
                return self._bin(asked)
            if asked.headers.get("Authorization") != _basic(KEY, SECRET):
                return refusal(401, 20003)
            if asked.host == "messaging.twilio.com":
                return self._messaging(asked)
            return self._api(asked) if asked.host == "api.twilio.com" else refusal(404)

    def _bin(self, asked: Asked) -> Answer:
        url = f"https://{asked.host}{asked.path}"
        signature = RequestValidator(TOKEN).compute_signature(f"{url}?{urlencode(asked.query)}", {})
        if asked.headers.get("X-Twilio-Signature") != signature or "Authorization" in asked.headers:
            return Answer(403, "Not Authorized")
        found = self.holdings.bins.get(url)
        return Answer(404) if found is None else Answer(200, found, {"Content-Type": "text/xml"})

    def _messaging(self, asked: Asked) -> Answer:
        if asked.path == SERVICES:
            return as_json(self.holdings.service)
        if asked.path == f"{SERVICES}/PhoneNumbers":
            found = [{"sid": n["sid"], "phone_number": n["phone_number"]} for n in self.holdings.numbers]
            return self._v1_page(asked, "phone_numbers", found)
        if asked.path == f"{SERVICES}/ShortCodes":
            return self._v1_page(asked, "short_codes", [{"short_code": code} for code in self.holdings.short_codes])
        return refusal(404, 20404)

    def _api(self, asked: Asked) -> Answer:
        holdings, path = self.holdings, asked.path.removeprefix(ROOT)
        if asked.method == "GET" and path in ("/Messages.json", "/Calls.json"):
            name = path[1:-5].lower()
            records = holdings.messages if name == "messages" else holdings.calls
            return self._v2010_page(asked, name, [record for record in records if _matches(record, asked.query)])
        if found := re.fullmatch(r"/Messages/(\w+)/Media\.json", path):
            media = holdings.media.get(found[1], [])
            return self._v2010_page(asked, "media_list", [{"sid": sid, "parent_sid": found[1]} for sid in media])
        if found := re.fullmatch(r"/IncomingPhoneNumbers/(\w+)\.json", path):
            numbers = [number for number in holdings.numbers if number["sid"] == found[1]]
            return as_json(numbers[0]) if numbers else refusal(404, 20404)
        return self._delete(path) if asked.method == "DELETE" else refusal(404, 20404)

    def _delete(self, path: str) -> Answer:
        if found := re.fullmatch(r"/Messages/(\w+)/Media/(\w+)\.json", path):
            there = found[2] in self.holdings.media.get(found[1], [])
            self.holdings.media[found[1]] = [sid for sid in self.holdings.media.get(found[1], []) if sid != found[2]]
            return Answer(204) if there else refusal(404, 20404)
        found = re.fullmatch(r"/(?:Messages|Calls)/(\w+)\.json", path)
        if found is None or found[1] not in self.holdings.kept:
            return refusal(404, 20404)
        for records in (self.holdings.messages, self.holdings.calls):
            records[:] = [record for record in records if record["sid"] != found[1]]
        return Answer(204)

    def _v2010_page(self, asked: Asked, name: str, found: list[dict[str, Any]]) -> Answer:
        start, size, more = self._slice(asked, len(found))
        more_uri = f"{asked.path}?{urlencode({**asked.query, 'Page': start // size + 1, 'Start': start + size})}"
        return as_json(
            {name: found[start : start + size], "page_size": size, "next_page_uri": more_uri if more else None}
        )

    def _v1_page(self, asked: Asked, name: str, found: list[dict[str, Any]]) -> Answer:
        start, size, more = self._slice(asked, len(found))
        url = f"https://{asked.host}{asked.path}?Start={start + size}"
        return as_json(
            {name: found[start : start + size], "meta": {"key": name, "next_page_url": url if more else None}}
        )

    def _slice(self, asked: Asked, count: int) -> tuple[int, int, bool]:
        start, size = int(asked.query.get("Start", "0")), min(self.page, int(asked.query.get("PageSize", "50")))
        return start, size, start + size < count


@contextmanager
def wire(origin: str, *, timeout: float = 5.0) -> Iterator[Send]:
    """Give the library's way of sending, led to this machine; the host that was meant goes along as a header."""
    http = TwilioHttpClient(timeout=timeout, max_retries=0)
    http.session.trust_env = False

    def send(method: str, url: str, *, headers: Mapping[str, str] | None = None, **rest: Any) -> Any:
        parts = urlsplit(url)
        local = origin + parts._replace(scheme="", netloc="").geturl()
        return http.request(method, local, headers={**(headers or {}), "X-Asked-Host": parts.netloc}, **rest)

    try:
        yield send
    finally:
        http.session.close()


def _matches(record: Mapping[str, Any], query: Mapping[str, str]) -> bool:
    named = {"To": "to", "From": "from", "ParentCallSid": "parent_call_sid"}
    if any(record[key] != query[name] for name, key in named.items() if name in query):
        return False
    until = query.get("DateSent<")
    if until is None:
        return True
    return record["date_sent"] is not None and parsedate_to_datetime(record["date_sent"]) <= _midnight(until)


def _midnight(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T00:00:00+00:00")


def _basic(user: str, secret: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{secret}".encode()).decode()


def _handler(twilio: Twilio) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def _serve(self) -> None:
            parts = urlsplit(self.path)
            query = dict(parse_qsl(parts.query, keep_blank_values=True))
            host = self.headers.get("X-Asked-Host", "")
            answer = twilio.answer(Asked(self.command, host, parts.path, query, dict(self.headers)))
            if answer.hang:
                twilio.closing.wait()
                self.close_connection = True
                return
            body = answer.body.encode()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_DELETE = do_POST = do_PUT = _serve

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler
