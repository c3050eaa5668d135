"""The container image, built by the Dockerfile and run: as nobody, on a read-only system, without capabilities."""

import contextlib
import copy
import json
import os
import re
import socket
import subprocess
import time
import urllib.request

import boto3
import pytest
import yaml

import engine as containers
from keyfob_server import BINARY, PATIENCE

HARDENED = ["--network", "host", "--read-only", "--cap-drop", "all", "--security-opt", "no-new-privileges"]


@pytest.fixture(scope="session")
def engine():
    if reason := containers.why_not():
        pytest.skip(reason)
    running = containers.Engine()
    yield running
    running.close()


@pytest.fixture(scope="session")
def image(engine, tmp_path_factory):
    """The Dockerfile's last stage, with the static binary that the build here links from objects it has. That the stage
    before it compiles is for the test of README's snippet."""
    built = BINARY.parent
    subprocess.run(["cmake", "--build", built, "--target", "keyfob_static"], check=True, stdout=subprocess.DEVNULL)
    context = tmp_path_factory.mktemp("image")
    (context / "build" / "data").mkdir(parents=True)
    (context / "build" / "static").mkdir()
    subprocess.run(["strip", "-o", context / "build" / "static" / "keyfob", built / "static" / "keyfob"], check=True)
    _, last = (containers.ROOT / "Dockerfile").read_text().split("\nFROM scratch\n")
    last = last.replace("--from=build ", "").replace(" /keyfob/build/", " build/")
    (context / "Dockerfile").write_text(f"FROM scratch\n{last}")
    engine.build("keyfob", context / "Dockerfile", context)
    return "keyfob"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Container:
    """A running keyfob. It shares the host's network here, so it listens on a port that is free."""

    def __init__(self, engine, image, *command, options=()):
        self._engine = engine
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        environment = ["-e", f"KEYFOB_PORT={port}", "-e", f"KEYFOB_URL={self.url}"]
        self.id = engine.podman("run", "-d", *HARDENED, *environment, *options, image, *command)

    def healthy(self):
        """Docker asks so every two seconds; podman does only under systemd, so ask for it."""
        for _ in range(10 * PATIENCE):
            if self._engine.podman("healthcheck", "run", self.id, check=False).returncode == 0:
                return True
            time.sleep(0.1)
        return False

    def inspect(self, template):
        return self._engine.podman("inspect", "--format", template, self.id)

    def stop(self):
        """SIGTERM, as `docker stop` sends it; the exit status."""
        self._engine.podman("stop", "--time", "20", self.id)
        return int(self.inspect("{{.State.ExitCode}}"))

    def client(self, service):
        return boto3.client(service, endpoint_url=self.url, region_name="us-east-1",
                            aws_access_key_id="test", aws_secret_access_key="test")


@pytest.fixture
def run(engine, image):
    started = []

    def start(*command, **more):
        started.append(Container(engine, image, *command, **more))
        assert started[-1].healthy(), engine.podman("logs", started[-1].id)
        return started[-1]

    yield start
    for container in started:
        engine.podman("rm", "--force", "--time", "5", container.id)


@pytest.fixture
def volume(engine):
    name = f"keyfob-test-{time.time_ns()}"
    yield engine.podman("volume", "create", name)
    engine.podman("volume", "rm", "--force", name)


def test_the_image_is_one_binary_that_runs_as_nobody(engine, image):
    told = json.loads(engine.podman("image", "inspect", image))[0]
    assert told["Config"]["User"] == "65534:65534"
    assert told["Config"]["Entrypoint"] == ["/keyfob"]
    assert told["Config"]["Cmd"] == ["serve"]
    assert set(told["Config"]["ExposedPorts"]) == {"4593/tcp"}
    assert set(told["Config"]["Volumes"]) == {"/data"}
    assert told["Healthcheck"]["Test"] == ["CMD", "/keyfob", "health"]
    assert told["Size"] < 20_000_000


def test_it_serves_hardened_and_ends_with_status_0(run):
    container = run()
    with open(f"/proc/{container.inspect('{{.State.Pid}}')}/status") as status:
        lines = dict(line.rstrip("\n").split(":\t", 1) for line in status if ":\t" in line)
    assert lines["Uid"].split() == ["65534"] * 4
    assert int(lines["CapEff"], 16) == 0
    with urllib.request.urlopen(f"{container.url}/_keyfob/health", timeout=PATIENCE) as reply:
        assert json.load(reply)["status"] == "ok"
    device = container.client("iam").create_virtual_mfa_device(VirtualMFADeviceName="phone")["VirtualMFADevice"]
    assert device["SerialNumber"] == "arn:aws:iam::123456789012:mfa/phone"
    assert container.client("sts").get_caller_identity()["Arn"] == "arn:aws:iam::123456789012:root"
    assert container.stop() == 0


def test_it_listens_on_every_address(engine, image, run):
    container = run()
    assert f"keyfob listening on {container.url.replace('127.0.0.1', '0.0.0.0')}" in engine.podman(
        "logs", container.id)


def test_the_data_volume_survives_the_container(run, volume):
    options = ["-v", f"{volume}:/data"]
    first = run("serve", "--data", "/data/keyfob.db", options=options)
    first.client("iam").create_user(UserName="alice")
    assert first.stop() == 0
    second = run("serve", "--data", "/data/keyfob.db", options=options)
    assert [user["UserName"] for user in second.client("iam").list_users()["Users"]] == ["alice"]
    assert second.stop() == 0


def composer():
    """The command that reads compose files here; None when there is none."""
    for words in (["docker-compose"], ["docker", "compose"], ["podman-compose"]):
        with contextlib.suppress(OSError):
            if subprocess.run([*words, "version"], capture_output=True, timeout=PATIENCE).returncode == 0:
                return words
    return None


@pytest.fixture(scope="session")
def composition():
    if (words := composer()) is None:
        pytest.skip("no docker-compose here: scripts/setup docker")
    done = subprocess.run([*words, "-f", containers.ROOT / "docker" / "compose.yaml", "config"],
                          capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    return yaml.safe_load(done.stdout)


@pytest.fixture(scope="session")
def enrol_image(engine, composition):
    service = composition["services"]["enrol"]
    context = service["build"]["context"]
    engine.build(service["image"], f"{context}/Dockerfile", context)
    return service["image"]


def test_the_compose_file_is_valid_and_its_enrolment_works(engine, composition, enrol_image, run):
    keyfob, enrol = composition["services"]["keyfob"], composition["services"]["enrol"]
    assert enrol["depends_on"]["keyfob"]["condition"] == "service_healthy"
    container = run(*keyfob["command"])
    # The same host network for both, so the service's name is this machine.
    environment = {**enrol["environment"], "AWS_ENDPOINT_URL": container.url}
    variables = [word for item in environment.items() for word in ("-e", "=".join(item))]
    for expected in ("alice is enrolled: arn:aws:iam::123456789012:mfa/alice", "alice is there already"):
        said = engine.podman("run", "--rm", "--network", "host", "--cap-drop", "all", *variables, enrol_image)
        assert said.splitlines()[0] == expected
    (device,) = container.client("iam").list_mfa_devices(UserName="alice")["MFADevices"]
    assert device["SerialNumber"] == "arn:aws:iam::123456789012:mfa/alice"


@pytest.fixture
def composed(engine, image, enrol_image, composition, tmp_path):
    """`docker-compose WORDS` for the project's file, with a podman for Docker and the host's network for a bridge."""
    if (words := composer())[0] == "podman-compose":
        pytest.skip("no docker-compose here: scripts/setup docker")
    url = f"http://127.0.0.1:{free_port()}"
    composition = copy.deepcopy(composition)
    for service in composition["services"].values():
        for member in ("build", "ports", "networks"):
            service.pop(member, None)
        service.update(image=f"localhost/{service['image']}", network_mode="host")
    keyfob, enrol = composition["services"]["keyfob"], composition["services"]["enrol"]
    keyfob["environment"].update(KEYFOB_PORT=url.rsplit(":", 1)[1], KEYFOB_URL=url)
    enrol["environment"]["AWS_ENDPOINT_URL"] = url
    file = tmp_path / "compose.yaml"
    file.write_text(yaml.safe_dump(composition))
    command = [*words, "-p", f"keyfob{time.time_ns()}", "-f", file]
    with engine.docker_host(tmp_path) as host:
        environment = {**os.environ, "DOCKER_HOST": host}
        yield lambda *more: subprocess.Popen(
            [*command, *more], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True)
        subprocess.run([*command, "down", "-v"], env=environment, capture_output=True, timeout=PATIENCE)


def test_compose_up_enrols(engine, composed):
    """Twice: the data, in its volume, survives the containers."""
    for expected in ("alice is enrolled", "alice is there already"):
        up = composed("up", "--no-build", "--abort-on-container-exit", "--exit-code-from", "enrol")
        for _ in range(2 * PATIENCE):  # Docker asks for health by itself; podman does only under systemd
            if up.poll() is not None:
                break
            for container in engine.podman("ps", "-q", "--filter", "label=com.docker.compose.service=keyfob").split():
                engine.podman("healthcheck", "run", container, check=False)
            time.sleep(0.5)
        said, _ = up.communicate(timeout=PATIENCE)
        assert up.returncode == 0, said
        assert expected in said


DOCKER = """\
#!/bin/bash
# Docker's words for podman and buildah, on the host's network.
set -e
case "$1" in
  # Not optimised: the same to this test, and sooner done.
  build) shift; exec buildah {storage} bud --isolation chroot --format docker --layers --pull-never \\
    --build-arg build_type= "$@" ;;
  run) shift; exec podman {storage} run --network host -e KEYFOB_PORT={port} -e KEYFOB_URL={url} "$@" ;;
  *) exec podman {storage} "$@" ;;
esac
"""


def test_the_docker_snippet_of_the_readme(engine, image, tmp_path):
    """Run as it stands, but for the names of the container and the volume, which may be somebody's."""
    (snippet,) = re.findall(r"^```sh docker\n(.*?)^```$", (containers.ROOT / "README.md").read_text(), re.M | re.S)
    name = f"keyfob-readme-{time.time_ns()}"
    snippet = snippet.replace("--name keyfob", f"--name {name}").replace("--volume keyfob:", f"--volume {name}:")
    snippet = snippet.replace("exec keyfob", f"exec {name}").replace("stop keyfob", f"stop {name}")
    # A person types more slowly than a server starts.
    snippet = snippet.replace("docker exec", f"until docker healthcheck run {name}; do sleep 0.1; done\ndocker exec")
    port = free_port()
    docker = tmp_path / "docker"
    docker.write_text(DOCKER.format(storage=" ".join(engine.storage), port=port, url=f"http://127.0.0.1:{port}"))
    docker.chmod(0o755)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", snippet], cwd=containers.ROOT,
        env={**engine.environment, "PATH": f"{tmp_path}:{engine.environment['PATH']}"}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )
    engine.podman("rm", "--force", "--ignore", name, check=False)
    engine.podman("volume", "rm", "--force", name, check=False)
    assert done.returncode == 0, done.stdout
    assert "\nok\n" in done.stdout
