"""docs/parity.md is what the binary says of itself."""

import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("KEYFOB_BINARY", str(ROOT / "build/release/keyfob"))


def test_the_parity_table_is_up_to_date():
    made = subprocess.run([BINARY, "operations", "--markdown"], check=True, stdout=subprocess.PIPE, text=True).stdout
    assert made == (ROOT / "docs/parity.md").read_text()
