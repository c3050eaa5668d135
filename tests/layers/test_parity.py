"""docs/parity.md is what the binary says of itself."""

import subprocess

from keyfob_server import BINARY, ROOT


def test_the_parity_table_is_up_to_date():
    made = subprocess.run([BINARY, "operations", "--markdown"], check=True, stdout=subprocess.PIPE, text=True).stdout
    assert made == (ROOT / "docs/parity.md").read_text()
