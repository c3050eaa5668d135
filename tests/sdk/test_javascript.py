"""Runs js/*.test.mjs by Node's own test runner, with the SDK that scripts/setup put into build/js."""

import shutil
import subprocess

import pytest

import keyfob_server

HERE = keyfob_server.ROOT / "tests" / "sdk" / "js"
PACKAGES = keyfob_server.ROOT / "build" / "js"


def test_the_life_of_a_device_with_the_sdk_for_javascript(account, environment, tmp_path):
    if not (PACKAGES / "complete").exists():
        pytest.skip("the AWS SDK for JavaScript is not in build/js: scripts/setup test")
    # Node looks for packages beside the file that asks for them.
    (tmp_path / "node_modules").symlink_to(PACKAGES / "node_modules")
    for file in HERE.glob("*.mjs"):
        shutil.copy(file, tmp_path)
    done = subprocess.run(
        ["node", "--test", *map(str, sorted(tmp_path.glob("*.test.mjs")))],
        cwd=tmp_path,
        env={**environment, "AWS_ACCESS_KEY_ID": account.id, "AWS_SECRET_ACCESS_KEY": "test"},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=keyfob_server.PATIENCE,
    )
    print(done.stdout)
    assert done.returncode == 0, done.stdout
