"""The house's floors: includes go down only, and each library is seen where docs/architecture.md says."""

import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
MAY_INCLUDE = {
    "protocol": {"protocol"},
    "totp": {"totp", "protocol"},
    "storage": {"storage", "protocol"},
    "iam": {"iam", "storage", "protocol", "totp"},
    "server": {"server", "iam", "storage", "protocol", "totp"},
}
# The rooms of `iam/`, each with those it may include. The table of operations (`iam/operations.h`) is "table".
ROOMS = {
    "policy": set(),
    "call": {"policy"},
    "table": {"call"},
    "tags": {"call"},
    "policies": {"call", "policy", "tags"},
    "authorization": {"call", "policy", "policies"},
    "devices": {"call", "tags"},
    "users": {"authorization", "call", "policies", "tags"},
    "groups": {"authorization", "call"},
    "roles": {"call", "policies", "policy", "tags"},
    "access_keys": {"call"},
    "sts": {"authorization", "call", "devices", "policies", "policy"},
    "login": {"call", "devices", "sts"},
    "reports": {"call", "policies", "roles"},
    "account": {"call", "controls", "devices", "policies", "policy", "roles"},
    "controls": {"call", "devices", "table"},
    "request": {"account", "authorization", "call", "controls", "table"},
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


def room_of(name):
    """The room of a file of iam/, by its path."""
    parts = name.split("/")
    return parts[1] if len(parts) == 3 else "table"


def test_rooms_include_only_what_they_may():
    for source in sources():
        name = str(source.relative_to(ROOT))
        if not name.startswith("iam/"):
            continue
        room = room_of(name)
        for include in re.findall(r'#include "(iam/[^"]+)"', source.read_text()):
            assert room_of(include) in ROOMS[room] | {room}, f"{name} includes {include}: {room} may not"


def test_rooms_have_no_circle():
    below = {room: set(may) for room, may in ROOMS.items()}
    while below:
        ground = {room for room, may in below.items() if not may & below.keys()}
        assert ground, f"a circle among {sorted(below)}"
        for room in ground:
            del below[room]


def test_every_operation_has_its_row():
    declared = set()
    for source in (ROOT / "iam").rglob("*.cpp"):
        declared |= set(re.findall(r"namespace keyfob::(\w+) {(?:(?!\nnamespace ).)*?\n *extern constexpr Operation operation",
                                   source.read_text(), re.S))
    rows = re.findall(r"KEYFOB_OPERATION\((\w+)\)", (ROOT / "iam/operations.def").read_text())
    assert len(rows) == len(set(rows))
    assert declared == set(rows)
