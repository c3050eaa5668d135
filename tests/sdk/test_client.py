"""The commands of `keyfob` that speak to a running server: what they print, what they do, how they fail."""

import json
import re
import subprocess

import pytest
import requests

import keyfob_server

PHONE = "arn:aws:iam::123456789012:mfa/phone"


@pytest.fixture(scope="module")
def shared():
    with keyfob_server.Server() as running:
        yield running


@pytest.fixture
def server(shared):
    requests.post(f"{shared.url}/_keyfob/reset", params={"account": "*"}, timeout=keyfob_server.PATIENCE).raise_for_status()
    return shared


@pytest.fixture
def keyfob(server):
    """Runs a command that must succeed, or end with `status` and one line on standard error; gives what it said."""

    def run(*words, stdin="", status=0):
        done = subprocess.run(
            [keyfob_server.BINARY, *words], env={**keyfob_server.clean_environment(), "KEYFOB_URL": server.url},
            input=stdin, capture_output=True, text=True, timeout=keyfob_server.PATIENCE,
        )
        assert done.returncode == status, done.stderr
        if status == 0:
            assert done.stderr == ""
            return done.stdout
        assert done.stdout == "" and done.stderr.startswith("keyfob: ") and done.stderr.count("\n") == 1
        return done.stderr.removeprefix("keyfob: ").rstrip("\n")

    return run


def aws(server, action, **parameters):
    return requests.post(server.url, data={"Action": action, "Version": "2010-05-08", **parameters}, timeout=keyfob_server.PATIENCE)


def rows(text):
    """A table's cells; columns are at least two spaces apart."""
    return [re.split(r" {2,}", line) for line in text.splitlines()]


def test_enroll_makes_a_user_with_an_enabled_device(keyfob, server):
    printed = dict(rows(keyfob("enroll", "bob", "--name", "phone")))
    assert printed["serial number"] == PHONE
    assert re.fullmatch("[A-Z2-7]{64}", printed["seed"]) and re.fullmatch("[0-9]{6}", printed["current code"])
    listed = aws(server, "ListMFADevices", UserName="bob").text
    assert f"<SerialNumber>{PHONE}</SerialNumber>" in listed


def test_enroll_says_everything_as_json(keyfob):
    keyfob("clock", "freeze", "2026-01-01T00:00:00Z")
    enrolled = json.loads(keyfob("enroll", "bob", "--json"))
    assert enrolled["userName"] == "bob" and enrolled["serialNumber"].endswith(":mfa/bob") and enrolled["seed"]
    codes = json.loads(keyfob("codes", enrolled["serialNumber"], "--json"))
    assert {name: enrolled[name] for name in codes} == codes


def test_enroll_fails_as_aws_does(keyfob, server):
    keyfob("enroll", "bob", "--name", "phone")
    assert keyfob("enroll", "carol", "--name", "phone", status=1) == "MFA device already exists."
    assert aws(server, "GetUser", UserName="carol").status_code == 404


def test_codes_of_a_time(keyfob):
    # RFC 6238's seed, at the second for which its appendix has 94287082.
    keyfob("device", "add", "--hardware", "GAHT12345678", "--seed", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    assert keyfob("codes", "GAHT12345678", "--at", "1970-01-01T00:00:59Z").split()[1] == "287082"
    assert "2026-01-01T00:00:00Z" in keyfob("codes", "GAHT12345678", "--at", "noon", status=1)


def test_devices_come_are_listed_and_go(keyfob):
    keyfob("enroll", "bob", "--name", "phone")
    serial, seed = keyfob("device", "add", "--hardware", "GAHT12345678").splitlines()
    assert serial == "GAHT12345678" and re.fullmatch("[A-Z2-7]{64}", seed)
    key = keyfob("device", "add", "--fido", "bob", "key1", "--certification", "FIDO=L1",
                 "--certification", "FIPS-140=L2").strip()
    assert ":u2f/user/bob/key1-" in key
    (_, *listed) = rows(keyfob("device", "list"))
    assert [row[:3] for row in listed] == [[PHONE, "virtual", "bob"], [serial, "hardware"], [key, "fido", "bob"]]
    for gone in (PHONE, serial, key):
        keyfob("device", "remove", gone)
    assert json.loads(keyfob("device", "list", "--json")) == {"devices": []}
    assert keyfob("device", "remove", PHONE, status=1) == f"No device with serial number {PHONE}."


@pytest.mark.parametrize("words", [
    ["device"], ["device", "add"], ["device", "add", "--hardware", "GAHT12345678", "--fido", "bob", "key1"],
    ["device", "add", "--fido", "bob", "key1", "--seed", "GEZDGNBV"], ["state", "import"], ["snapshot", "save"],
    ["faults", "arm", "--drop", "sometimes"], ["requests", "--clear", "--limit", "1"], ["enroll"], ["clock", "stop"],
])
def test_a_command_that_makes_no_sense_is_status_2(keyfob, words):
    keyfob(*words, status=2)


def test_a_state_goes_out_and_comes_back(keyfob, tmp_path):
    keyfob("enroll", "bob", "--name", "phone")
    file = tmp_path / "state.json"
    keyfob("state", "export", str(file))
    document = file.read_text()
    assert keyfob("state", "export") == keyfob("state", "export", "-") == document
    keyfob("reset")
    keyfob("state", "import", str(file))
    assert keyfob("state", "export") == document
    keyfob("reset")
    keyfob("state", "import", "-", stdin=document)
    assert keyfob("state", "export") == document


def test_a_state_that_is_wrong_changes_nothing(keyfob, tmp_path):
    keyfob("enroll", "bob", "--name", "phone")
    document = keyfob("state", "export")
    assert keyfob("state", "import", "-", stdin='{"users": [{}]}', status=1) == "users[0].userName: is required"
    assert str(tmp_path) in keyfob("state", "import", str(tmp_path / "none"), status=1)
    assert str(tmp_path) in keyfob("state", "export", str(tmp_path / "none" / "state.json"), status=1)
    assert keyfob("state", "export") == document


def test_snapshots_are_kept_under_any_name(keyfob):
    name = "clean + 100% a/b=c"
    keyfob("snapshot", "save", name)
    keyfob("enroll", "bob")
    assert keyfob("snapshot", "list") == name + "\n"
    keyfob("snapshot", "restore", name)
    assert json.loads(keyfob("device", "list", "--json")) == {"devices": []}
    keyfob("snapshot", "remove", name)
    assert keyfob("snapshot", "restore", name, status=1) == "No snapshot of that name."


def test_faults_are_armed_listed_and_cleared(keyfob, server):
    first = keyfob("faults", "arm", "--action", "ListUsers", "--code", "Throttling", "--status", "429",
                   "--message", "Rate exceeded", "--times", "1").strip()
    second = keyfob("faults", "arm", "--delay", "5", "--drop", "after", "--probability", "0.5").strip()
    assert rows(keyfob("faults", "list"))[1:] == [
        [first, "ListUsers", "1", "1", '429 Throttling, "Rate exceeded"'],
        [second, "*", "always", "0.5", "waits 5 ms, connection lost after"],
    ]
    assert aws(server, "ListUsers").status_code == 429
    keyfob("faults", "clear", second)
    assert json.loads(keyfob("faults", "list", "--json")) == {"faults": []}
    keyfob("faults", "arm", "--code", "Throttling")
    keyfob("faults", "clear")
    assert aws(server, "ListUsers").status_code == 200
    assert keyfob("faults", "clear", second, status=1) == "No such fault."


def test_the_journal_is_a_table(keyfob, server):
    keyfob("clock", "freeze", "2026-01-01T00:00:00Z")
    aws(server, "ListUsers")
    aws(server, "GetUser", UserName="nobody")
    aws(server, "List\x1b[2JUsers")
    header, odd, missing, listed = rows(keyfob("requests"))
    assert header == ["TIME", "ACTION", "STATUS", "ERROR", "MS", "CALLER"]
    assert odd[1:4] == ["List?[2JUsers", "400", "InvalidAction"]  # nothing that could steer the terminal
    assert missing[:4] == ["2026-01-01T00:00:00Z", "GetUser", "404", "NoSuchEntity"]
    assert listed[1:3] == ["ListUsers", "200"] and listed[-1] == "arn:aws:iam::123456789012:root"
    assert len(rows(keyfob("requests", "--limit", "1"))) == 2
    assert rows(keyfob("requests", "--action", "GetUser"))[1:] == [missing]
    keyfob("requests", "--clear")
    assert json.loads(keyfob("requests", "--json")) == {"requests": []}


def test_each_command_knows_its_account(keyfob):
    keyfob("enroll", "bob", "--account", "111122223333")
    assert json.loads(keyfob("device", "list", "--json")) == {"devices": []}
    assert "arn:aws:iam::111122223333:mfa/bob" in keyfob("device", "list", "--account", "111122223333")


@pytest.mark.parametrize("words", [["codes", "x"], ["device", "list"], ["clock", "freeze"]])
@pytest.mark.parametrize("at", [1, -1])
def test_the_command_lines_url_wins_and_a_server_that_is_not_there_is_one_line(keyfob, words, at):
    words = [*words[:at], "--url", "http://127.0.0.1:1", *words[at:]]
    assert "no answer from http://127.0.0.1:1" in keyfob(*words, status=1)


def test_a_path_says_which_methods_it_has(server):
    answer = requests.post(f"{server.url}/_keyfob/devices/", timeout=keyfob_server.PATIENCE)
    assert answer.status_code == 404
    answer = requests.put(f"{server.url}/_keyfob/clock", timeout=keyfob_server.PATIENCE)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, DELETE")


def test_a_body_that_is_no_json_names_the_line(server):
    answer = requests.post(f"{server.url}/_keyfob/faults", data='{"code": "Throttling",\n tru}', timeout=keyfob_server.PATIENCE)
    assert answer.status_code == 400
    assert "in line 2, column 2." in answer.json()["error"]["message"]


def test_a_large_state_is_exported_whole(keyfob, tmp_path):
    users = [{"userName": f"user{number}", "tags": [{"key": "note", "value": "x" * 250}]} for number in range(20_000)]
    file = tmp_path / "state.json"
    file.write_text(json.dumps({"users": users}))
    keyfob("state", "import", str(file))
    document = keyfob("state", "export")
    assert len(document) > 8_000_000
    assert len(json.loads(document)["users"]) == len(users)
