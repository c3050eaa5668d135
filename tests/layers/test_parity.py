"""docs/parity.md and the table of docs/control-api.md are what the binary says of itself."""

import re
import subprocess

from keyfob_server import BINARY, ROOT


def said_by(*words):
    return subprocess.run([BINARY, *words], check=True, stdout=subprocess.PIPE, text=True).stdout


def test_the_parity_table_is_up_to_date():
    assert said_by("operations", "--markdown") == (ROOT / "docs/parity.md").read_text()


def test_the_table_of_control_calls_is_up_to_date_and_its_links_lead_somewhere():
    page = (ROOT / "docs/control-api.md").read_text()
    (table,) = re.findall(r"^<!-- generated-begin: .*? -->\n(.*?)^<!-- generated-end -->$", page, re.M | re.S)
    assert table == said_by("control-api", "--markdown")
    headings = {heading.lower().replace(" ", "-") for heading in re.findall(r"^## (.*)$", page, re.M)}
    assert set(re.findall(r"\(#(.*?)\)", table)) <= headings
