"""A keyfob of its own for the whole run, spoken to over bare sockets.

KEYFOB_BINARY names the binary; without it, build/release/keyfob.
"""

import os
import pathlib
import select
import signal
import subprocess

import pytest

from wire import Wire

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("KEYFOB_BINARY", str(ROOT / "build/release/keyfob"))


class Keyfob:
    """A running server. `options` are those of `keyfob serve`; `wrapper` is a command to start it under."""

    def __init__(self, *options, wrapper=()):
        self.process = subprocess.Popen(
            [*wrapper, BINARY, "--port", "0", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        ready, _, _ = select.select([self.process.stdout], [], [], 20)
        line = self.process.stdout.readline() if ready else ""
        if not line.startswith("keyfob listening on http"):
            self.process.kill()
            raise RuntimeError(f"not ready: {line!r}")
        self.port = int(line.rsplit(":", 1)[1])

    def connect(self):
        return Wire(self.port)

    def signal(self, number=signal.SIGTERM):
        self.process.send_signal(number)

    def wait(self):
        """The exit status."""
        try:
            return self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    def stop(self):
        self.signal()
        return self.wait()


@pytest.fixture(scope="session")
def server():
    keyfob = Keyfob()
    yield keyfob
    assert keyfob.stop() == 0


@pytest.fixture
def wire(server):
    connection = server.connect()
    yield connection
    connection.close()


@pytest.fixture
def start():
    """Starts servers with options of their own."""
    started = []

    def starter(*options, **others):
        started.append(Keyfob(*options, **others))
        return started[-1]

    yield starter
    for keyfob in started:
        if keyfob.process.poll() is None:
            assert keyfob.stop() == 0
