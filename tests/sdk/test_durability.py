"""What was acknowledged survives a kill; what can't be served is refused in one line."""

import contextlib
import sqlite3
import subprocess
import threading

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError

import keyfob_server


def start(*options, environment=None):
    return subprocess.run(
        [keyfob_server.BINARY, "serve", *options], timeout=keyfob_server.PATIENCE, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**keyfob_server.clean_environment(), **(environment or {})},
    )


def iam_of(server):
    return boto3.client(
        "iam", endpoint_url=server.url, region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}),
    )


def test_nothing_acknowledged_is_lost_by_a_kill(tmp_path):
    data = str(tmp_path / "keyfob.db")
    acknowledged = []
    server = keyfob_server.Server("--data", data)
    enough = threading.Event()

    def create(worker):
        iam = iam_of(server)
        for number in range(10_000):
            name = f"w{worker}-{number}"
            try:
                iam.create_virtual_mfa_device(VirtualMFADeviceName=name)
            except BotoCoreError:
                return  # the server is gone
            acknowledged.append(name)
            if len(acknowledged) > 200:
                enough.set()

    workers = [threading.Thread(target=create, args=(worker,)) for worker in range(4)]
    for worker in workers:
        worker.start()
    assert enough.wait(keyfob_server.PATIENCE)
    server.kill()
    for worker in workers:
        worker.join(keyfob_server.PATIENCE)

    with keyfob_server.Server("--data", data, "--limits", "relaxed") as again:
        iam = iam_of(again)
        pages = iam.get_paginator("list_virtual_mfa_devices").paginate()
        there = {device["SerialNumber"].rsplit("/", 1)[1] for page in pages for device in page["VirtualMFADevices"]}
        assert set(acknowledged) <= there
        iam.create_virtual_mfa_device(VirtualMFADeviceName="after")


def one_line(done, status):
    assert done.returncode == status, done
    assert done.stdout == ""
    assert done.stderr.startswith("keyfob: ") and done.stderr.count("\n") == 1
    return done.stderr


def test_a_foreign_file_is_refused_and_left_alone(tmp_path):
    text = tmp_path / "letter.txt"
    text.write_text("Dear keyfob, " * 500)
    one_line(start("--port", "0", "--data", str(text)), 1)
    assert text.read_text() == "Dear keyfob, " * 500

    other = tmp_path / "other.db"
    with contextlib.closing(sqlite3.connect(other)) as database:
        database.execute("CREATE TABLE letter (text)")
        database.commit()
    before = other.read_bytes()
    assert "not a keyfob data file" in one_line(start("--port", "0", "--data", str(other)), 1)
    assert other.read_bytes() == before


def test_a_newer_file_is_refused(tmp_path):
    data = tmp_path / "keyfob.db"
    with keyfob_server.Server("--data", str(data)):
        pass
    with contextlib.closing(sqlite3.connect(data)) as database:
        database.execute("PRAGMA user_version = 999")
        database.commit()
    assert "newer keyfob" in one_line(start("--port", "0", "--data", str(data)), 1)


def test_a_busy_port_and_a_bad_option_are_one_line_each():
    with keyfob_server.Server() as server:
        one_line(start("--port", str(server.port)), 1)
    one_line(start("--port", "0", "--no-such-option"), 2)
    one_line(start("--port", "0", "--account", "12"), 2)
    one_line(start("--port", "0", "--data", "/no/such/folder/keyfob.db"), 1)


@pytest.mark.parametrize(
    ("command_line", "environment", "config", "expected"),
    [
        ("111111111111", "222222222222", "333333333333", "111111111111"),
        (None, "222222222222", "333333333333", "222222222222"),
        (None, None, "333333333333", "333333333333"),
        (None, None, None, "123456789012"),
    ],
)
def test_the_command_line_wins_over_the_environment_and_that_over_the_file(
    tmp_path, command_line, environment, config, expected
):
    options, variables = [], {}
    if command_line:
        options += ["--account", command_line]
    if environment:
        variables["KEYFOB_ACCOUNT"] = environment
    if config:
        (tmp_path / "keyfob.conf").write_text(f"account={config}\n")
        options += ["--config", str(tmp_path / "keyfob.conf")]
    with keyfob_server.Server(*options, environment=variables) as server:
        sts = boto3.client(
            "sts", endpoint_url=server.url, region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test"
        )
        assert sts.get_caller_identity()["Account"] == expected


def test_a_mistyped_name_in_the_file_is_refused(tmp_path):
    (tmp_path / "keyfob.conf").write_text("acount=111111111111\n")
    one_line(start("--port", "0", "--config", str(tmp_path / "keyfob.conf")), 2)
