import subprocess
import sys

import pytest

#: 60 ms and 20 MB that no running line needs.
HEAVY = ("twilio.rest", "twilio.http.http_client", "requests")


@pytest.mark.parametrize("loaded", ["bot.app, bot.commands.serve", "bot.cli"])
def test_a_line_never_loads_the_providers_client(loaded: str) -> None:
    program = f"import sys, {loaded}; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "\n"
