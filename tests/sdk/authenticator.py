"""What the owner of a phone has: a camera that reads QR codes, and an app that makes codes. Neither is ours."""

import datetime
import subprocess
import urllib.parse

from keyfob_server import PATIENCE

STEP = 30


def read_qr(png):
    """The text of the QR code in a PNG, as zbar sees it."""
    done = subprocess.run(
        ["zbarimg", "--nodbus", "--raw", "-q", "png:-"], input=png, capture_output=True, check=True,
        timeout=PATIENCE,
    )
    return done.stdout.decode().rstrip("\n")


class Authenticator:
    """Made from a base32 seed; its codes are those of oathtool at the account's time."""

    def __init__(self, control, seed):
        self._control = control
        self._seed = seed

    @classmethod
    def scan(cls, control, png):
        uri = urllib.parse.urlsplit(read_qr(png))
        assert (uri.scheme, uri.netloc) == ("otpauth", "totp")
        query = urllib.parse.parse_qs(uri.query)
        return cls(control, query["secret"][0])

    @property
    def seed(self):
        return self._seed

    def codes(self, *steps):
        """The codes of these steps, counted from the present one: codes(-1, 0) are the previous and the current."""
        now = datetime.datetime.fromisoformat(self._control.now().replace("Z", "+00:00")).timestamp()
        return [self._code(int(now) + step * STEP) for step in steps]

    def _code(self, unix_time):
        done = subprocess.run(
            ["oathtool", "-b", "--totp", f"--now=@{unix_time}", self._seed],
            capture_output=True, check=True, text=True, timeout=PATIENCE,
        )
        return done.stdout.strip()
