"""What can't be served is told in one line, with the exit status of its kind: 1 for the world, 2 for the options."""

import subprocess

import pytest

import keyfob_server


def refusal(*options, environment=None):
    done = subprocess.run(
        [keyfob_server.BINARY, *options],
        timeout=keyfob_server.PATIENCE,
        text=True,
        capture_output=True,
        env={**keyfob_server.clean_environment(), **(environment or {})},
    )
    assert done.stdout == ""
    assert done.stderr.startswith("keyfob: ")
    assert done.stderr.count("\n") == 1
    assert done.stderr.endswith("\n")
    return done.returncode, done.stderr


def test_a_folder_is_no_data_file(tmp_path):
    status, text = refusal("serve", "--port", "0", "--data", str(tmp_path))
    assert status == 1
    assert str(tmp_path) in text
    assert list(tmp_path.iterdir()) == []


def test_a_data_file_in_use_is_refused_and_its_server_goes_on(tmp_path):
    data = str(tmp_path / "keyfob.db")
    with keyfob_server.Server("--data", data) as server:
        assert refusal("serve", "--port", "0", "--data", data)[0] == 1
        keyfob_server.Control(server.url, "123456789012").freeze()


@pytest.mark.parametrize(
    "environment", [{"KEYFOB_ACCOUNT": "12"}, {"KEYFOB_PORT": "70000"}, {"KEYFOB_LIMITS": "many"}], ids=str
)
def test_a_bad_value_in_the_environment_is_a_bad_option(environment):
    assert refusal("serve", environment=environment)[0] == 2


@pytest.mark.parametrize("line", ["account=12", "port=x", "limits=many"])
def test_a_bad_value_in_the_file_is_a_bad_option(tmp_path, line):
    (tmp_path / "keyfob.conf").write_text(f"{line}\n")
    assert refusal("serve", "--config", str(tmp_path / "keyfob.conf"))[0] == 2


def test_a_missing_file_of_options_is_a_bad_option(tmp_path):
    assert refusal("serve", "--port", "0", "--config", str(tmp_path / "none.conf"))[0] == 2


def test_an_unknown_command_is_a_bad_option():
    assert refusal("nosuch")[0] == 2


@pytest.mark.parametrize("seconds", ["nan", "inf", "-1", "1e300", "x", "1 "])
def test_a_delay_that_is_none_is_a_bad_option(seconds):
    assert refusal("serve", "--port", "0", f"--propagation-delay={seconds}")[0] == 2


@pytest.mark.parametrize("why", ["a busy port", "no certificate", "a wrong fixture"])
def test_a_start_that_fails_leaves_the_account_in_the_file(tmp_path, why):
    data, fixture = str(tmp_path / "keyfob.db"), tmp_path / "fixture.json"
    fixture.write_text('{"version":1,"users":[{"userName":"fromfixture"}]}')
    with keyfob_server.Server("--data", data) as server:
        keyfob_server.Control(server.url, "123456789012").call("PUT", "state", {"users": [{"userName": "precious"}]})
    with keyfob_server.Server() as other:
        port = str(other.port) if why == "a busy port" else "0"
        tls = ["--tls-cert", "none", "--tls-key", "none"] if why == "no certificate" else []
        if why == "a wrong fixture":
            fixture.write_text('{"users":[{}]}')
        status, _ = refusal("serve", "--port", port, "--data", data, "--fixture", str(fixture), *tls)
        assert status == 1
    with keyfob_server.Server("--data", data) as server:
        state = keyfob_server.Control(server.url, "123456789012").call("GET", "state")
        assert [user["userName"] for user in state["users"]] == ["precious"]
