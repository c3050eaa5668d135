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

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("KEYFOB_BINARY", ROOT / "build" / "release" / "keyfob"))


def clean_environment():
    """This process's environment without what would lead keyfob or an SDK elsewhere."""
    return {
        name: value
        for name, value in os.environ.items()
        if not re.match(r"(?i)AWS_|BOTO_|KEYFOB_|(https?|all|no)_proxy$", name)
    }


class Server:
    def __init__(self, *options):
        self._process = subprocess.Popen(
            [BINARY, "serve", "--port", "0", *options],
            env=clean_environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        # A server that neither speaks nor ends would hold the test up for ever.
        watchdog = threading.Timer(20, self._process.kill)
        watchdog.start()
        line = self._process.stdout.readline()
        watchdog.cancel()
        if not (ready := re.fullmatch(r"keyfob listening on (http://127\.0\.0\.1:\d+)\n", line)):
            self._process.kill()
            raise RuntimeError(f"keyfob did not start; it said {line!r} and ended with {self._process.wait()}")
        self.url = ready[1]

    def stop(self):
        self._process.send_signal(signal.SIGTERM)
        try:
            status = self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise
        finally:
            self._process.stdout.close()
        assert status == 0, f"keyfob ended with {status}"

    def kill(self):
        """As the machine would: no farewell."""
        self._process.kill()
        self._process.wait(timeout=20)
        self._process.stdout.close()

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
        with urllib.request.urlopen(request, timeout=20) as reply:
            text = reply.read()
        return json.loads(text) if text else None

    def freeze(self):
        """Holds the account's clock, so that no test can straddle the edge of a 30-second step."""
        self.call("POST", "clock/freeze", {})

    def advance(self, seconds):
        self.call("POST", "clock/advance", {"seconds": seconds})

    def now(self):
        return self.call("GET", "clock")["now"]
