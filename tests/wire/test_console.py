"""The console's files, the accounts, and the journal as it is written."""

import json
import re
import urllib.parse

import pytest

from wire import IDENTITY, identity, is_identity, request

ACCOUNT = "820000000001"


def get(connection, target, **headers):
    connection.send(request("GET", target, **headers))
    return connection.answer()


def call(connection, action, account=ACCOUNT, version="2010-05-08", **parameters):
    """An AWS call as the root of an account."""
    form = urllib.parse.urlencode({"Action": action, "Version": version, **parameters}).encode()
    credential = f"AWS4-HMAC-SHA256 Credential={account}/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0"
    connection.send(request(body=form, Authorization=credential))
    return connection.answer()


# --- files -------------------------------------------------------------------------------------------


def test_the_page_and_all_it_asks_for_are_served(wire):
    page = get(wire, "/_keyfob/")
    assert page.status == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    types = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
    wanted = set(re.findall(rb'(?:href|src)="(console/[^"]+)"', page.body))
    assert {b"console/console.js", b"console/console.css"} <= wanted
    while wanted:
        name = wanted.pop().decode()
        part = get(wire, f"/_keyfob/{name}")
        assert (part.status, part.headers["content-type"]) == (200, types[name.rsplit(".")[-1]]), name
        wanted |= {b"console/" + module for module in re.findall(rb'from "\./([^"]+)"', part.body)}


def test_files_come_with_a_strict_policy_and_nothing_from_elsewhere(wire):
    for target in ("/_keyfob/", "/_keyfob/console/console.js"):
        reply = get(wire, target)
        policy = dict(part.split(" ", 1) for part in reply.headers["content-security-policy"].split("; "))
        assert policy["default-src"] == "'none'"
        assert policy["frame-ancestors"] == "'none'"
        assert {policy[name] for name in ("script-src", "style-src", "connect-src")} == {"'self'"}
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert not re.search(rb'(?:href|src)="(?:https?:)?//', reply.body)


def test_a_file_is_sent_again_only_when_it_has_changed(wire):
    first = get(wire, "/_keyfob/console/console.css")
    assert first.headers["cache-control"] == "no-cache"
    wire.send(request("GET", "/_keyfob/console/console.css", If_None_Match=first.headers["etag"]))
    again = wire.answer(bodiless=True)
    assert again.status == 304
    assert "content-length" not in again.headers
    assert get(wire, "/_keyfob/console/console.css", If_None_Match='"another"').body == first.body


def test_the_folder_leads_to_the_page_and_other_names_nowhere(wire):
    assert get(wire, "/_keyfob").headers["location"] == "/_keyfob/"
    for target in ("/_keyfob/console/", "/_keyfob/console/nothing.js", "/_keyfob/console/embed.cmake"):
        assert get(wire, target).status == 404, target


def test_files_need_no_token_and_a_host_of_ours(start):
    connection = start("--control-token", "secret").connect()
    assert get(connection, "/_keyfob/").status == 200
    assert get(connection, "/_keyfob/console/console.js").status == 200
    assert get(connection, "/_keyfob/", Host="evil.example").status == 403
    for target in ("/_keyfob/accounts", "/_keyfob/requests/stream"):
        assert get(connection, target).status == 401, target


# --- accounts ----------------------------------------------------------------------------------------


def test_accounts_begin_with_the_default_one(start):
    connection = start().connect()
    assert json.loads(get(connection, "/_keyfob/accounts").body) == {"accounts": [{"id": "123456789012"}]}
    call(connection, "CreateUser", "999999999999", UserName="alice")
    call(connection, "CreateAccountAlias", "000000000001", AccountAlias="first")
    assert json.loads(get(connection, "/_keyfob/accounts").body)["accounts"] == [
        {"id": "123456789012"}, {"id": "000000000001", "alias": "first"}, {"id": "999999999999"},
    ]


# --- the journal -------------------------------------------------------------------------------------


class Follower:
    """A reader of the journal's stream; ready when the server follows."""

    def __init__(self, server, query=f"account={ACCOUNT}"):
        self.connection = server.connect()
        self.connection.send(request("GET", f"/_keyfob/requests/stream?{query}"))
        status, headers = self.connection.head()
        assert (status, headers["content-type"]) == (200, "text/event-stream")
        assert self.block() == ": following"

    def block(self):
        while b"\n\n" not in self.connection.unread:
            assert self.connection._receive(), "the stream has ended"
        block, self.connection.unread = self.connection.unread.split(b"\n\n", 1)
        return block.decode()

    def entry(self):
        block = self.block()
        assert block.startswith("data: ")
        return json.loads(block.removeprefix("data: "))

    def close(self):
        self.connection.close()


@pytest.fixture
def follow(server):
    followers = []

    def follower(*arguments):
        followers.append(Follower(server, *arguments))
        return followers[-1]

    yield follower
    for one in followers:
        one.close()


def test_a_call_is_told_as_the_journal_has_it(wire, follow):
    follower = follow()
    call(wire, "CreateUser", UserName="alice")
    call(wire, "EnableMFADevice", UserName="alice", SerialNumber="a-serial-number", AuthenticationCode1="123456",
         AuthenticationCode2="654321")
    created, refused = follower.entry(), follower.entry()
    assert (created["action"], created["status"]) == ("CreateUser", 200)
    assert (refused["errorCode"], refused["parameters"]["AuthenticationCode1"]) == ("NoSuchEntity", "******")
    listed = json.loads(get(wire, f"/_keyfob/requests?account={ACCOUNT}&limit=2").body)["requests"]
    assert listed == [refused, created]


def test_a_stream_tells_of_its_account_and_its_action_only(wire, follow):
    everything, users = follow(), follow(f"account={ACCOUNT}&action=GetUser")
    call(wire, "GetUser", "820000000002")
    call(wire, "ListUsers")
    call(wire, "GetUser")
    assert [everything.entry()["action"] for _ in range(2)] == ["ListUsers", "GetUser"]
    assert users.entry()["action"] == "GetUser"
    assert users.connection.silent()


def test_the_default_account_is_followed_without_a_name_and_a_wrong_name_is_refused(wire, follow):
    follower = follow("")
    wire.send(request(body=IDENTITY))
    wire.answer()
    assert follower.entry()["action"] == "GetCallerIdentity"
    assert get(wire, "/_keyfob/requests/stream?account=12").status == 400


def test_a_page_of_another_origin_may_not_follow(wire):
    assert get(wire, "/_keyfob/requests/stream", Origin="http://evil.example").status == 403


def test_readers_that_left_make_room(wire, follow):
    for _ in range(200):
        follow().close()
    follower = follow()
    call(wire, "ListUsers")
    assert follower.entry()["action"] == "ListUsers"


def test_a_server_with_readers_ends_in_good_order(start):
    server = start()
    follower = Follower(server)
    server.stop()
    assert follower.connection.closed()


def test_a_page_behind_a_rebound_name_calls_nothing(wire):
    """An SDK may use any name for the server: it is a page of a browser that says where it comes from."""
    rebound = {"Host": "evil.example", "Origin": "http://evil.example"}
    wire.send(identity(**rebound))
    assert wire.answer().status == 403
    wire.send(identity(Host="keyfob.internal"))
    assert is_identity(wire.answer())
    wire.send(identity(Host="localhost:1", Origin="http://localhost:1"))
    assert is_identity(wire.answer())
