"""One connection, many requests: how they may be cut, joined and ended."""

import email.utils
import time

import pytest

from wire import IDENTITY, health, identity, is_identity, request


def test_a_connection_serves_request_after_request(wire):
    for _ in range(50):
        wire.send(identity())
        assert is_identity(wire.answer())
    wire.send(health())
    assert wire.answer().status == 200


def test_requests_sent_in_one_write_are_answered_in_order(wire):
    wire.send((identity() + health()) * 100)
    for _ in range(100):
        assert is_identity(wire.answer())
        assert b'"status"' in wire.answer().body
    assert wire.silent()


def test_pipelined_requests_before_the_end_of_the_stream_are_all_answered(wire):
    wire.send(identity() * 20)
    wire.end()
    for _ in range(20):
        assert is_identity(wire.answer())
    assert wire.closed()


@pytest.mark.parametrize("size", [1, 2, 7, 100])
def test_a_request_may_come_in_pieces(wire, size):
    wire.send_in_pieces(identity() * 2, size)
    assert is_identity(wire.answer())
    assert is_identity(wire.answer())


def test_a_slow_request_is_waited_for(wire):
    wire.send_in_pieces(identity(), 40, pause=0.1)
    assert is_identity(wire.answer())


def test_a_slow_client_does_not_hold_up_another(server, wire):
    slow = [server.connect() for _ in range(8)]
    for connection in slow:
        connection.send(identity()[:60])
    for _ in range(20):
        wire.send(identity())
        assert is_identity(wire.answer())
    for connection in slow:
        connection.send(identity()[60:])
        assert is_identity(connection.answer())
        connection.close()


def test_a_client_that_leaves_in_the_middle_of_a_request_harms_nobody(server, wire):
    whole = identity()
    for length in (1, 10, len(whole) - len(IDENTITY), len(whole) - 1):
        leaver = server.connect()
        leaver.send(whole[:length])
        leaver.close()
    ender = server.connect()
    ender.send(whole[:-1])
    ender.end()
    assert ender.closed()
    wire.send(identity())
    assert is_identity(wire.answer())


def test_a_client_that_does_not_read_its_answers_harms_nobody(server, wire):
    leavers = [server.connect() for _ in range(20)]
    for leaver in leavers:
        leaver.send(identity() * 100)
        leaver.close()
    wire.send(identity())
    assert is_identity(wire.answer())


def test_connection_close_is_obeyed_and_announced(wire):
    wire.send(identity(Connection="close"))
    answer = wire.answer()
    assert is_identity(answer)
    assert answer.headers["connection"] == "close"
    assert wire.closed()


def test_http_1_0_closes_by_default(wire):
    wire.send(identity(version="HTTP/1.0"))
    answer = wire.answer()
    assert is_identity(answer)
    assert answer.headers["connection"] == "close"
    assert wire.closed()


def test_http_1_0_may_ask_to_be_kept(wire):
    for _ in range(2):
        wire.send(identity(version="HTTP/1.0", Connection="keep-alive"))
        answer = wire.answer()
        assert is_identity(answer)
        assert answer.headers["connection"].lower() == "keep-alive"


def test_expect_continue_is_answered_before_the_body(wire):
    head = identity(Expect="100-continue")[: -len(IDENTITY)]
    wire.send(head)
    assert wire.answer().status == 100
    wire.send(IDENTITY)
    assert is_identity(wire.answer())
    wire.send(identity())
    assert is_identity(wire.answer())


def test_expect_continue_with_the_body_at_hand_needs_no_invitation(wire):
    wire.send(identity(Expect="100-continue"))
    assert is_identity(wire.answer())


def chunked(body, size, trailer=b""):
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n" + trailer + b"\r\n"


@pytest.mark.parametrize("size", [1, 10, 1000])
def test_a_body_may_come_in_chunks(wire, size):
    head = identity(Content_Length=None, Transfer_Encoding="chunked")[: -len(IDENTITY)]
    wire.send(head + chunked(IDENTITY, size) + identity())
    assert is_identity(wire.answer())
    assert is_identity(wire.answer())


def test_chunks_and_their_trailer_may_come_byte_by_byte(wire):
    head = identity(Content_Length=None, Transfer_Encoding="chunked")[: -len(IDENTITY)]
    wire.send_in_pieces(head + chunked(IDENTITY, 7, trailer=b"X-Sum: 1\r\n"), 1)
    assert is_identity(wire.answer())


def test_head_gets_the_headers_alone(wire):
    wire.send(request("HEAD", "/_keyfob/health") + health())
    head = wire.answer(bodiless=True)
    get = wire.answer()
    assert get.status == 200 and b'"status"' in get.body
    if head.status == 200:
        assert head.headers["content-length"] == get.headers["content-length"]


def test_every_answer_is_dated(wire):
    for sent in (identity(), health()):
        wire.send(sent)
        dated = email.utils.parsedate_to_datetime(wire.answer().headers["date"])
        assert abs(dated.timestamp() - time.time()) < 60
