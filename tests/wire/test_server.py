"""The server as a process: many clients, few descriptors, signals, TLS."""

import concurrent.futures
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import time
import urllib.request

import pytest

from keyfob_server import BINARY, PATIENCE
from wire import IDENTITY, Wire, health, identity, is_identity, request


def test_two_hundred_clients_at_once(server):
    everybody_is_here = threading.Barrier(200, timeout=PATIENCE)

    def client(_):
        connection = server.connect()
        everybody_is_here.wait()
        for _ in range(5):
            connection.send(identity())
            assert is_identity(connection.answer())
        connection.close()
        return True

    with concurrent.futures.ThreadPoolExecutor(200) as pool:
        assert all(pool.map(client, range(200)))


def test_quiet_connections_do_not_keep_others_out(server):
    quiet = [server.connect() for _ in range(400)]
    for connection in quiet[:: len(quiet) // 10]:
        connection.send(identity())
        assert is_identity(connection.answer())
    for connection in quiet:
        connection.close()


@pytest.mark.skipif(not shutil.which("prlimit"), reason="needs prlimit")
def test_a_server_without_free_descriptors_waits_for_some(start):
    server = start(wrapper=("prlimit", "--nofile=40"))
    waiting = [server.connect() for _ in range(100)]
    answered = 0
    for connection in waiting:
        connection.send(identity())
        assert is_identity(connection.answer())
        connection.close()
        answered += 1
    assert answered == 100


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_status_0(start, number):
    server = start()
    connections = [server.connect() for _ in range(10)]
    for connection in connections:
        connection.send(identity())
        assert is_identity(connection.answer())
    server.signal(number)
    assert server.wait() == 0
    assert all(connection.closed() for connection in connections)
    with pytest.raises(OSError):
        server.connect()


def send_half(connection):
    """The beginning of a request, of which the server has said that it is reading it; gives the rest."""
    whole = identity(Expect="100-continue")
    connection.send(whole[: -len(IDENTITY)])
    assert connection.answer().status == 100
    connection.send(whole[-len(IDENTITY) : -1])
    return whole[-1:]


def is_ending(server):
    """Whether the server has stopped listening."""
    try:
        server.connect().close()
    except OSError:
        return True
    return False


def test_a_request_under_way_is_finished_before_the_end(start):
    server = start()
    connection = server.connect()
    rest = send_half(connection)
    server.signal()
    while not is_ending(server):
        time.sleep(0.01)
    connection.send(rest + identity())
    answer = connection.answer()
    assert is_identity(answer)
    assert answer.headers["connection"] == "close"
    assert connection.closed()
    assert server.wait() == 0


def test_half_a_request_does_not_hold_up_the_end(start):
    server = start()
    connection = server.connect()
    send_half(connection)
    server.stop()


def test_a_busy_port_is_one_clear_line_and_status_1(server):
    second = subprocess.run([BINARY, "--port", str(server.port)], capture_output=True, text=True, timeout=PATIENCE)
    assert second.returncode == 1
    assert second.stdout == ""
    assert str(server.port) in second.stderr
    assert "in use" in second.stderr
    assert second.stderr.count("\n") == 1


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    if not shutil.which("openssl"):
        pytest.skip("needs openssl")
    folder = tmp_path_factory.mktemp("tls")
    cert, key = str(folder / "cert.pem"), str(folder / "key.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        + ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
        + ["-days", "1", "-keyout", key, "-out", cert],
        check=True,
        capture_output=True,
    )
    return cert, key


@pytest.fixture
def tls(start, certificate):
    """Starts a server with TLS; gives it and a function that connects to it."""
    cert, key = certificate
    server = start("--tls-cert", cert, "--tls-key", key)
    context = ssl.create_default_context(cafile=cert)

    def connect():
        connection = Wire(server.port)
        connection.socket = context.wrap_socket(connection.socket, server_hostname="127.0.0.1")
        return connection

    return server, connect


def test_tls_serves_as_tcp_does(tls):
    _, connect = tls
    connection = connect()
    connection.send(identity() * 20)
    assert all(is_identity(connection.answer()) for _ in range(20))
    connection.send_in_pieces(identity(), 50)
    assert is_identity(connection.answer())
    connection.send(request(body=IDENTITY + b"&Padding=" + b"x" * 3_000_000))
    assert is_identity(connection.answer())
    connection.send(identity(Connection="close"))
    assert is_identity(connection.answer())
    assert connection.closed()


def test_tls_refuses_as_tcp_does(tls):
    _, connect = tls
    connection = connect()
    connection.send(b"garbage\r\n\r\n")
    assert connection.answer().status == 400
    assert connection.closed()


def test_plain_http_on_the_tls_port_is_not_answered_and_harms_nobody(tls):
    server, connect = tls
    plain = server.connect()
    plain.send(health())
    plain.socket.recv(1000)
    plain.close()
    silent = server.connect()
    connection = connect()
    connection.send(health())
    assert connection.answer().status == 200
    silent.close()


def test_tls_works_with_an_ordinary_client(tls, certificate):
    server, _ = tls
    context = ssl.create_default_context(cafile=certificate[0])
    with urllib.request.urlopen(f"https://localhost:{server.port}/_keyfob/health", context=context) as answer:
        assert answer.status == 200


@pytest.mark.parametrize("missing", ["cert", "key"])
def test_a_certificate_that_cannot_be_read_is_one_clear_line(certificate, missing):
    cert, key = certificate
    files = {"cert": cert, "key": key, missing: "/nowhere/at-all.pem"}
    failed = subprocess.run(
        [BINARY, "--port", "0", "--tls-cert", files["cert"], "--tls-key", files["key"]],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert failed.returncode == 1
    assert failed.stdout == ""
    assert "/nowhere/at-all.pem" in failed.stderr
    assert failed.stderr.count("\n") == 1


def test_it_listens_on_an_ipv6_address(start):
    if not socket.has_ipv6:
        pytest.skip("no IPv6")
    try:
        socket.socket(socket.AF_INET6).bind(("::1", 0))
    except OSError:
        pytest.skip("no IPv6")
    server = start("--host", "::1")
    connection = Wire.__new__(Wire)
    connection.socket = socket.create_connection(("::1", server.port), timeout=PATIENCE)
    connection.unread = b""
    connection.send(identity())
    assert is_identity(connection.answer())
