"""A made-up HSDS API: asked directly, or as a real server on a port of this machine."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from bot.directory.reading.wire import Answer

BASE = "https://api.example.org"


def service(number: int, **more: Any) -> dict[str, Any]:
    """Return a service with a phone."""
    phones = [{"id": f"p{number}", "number": "211"}]
    return {"id": str(number), "name": f"Service {number}", "status": "active", "phones": phones} | more


def listed(doc: dict[str, Any]) -> dict[str, Any]:
    """Return a service as a brief list shows it."""
    return {key: value for key, value in doc.items() if not isinstance(value, list)}


class Api:
    """Lists services page by page. A meddler sees each request first and may answer in its place."""

    def __init__(self, services: list[dict[str, Any]], *, page: int = 2, brief: bool = False) -> None:
        self.services, self.page, self.brief = services, page, brief
        self.claims: dict[str, Any] = {}
        self.asked: list[str] = []
        self.meddlers: list[Callable[[str], Answer | None]] = []

    def __call__(self, url: str) -> Answer:
        """Answer a request."""
        parts = urlsplit(url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        self.asked.append(path)
        for meddle in self.meddlers:
            if answer := meddle(path):
                return answer
        query = parse_qs(parts.query)
        if parts.path == "/services":
            return as_json(self._page(int(query["page"][0])))
        found = [doc for doc in self.services if parts.path == f"/services/{doc['id']}"]
        if parts.path == "/":
            return as_json({"version": "3.1", "profile": "x", "openapi_url": "y"})
        return as_json(found[0]) if found else Answer(404)

    def pages_asked(self) -> list[int]:
        """Return the numbers of the pages that were asked for, in order."""
        return [int(parse_qs(urlsplit(path).query)["page"][0]) for path in self.asked if "page=" in path]

    def _page(self, number: int) -> dict[str, Any]:
        start = (number - 1) * self.page
        rows = self.services[start : start + self.page]
        return {
            "total_items": len(self.services),
            "total_pages": -(-len(self.services) // self.page),
            "page_number": number,
            "size": len(rows),
            "first_page": number == 1,
            "last_page": start + self.page >= len(self.services),
            "empty": not rows,
            "contents": [listed(doc) for doc in rows] if self.brief else rows,
            **self.claims,
        }


def as_json(value: Any, status: int = 200, **headers: str) -> Answer:
    """Answer with JSON."""
    return Answer(status, json.dumps(value).encode(), headers)


def failing(part: str, answer: Answer | BaseException, *, times: int = 10**9) -> Callable[[str], Answer | None]:
    """Answer so, or raise that, whenever a path with this part is asked for, so many times."""
    left = [times]

    def meddle(path: str) -> Answer | None:
        if part not in path or left[0] == 0:
            return None
        left[0] -= 1
        if isinstance(answer, BaseException):
            raise answer
        return answer

    return meddle


@contextmanager
def server(api: Callable[[str], Answer]) -> Iterator[str]:
    """Serve an API on a port of this machine; an answer of status 0 breaks the connection off in the middle."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer = api(unquote(self.path))
            if not answer.status:
                self.send_response(200)
                self.send_header("Content-Length", "1000")
                self.end_headers()
                self.wfile.write(b'{"contents": [')
                self.close_connection = True
                return
            self.send_response(answer.status)
            for name, value in (answer.headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        httpd.daemon_threads = True
        thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{httpd.server_port}"
        finally:
            httpd.shutdown()
            thread.join()
