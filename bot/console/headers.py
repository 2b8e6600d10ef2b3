"""What every answer of the staff door carries, and which requests are not even looked at."""

from urllib.parse import urlsplit

from flask import Flask, Request, Response

#: Only what the door brings along, no inline and nothing from anywhere else. Pictures may stand in the page
#: itself: the QR code of an authenticator app.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " object-src 'none'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), publickey-credentials-get=(self)",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_HSTS = "max-age=63072000; includeSubDomains"


class Scheme:
    """Tell the app by which scheme staff reach it: TLS ends before us, and the address in the settings is true."""

    def __init__(self, app: object, base_url: str) -> None:
        self._app = app
        self._scheme = urlsplit(base_url).scheme

    def __call__(self, environ: dict[str, object], start: object) -> object:
        """Answer a request."""
        environ["wsgi.url_scheme"] = self._scheme
        return self._app(environ, start)  # type: ignore[operator]


def add_headers(app: Flask, *, secure: bool) -> None:
    """Put the headers on every answer, errors too."""

    def with_headers(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers[name] = value
        if secure:
            response.headers["Strict-Transport-Security"] = _HSTS
        return response

    app.after_request(with_headers)


def is_forged(request: Request, base_url: str) -> bool:
    """Say whether a request names another host than ours, or a page of somebody else sent it."""
    if request.host != urlsplit(base_url).netloc or _is_taken_in(request):
        return True
    return request.method not in ("GET", "HEAD") and not _of_our_page(request, missing=True)


def _is_taken_in(request: Request) -> bool:
    """Say whether a page of somebody else asks for a page of ours as its picture, script or frame, not by a link."""
    how = request.headers.get("Sec-Fetch-Mode", "navigate"), request.headers.get("Sec-Fetch-Dest", "document")
    return request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site") and how != ("navigate", "document")


def is_from_our_page(request: Request) -> bool:
    """Say whether the browser vouches that a page of ours sent it. Old browsers do not."""
    return _of_our_page(request, missing=False)


def _of_our_page(request: Request, *, missing: bool) -> bool:
    # Not Origin: with our policy on referrers browsers send "null" there, as an attacker's page may.
    site = request.headers.get("Sec-Fetch-Site", "")
    return site in ("same-origin", "none") if site else missing
