"""What is a call, what isn't, and the headers of an answer (aws/wire.md#headers, aws/wire.md#dispatch)."""

import re

import pytest

from wire import FORM, IDENTITY, is_identity, request

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
QUERY = "/?" + IDENTITY.decode()
LIST_USERS = b"Action=ListUsers&Version=2010-05-08"
OTHER_METHODS = ["HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"]


@pytest.mark.parametrize(
    "call",
    [
        request("GET", QUERY),
        request("GET", QUERY, body=LIST_USERS),
        request("POST", body=IDENTITY),
        request("POST", body=IDENTITY, Content_Type="application/x-www-form-urlencoded"),
        request("POST", "/?Version=2011-06-15", body=b"Action=GetCallerIdentity"),
        request("POST", "/any/other/path", body=IDENTITY),
        request("GET", "/any/other/path?" + IDENTITY.decode()),
    ],
    ids=lambda call: call.split(b" HTTP")[0].decode(),
)
def test_a_form_is_a_call_in_a_query_or_a_body_and_at_any_path(wire, call):
    wire.send(call)
    assert is_identity(wire.answer())


@pytest.mark.parametrize(
    "call, location",
    [
        (request("GET"), ""),
        (request("GET", "/?Version=2010-05-08&UserName=a%20b"), "?Version=2010-05-08&UserName=a%20b"),
        (request("POST"), ""),
        (request("POST", QUERY), ""),
        (request("POST", "/?Other=1", body=b"Version=2010-05-08"), ""),
    ],
    ids=str,
)
def test_without_an_action_it_is_sent_to_the_product_page(wire, call, location):
    wire.send(call)
    answer = wire.answer()
    assert (answer.status, answer.body) == (302, b"")
    assert answer.headers["location"] == "https://aws.amazon.com/iam" + location
    assert "content-type" not in answer.headers


@pytest.mark.parametrize("method", OTHER_METHODS)
def test_other_methods_are_no_calls(wire, method):
    creation = "Action=CreateUser&UserName=mallory&Version=2010-05-08"
    for attempt in (request(method, "/?" + creation), request(method, body=creation.encode())):
        wire.send(attempt)
        answer = wire.answer(bodiless=method == "HEAD")
        assert answer.status == 404
        assert answer.body == (b"" if method == "HEAD" else b"<UnknownOperationException/>\n")
    wire.send(request(body=LIST_USERS))
    assert b"mallory" not in wire.answer().body


@pytest.mark.parametrize(
    "body, status",
    [
        (IDENTITY, 200),
        (b"Action=GetSessionToken&Version=2011-06-15&DurationSeconds=1", 400),
        (LIST_USERS, 200),
        (b"Action=GetUser&Version=2010-05-08&UserName=nobody", 404),
        (b"Action=NoSuchAction&Version=2010-05-08", 400),
        (b"Action=ListUsers", 400),
    ],
    ids=str,
)
def test_an_answer_names_its_type_and_its_request(wire, body, status):
    wire.send(request(body=body, Content_Type=FORM))
    answer = wire.answer()
    assert answer.status == status
    assert answer.headers["content-type"] == "text/xml"
    assert answer.headers["content-length"] == str(len(answer.body))
    assert "date" in answer.headers
    request_id = answer.headers["x-amzn-requestid"]
    assert UUID.fullmatch(request_id)
    assert f"<RequestId>{request_id}</RequestId>".encode() in answer.body
    assert ("x-amz-sts-extended-request-id" in answer.headers) == (b"2011-06-15" in body)
