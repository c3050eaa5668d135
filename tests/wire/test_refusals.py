"""What never reaches IAM: broken HTTP and broken limits (aws/wire.md#dispatch). Empty bodies, and a clean end."""

import pytest

from wire import FORM, IDENTITY, identity, is_identity, request

BODY_LIMIT = 10_000_000
HEAD_LIMIT = 16 * 1024


def refused(wire, status):
    answer = wire.answer()
    assert answer.status == status
    assert answer.body == b""
    assert answer.headers["connection"] == "close"
    return wire.closed()


@pytest.mark.parametrize(
    "garbage",
    [
        b"hello\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200) + b"\r\n\r\n",  # TLS on the wrong door
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon here\r\n\r\n",
        b"GET / HTTP/1.1\r\nBad Name: 1\r\n\r\n",
        b"GET / HTTP/1.1\r\nNul: \x00\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: minus one\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nnot a size\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 99999999999999999999999999\r\n\r\n",
    ],
)
def test_garbage_gets_400_and_a_clean_end(wire, garbage):
    wire.send(garbage)
    assert refused(wire, 400)


def test_garbage_after_a_good_request_spoils_only_itself(wire):
    wire.send(identity() + b"garbage\r\n\r\n" + identity())
    assert is_identity(wire.answer())
    assert refused(wire, 400)


def test_a_body_of_the_limit_is_read(wire):
    padding = b"&Padding=" + b"x" * BODY_LIMIT
    body = (IDENTITY + padding)[:BODY_LIMIT]
    wire.send(request(body=body) + identity())
    assert is_identity(wire.answer())
    assert is_identity(wire.answer())


def test_a_longer_body_is_refused_before_it_is_read(wire):
    wire.send(request(Content_Length=str(BODY_LIMIT + 1), Content_Type=FORM))
    assert refused(wire, 413)


def test_a_client_that_sends_all_of_a_longer_body_still_gets_its_answer(wire):
    wire.send(request(body=b"x" * (BODY_LIMIT + 1)))
    wire.end()
    assert refused(wire, 413)


def test_a_longer_body_is_not_invited(wire):
    wire.send(request(Content_Length=str(BODY_LIMIT + 1), Content_Type=FORM, Expect="100-continue"))
    assert refused(wire, 413)


def test_a_longer_body_in_chunks_is_refused(wire):
    chunk = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
    wire.send(request(Content_Length=None, Content_Type=FORM, Transfer_Encoding="chunked") + chunk * 10)
    assert refused(wire, 413)


def padded_head(length):
    """A GetCallerIdentity whose head has exactly this length."""
    target = "/?" + IDENTITY.decode() + "&Padding="
    return request("GET", target + "x" * (length - len(request("GET", target))))


def test_a_head_of_the_limit_is_read(wire):
    wire.send(padded_head(HEAD_LIMIT))
    assert is_identity(wire.answer())


@pytest.mark.parametrize("length", [HEAD_LIMIT + 1, HEAD_LIMIT + 5000, 1_000_000])
def test_a_longer_head_is_refused(wire, length):
    wire.send(padded_head(length))
    assert refused(wire, 400)


def test_a_head_without_an_end_is_refused(wire):
    wire.send(b"GET / HTTP/1.1\r\n" + b"X-Field: 0123456789\r\n" * 1000)
    assert refused(wire, 400)


@pytest.mark.parametrize("body", [b"Action=%zz", b"Action=%", b"Action=GetCallerIdentity&Version=%4"])
def test_a_broken_percent_escape_gets_an_empty_400(wire, body):
    wire.send(request(body=body) + identity())
    answer = wire.answer()
    assert answer.status == 400
    assert answer.body == b""
    assert is_identity(wire.answer())


@pytest.mark.parametrize("content_type", [None, "application/json", "text/plain"])
def test_a_post_that_is_no_form_is_sent_to_the_product_page(wire, content_type):
    wire.send(request(body=IDENTITY, Content_Type=content_type))
    answer = wire.answer()
    assert answer.status == 302
    assert answer.headers["location"] == "https://aws.amazon.com/iam"
    assert answer.body == b""
