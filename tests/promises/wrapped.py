"""Run `quietline` with something put around its doors that sees every form, as a careless change would."""

import io
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from urllib.parse import parse_qsl

from flask import Flask

from bot import cli
from bot.commands import serve

Form = dict[str, str]


def run(seen: Callable[[Form], None], around: Callable[[Flask], None] = lambda app: None) -> None:
    """Run the command of this process' arguments; `seen` is told each form before the line is, and may raise."""
    make: Callable[..., Flask] = vars(serve)["create_line_app"]

    @wraps(make)
    def wrapped(*arguments: Any, **named: Any) -> Flask:
        app = make(*arguments, **named)
        inside: Callable[..., Iterable[bytes]] = app.wsgi_app

        def door(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            body = environ["wsgi.input"].read()
            environ["wsgi.input"] = io.BytesIO(body)
            seen(dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)))
            return inside(environ, start_response)

        app.wsgi_app = door  # type: ignore[method-assign]
        around(app)
        return app

    vars(serve)["create_line_app"] = wrapped
    cli.main()
