"""Builds and runs container images without a registry, a daemon or systemd: debootstrap, buildah, podman and runc.

Everything is kept in build/docker, so that only the first run is slow: the base image takes two minutes, the packages
of the stage that compiles as long.
"""

import contextlib
import os
import pathlib
import shutil
import subprocess
import time

from keyfob_server import PATIENCE

ROOT = pathlib.Path(__file__).resolve().parents[2]
HOME = ROOT / "build" / "docker"
BASE_IMAGE = "docker.io/library/debian:bookworm-slim"
TOOLS = ["debootstrap", "podman", "buildah", "runc"]

# Limits that need no privilege beyond those of a root inside a container, and no systemd.
CONTAINERS_CONF = """\
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
"""


def why_not():
    """Why no image can be built here; None when one can."""
    if missing := [tool for tool in TOOLS if shutil.which(tool) is None]:
        return f"no {', '.join(missing)} here: scripts/setup docker"
    if os.geteuid() != 0:
        return "building the container image takes root here"
    return None


class Engine:
    def __init__(self):
        HOME.mkdir(parents=True, exist_ok=True)
        configuration = HOME / "containers.conf"
        configuration.write_text(CONTAINERS_CONF)
        self.storage = [
            "--root", str(HOME / "storage"), "--runroot", str(HOME / "run"), "--storage-driver", self._driver()
        ]
        self.environment = {**os.environ, "CONTAINERS_CONF": str(configuration)}

    @staticmethod
    def _driver():
        """overlay where this file system allows it; otherwise vfs, which copies."""
        probe = HOME / "probe"
        for folder in ("lower", "upper", "work", "merged"):
            (probe / folder).mkdir(parents=True, exist_ok=True)
        options = ",".join(f"{name}dir={probe / name}" for name in ("lower", "upper", "work"))
        mounted = subprocess.run(
            ["mount", "-t", "overlay", "overlay", "-o", options, probe / "merged"], capture_output=True
        )
        if mounted.returncode == 0:
            subprocess.run(["umount", probe / "merged"], check=True)
        shutil.rmtree(probe)
        return "overlay" if mounted.returncode == 0 else "vfs"

    def podman(self, *words, check=True):
        done = subprocess.run(
            ["podman", *self.storage, *words], env=self.environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=PATIENCE,
        )
        if check and done.returncode != 0:
            raise RuntimeError(f"podman {' '.join(words)}: {done.stderr}")
        return done.stdout.strip() if check else done

    def build(self, tag, dockerfile, context):
        self._have_base_image()
        subprocess.run(
            ["buildah", *self.storage, "bud", "--isolation", "chroot", "--format", "docker", "--layers",
             "--force-rm", "--pull-never", "-t", tag, "-f", str(dockerfile), str(context)],
            env=self.environment, stdin=subprocess.DEVNULL, check=True,
        )

    @contextlib.contextmanager
    def docker_host(self, folder):
        """Docker's API over a socket, for tools that want it: the value of DOCKER_HOST."""
        socket = folder / "podman.sock"
        service = subprocess.Popen(
            ["podman", *self.storage, "system", "service", "--time=0", f"unix://{socket}"],
            env=self.environment, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        try:
            for _ in range(20 * PATIENCE):
                if socket.exists():
                    break
                time.sleep(0.05)
            yield f"unix://{socket}"
        finally:
            service.terminate()
            service.wait(timeout=PATIENCE)

    def close(self):
        """Lets go of what is mounted, so that build/ can be deleted."""
        subprocess.run(["umount", HOME / "storage" / "overlay"], capture_output=True)

    def _have_base_image(self):
        asked = self.podman("image", "exists", BASE_IMAGE, check=False)
        if asked.returncode == 0:
            return
        if asked.returncode > 1:  # a store knows its path: one that came with a copied checkout is of no use
            shutil.rmtree(HOME / "storage", ignore_errors=True)
            shutil.rmtree(HOME / "run", ignore_errors=True)
        root = HOME / "rootfs"
        shutil.rmtree(root, ignore_errors=True)  # what an interrupted run left
        subprocess.run(
            ["debootstrap", "--variant=minbase", "--include=ca-certificates", "bookworm", root],
            stdin=subprocess.DEVNULL, check=True,
        )
        archive = subprocess.Popen(["tar", "-C", root, "-c", "."], stdout=subprocess.PIPE)
        subprocess.run(
            ["podman", *self.storage, "import", "-", BASE_IMAGE], env=self.environment, stdin=archive.stdout,
            check=True,
        )
        assert archive.wait() == 0
        shutil.rmtree(root)
