"""The house's floors: includes go down only, and each library is seen where docs/architecture.md says."""

import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
MAY_INCLUDE = {
    "protocol": {"protocol"},
    "totp": {"totp"},
    "storage": {"storage", "protocol"},
    "iam": {"iam", "storage", "protocol", "totp"},
    "server": {"server", "iam", "storage", "protocol", "totp"},
}
SEEN_ONLY_IN = {
    r"sqlite3\.h": r"storage/sqlite\.cpp",
    r"pugixml\.hpp": r"protocol/xml\.cpp",
    r"boost/beast": r"server/(http|tls|http_client)\.cpp|server/session\.h",
    r"png\.h|qrcodegen": r"totp/qr\.cpp",
    r"CLI/": r"server/.*(command|report).*\.cpp",
}


def sources():
    for floor in MAY_INCLUDE:
        yield from (ROOT / floor).rglob("*.cpp")
        yield from (ROOT / floor).rglob("*.h")


@pytest.mark.parametrize("source", sorted(sources()), ids=lambda path: str(path.relative_to(ROOT)))
def test_includes_go_down_only(source):
    name = str(source.relative_to(ROOT))
    for include in re.findall(r'#include "([^"]+)"', source.read_text()):
        floor = include.split("/")[0]
        assert floor in MAY_INCLUDE[name.split("/")[0]], f"{name} includes {include}: that climbs"


@pytest.mark.parametrize("library", SEEN_ONLY_IN)
def test_a_library_is_seen_in_its_place_only(library):
    for source in sources():
        name = str(source.relative_to(ROOT))
        for include in re.findall(r"#include <([^>]+)>", source.read_text()):
            if re.match(library, include):
                assert re.fullmatch(SEEN_ONLY_IN[library], name), f"{name} includes <{include}>"


def test_every_operation_has_its_row():
    files = {path.stem for path in (ROOT / "iam/operations").glob("*.cpp")}
    rows = set(re.findall(r"KEYFOB_OPERATION\((\w+)\)", (ROOT / "iam/operations.def").read_text()))
    assert files == rows
