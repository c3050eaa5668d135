"""A keyfob of its own for the whole run, spoken to over bare sockets."""

import pytest

import keyfob_server
from wire import Wire


class Keyfob(keyfob_server.Server):
    def connect(self):
        return Wire(self.port)


@pytest.fixture(scope="session")
def server():
    with Keyfob() as keyfob:
        yield keyfob


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
            keyfob.stop()
