"""A connection that sends exactly the bytes it is given, and reads answers one by one."""

import socket
import time

from keyfob_server import PATIENCE


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers  # names in lower case
        self.body = body


class Wire:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.unread = b""

    def send(self, data):
        self.socket.sendall(data)

    def send_in_pieces(self, data, size, pause=0.0):
        for at in range(0, len(data), size):
            self.send(data[at : at + size])
            time.sleep(pause)

    def end(self):
        """No more will be sent; answers are still read."""
        self.socket.shutdown(socket.SHUT_WR)

    def close(self):
        self.socket.close()

    def _receive(self):
        data = self.socket.recv(65536)
        self.unread += data
        return bool(data)

    def head(self):
        """Reads up to the empty line: the status and the headers."""
        while b"\r\n\r\n" not in self.unread:
            assert self._receive(), f"closed within a head: {self.unread!r}"
        head, self.unread = self.unread.split(b"\r\n\r\n", 1)
        first, *rest = head.decode("ascii").split("\r\n")
        version, status, _ = first.split(" ", 2)
        assert version == "HTTP/1.1"
        pairs = (line.split(": ", 1) for line in rest)
        return int(status), {name.lower(): value for name, value in pairs}

    def answer(self, bodiless=False):
        status, headers = self.head()
        length = 0 if bodiless or status in (100, 204) else int(headers["content-length"])
        while len(self.unread) < length:
            assert self._receive(), "closed within a body"
        body, self.unread = self.unread[:length], self.unread[length:]
        return Answer(status, headers, body)

    def closed(self):
        """Waits for the server to end the connection in good order; whatever it still says is an error."""
        while self._receive():
            pass
        return self.unread == b""

    def silent(self, seconds=0.2):
        """True when the connection stays open and nothing comes for a while."""
        self.socket.settimeout(seconds)
        try:
            self._receive()
            return False
        except TimeoutError:
            return self.unread == b""
        finally:
            self.socket.settimeout(PATIENCE)


FORM = "application/x-www-form-urlencoded; charset=utf-8"
IDENTITY = b"Action=GetCallerIdentity&Version=2011-06-15"


def request(method="POST", target="/", body=b"", version="HTTP/1.1", **headers):
    """A request's bytes. Headers by keyword, `_` for `-`; None leaves a usual one out."""
    fields = {"Host": "127.0.0.1", "Content-Type": FORM if body else None}
    fields["Content-Length"] = str(len(body)) if body or method == "POST" else None
    fields.update({name.replace("_", "-"): value for name, value in headers.items()})
    lines = [f"{method} {target} {version}"]
    lines += [f"{name}: {value}" for name, value in fields.items() if value is not None]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def identity(**headers):
    """A call that every account answers."""
    return request(body=IDENTITY, **headers)


def is_identity(answer):
    return answer.status == 200 and b"<GetCallerIdentityResult>" in answer.body


def health(**headers):
    return request("GET", "/_keyfob/health", **headers)
