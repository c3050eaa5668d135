"""README.md's snippets do what it says: each is run as it stands, but for the server's address and the binary's path."""

import re
import shutil
import signal
import subprocess
import sys

import pytest

import keyfob_server

README = (keyfob_server.ROOT / "README.md").read_text(encoding="utf-8")
RELEASE = keyfob_server.ROOT / "build" / "release" / "keyfob"

# Fences of these kinds are run: `sh` here, and `sh docker` by tests/docker. `console` shows the two commands.
KINDS = {"sh", "sh docker", "python", "python enforced", "javascript", "console"}


def fences():
    return re.findall(r"^```(\S[^\n]*)\n(.*?)^```$", README, re.M | re.S)


def snippets(kind, url):
    found = [text for info, text in fences() if info == kind]
    assert found
    return [text.replace("http://127.0.0.1:4593", url).replace("build/release/keyfob", str(keyfob_server.BINARY))
            for text in found]


@pytest.fixture
def run(server, environment, tmp_path):
    def start(*command):
        done = subprocess.run(
            command, cwd=tmp_path, env={**environment, "KEYFOB_URL": server.url}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=keyfob_server.PATIENCE,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    return start


# One server is enough here; the others' tests have both.
plain = pytest.mark.parametrize("server", [""], indirect=True, ids=["any signature"])


@plain
def test_every_fence_is_of_a_kind_that_is_run(server):
    assert {info for info, _ in fences()} == KINDS


@plain
def test_the_tour_with_the_aws_cli(server, run, tmp_path):
    if shutil.which("aws") is None:
        pytest.skip("there is no AWS CLI here")
    script = tmp_path / "tour.sh"
    script.write_text("\n".join(snippets("sh", server.url)))
    said = run("bash", "-euo", "pipefail", str(script))
    assert "refused, as AWS would" in said
    assert (tmp_path / "phone.png").read_bytes().startswith(b"\x89PNG")


@plain
def test_the_python_snippet(server, run):
    (snippet,) = snippets("python", server.url)
    assert "MFA VirtualDevice in use. Must deactivate first." in run(sys.executable, "-c", snippet)


@pytest.mark.parametrize("server", ["--enforce-policies"], indirect=True, ids=["policies enforced"])
def test_the_python_snippet_with_policies(server, run):
    (snippet,) = snippets("python enforced", server.url)
    assert "because no identity-based policy allows the iam:ListUsers action" in run(sys.executable, "-c", snippet)


@plain
def test_the_javascript_snippet(server, run, tmp_path):
    packages = keyfob_server.ROOT / "build" / "js"
    if not (packages / "complete").exists():
        pytest.skip("the AWS SDK for JavaScript is not in build/js: scripts/setup test")
    (tmp_path / "node_modules").symlink_to(packages / "node_modules")
    (snippet,) = snippets("javascript", server.url)
    (tmp_path / "snippet.mjs").write_text(snippet)
    assert "true Authentication code for device is not valid.\n" in run("node", "snippet.mjs")


# It builds build/release, which is beside the point when the binary under test is another.
if keyfob_server.BINARY.resolve() == RELEASE.resolve():

    @plain
    def test_scripts_run_serves_and_says_so_in_one_line(server):
        process = subprocess.Popen(
            [keyfob_server.ROOT / "scripts" / "run", "--port", "0"], env=keyfob_server.clean_environment(),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
        )
        try:
            assert process.stdout.readline().startswith("keyfob listening on http://127.0.0.1:")
        finally:
            process.send_signal(signal.SIGTERM)
            rest = process.communicate(timeout=keyfob_server.PATIENCE)[0]
        assert (rest, process.returncode) == ("", 0)
