"""Start the line and stop it as soon as it answers, so that a profiler that started this sees a whole start.

python -m tests.benchmarks.started PORT
"""

import os
import signal
import sys
import threading
import time
import urllib.request

from bot.cli import main


def stop_when_ready(port: int) -> None:
    """Send this process SIGTERM when its line answers."""
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                break
        except OSError:
            time.sleep(0.02)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    threading.Thread(target=stop_when_ready, args=(int(sys.argv[1]),), daemon=True).start()
    sys.argv[1:] = ["serve", "--port", sys.argv[1]]
    main()
