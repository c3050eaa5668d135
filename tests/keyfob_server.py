"""A keyfob server of one's own on a free port, and its control API. The binary is KEYFOB_BINARY, or the release build."""

import json
import os
import pathlib
import re
import signal
import subprocess
import threading
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[1]
BINARY = pathlib.Path(os.environ.get("KEYFOB_BINARY", ROOT / "build" / "release" / "keyfob"))

# Seconds for what takes a moment, on the busiest machine too: only what hangs takes longer.
PATIENCE = 300


def clean_environment():
    """This process's environment without what would lead keyfob or an SDK elsewhere."""
    return {
        name: value
        for name, value in os.environ.items()
        if not re.match(r"(?i)AWS_|BOTO_|KEYFOB_|(https?|all|no)_proxy$", name)
    }


class Server:
    """A process that says on its first line where it listens: keyfob, with these options of `keyfob serve`.

    `wrapper` is a command to start it under, `environment` what it finds beside a clean one; `command` is another program
    of that kind.
    """

    def __init__(self, *options, wrapper=(), environment=None, command=(BINARY, "serve", "--port", "0")):
        self.process = subprocess.Popen(
            [*wrapper, *command, *options],
            env={**clean_environment(), **(environment or {})},
            stdout=subprocess.PIPE,
            text=True,
        )
        # A server that neither speaks nor ends would hold the test up for ever.
        watchdog = threading.Timer(PATIENCE, self.process.kill)
        watchdog.start()
        line = self.process.stdout.readline()
        watchdog.cancel()
        if not (ready := re.fullmatch(r".*listening on (\w+://\S+:(\d+))\n", line)):
            self.process.kill()
            raise RuntimeError(f"{command[0]} did not start; it said {line!r} and ended with {self.process.wait()}")
        self.url = ready[1]
        self.port = int(ready[2])

    def signal(self, number=signal.SIGTERM):
        self.process.send_signal(number)

    def wait(self):
        """The exit status, when it ends by itself or was told to."""
        try:
            return self.process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        finally:
            self.process.stdout.close()

    def stop(self):
        self.signal()
        status = self.wait()
        assert status == 0, f"{self.process.args[0]} ended with {status}"

    def kill(self):
        """As the machine would: no farewell."""
        self.process.kill()
        self.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class Control:
    """The control API of one account."""

    def __init__(self, url, account):
        self.url = url
        self._account = account

    def call(self, method, path, body=None, **query):
        query = urllib.parse.urlencode({**query, "account": self._account})
        request = urllib.request.Request(
            f"{self.url}/_keyfob/{path}?{query}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as reply:
            text = reply.read()
        return json.loads(text) if text else None

    def freeze(self):
        """Holds the account's clock, so that no test can straddle the edge of a 30-second step."""
        self.call("POST", "clock/freeze", {})

    def advance(self, seconds):
        self.call("POST", "clock/advance", {"seconds": seconds})

    def now(self):
        return self.call("GET", "clock")["now"]
