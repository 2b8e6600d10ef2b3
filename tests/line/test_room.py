"""Never more connections than there are files for: who opens many shuts out nobody."""

import resource
import subprocess
import sys

import pytest

from bot.line.room import SPARE
from bot.line.serve import CONNECTIONS

LESS = CONNECTIONS + SPARE - 1
#: Lowers its own limits, tells what room there is, and its limit after that.
PROGRAM = """
import resource, sys
from bot.line.room import room_for
resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[1]), int(sys.argv[2])))
print(room_for(int(sys.argv[3])), *resource.getrlimit(resource.RLIMIT_NOFILE))
"""


@pytest.mark.parametrize(
    ("soft", "hard", "room", "after"),
    [
        pytest.param(4096, 4096, CONNECTIONS, 4096, id="enough"),
        pytest.param(256, 4096, CONNECTIONS, CONNECTIONS + SPARE, id="more may be had"),
        pytest.param(1024, 1024, 1024 - SPARE, 1024, id="a little less"),
        pytest.param(256, 1024, 1024 - SPARE, 1024, id="a little more, and less than wanted"),
        pytest.param(256, 256, 64, 256, id="next to nothing"),
        pytest.param(LESS, LESS, CONNECTIONS - 1, LESS, id="one less"),
    ],
)
def test_what_there_is_room_for(soft: int, hard: int, room: int, after: int) -> None:
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if most != resource.RLIM_INFINITY and most < 4096:
        pytest.skip("this machine allows fewer than 4,096 open files")
    arguments = [sys.executable, "-c", PROGRAM, str(soft), str(hard), str(CONNECTIONS)]
    told = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert told.stdout.split() == [str(room), str(after), str(hard)]
