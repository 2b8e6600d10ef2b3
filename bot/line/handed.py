"""A socket that a supervisor listens on for the line, and keeps open while the line is started anew.

Whoever connects in between waits in its queue instead of being refused: no proxy needs to try again. The protocol is
systemd's (man 3 sd_listen_fds): LISTEN_FDS says how many sockets there are from file 3 on, LISTEN_PID for whom.
"""

import os
import socket
from collections.abc import Mapping

#: The first file that is handed over.
FIRST = 3


def handed(environ: Mapping[str, str], pid: int, *, first: int = FIRST) -> socket.socket | None:
    """Return the socket that was handed to this process, None where none was.

    Raises OSError when it is anything but one that listens for TCP connections.
    """
    if environ.get("LISTEN_PID") != str(pid) or environ.get("LISTEN_FDS", "0") == "0":
        return None
    if environ["LISTEN_FDS"] != "1":
        raise OSError(f"{environ['LISTEN_FDS']} sockets were handed over (LISTEN_FDS), one is wanted")
    try:
        found = socket.socket(fileno=first)
    except OSError as error:
        raise OSError(f"what was handed over as file {first} is no socket: {error.strerror}") from None
    listens = found.type == socket.SOCK_STREAM and found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
    if found.family not in (socket.AF_INET, socket.AF_INET6) or not listens:
        found.detach()
        raise OSError(f"the socket handed over as file {first} does not listen for TCP connections")
    # What this process starts, if anything, has no business with it.
    os.set_inheritable(first, False)
    return found
