"""What is told of the state document is what the binary says of itself."""

import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("KEYFOB_BINARY", str(ROOT / "build/release/keyfob"))


def told(*options):
    return subprocess.run([BINARY, "state-schema", *options], check=True, stdout=subprocess.PIPE, text=True).stdout


def test_the_schema_is_up_to_date():
    assert told() == (ROOT / "docs/state.schema.json").read_text()


def test_the_tables_are_up_to_date():
    marker = "<!-- made by `keyfob state-schema --markdown`: {} -->\n"
    page = re.escape(marker.format("begin")) + "(.*)" + re.escape(marker.format("end"))
    assert told("--markdown") == re.search(page, (ROOT / "docs/state.md").read_text(), re.S)[1]
