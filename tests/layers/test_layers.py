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


def rooms():
    """What each room of iam/ may include, as the table in docs/architecture.md says it."""
    text = (ROOT / "docs/architecture.md").read_text()
    table = text[text.index("| room | holds | may include |"):].split("\n\n")[0]
    rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in table.splitlines()[2:]]
    return {
        room.strip("`/").replace("the table", "table"):
        {name.strip(" `").replace("the table", "table") for name in may.split(",") if name.strip()}
        for room, _, may in rows
    }


ROOMS = rooms()


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


def test_every_room_is_in_the_table():
    assert ROOMS.keys() == {room_of(str(source.relative_to(ROOT))) for source in sources()
                            if source.is_relative_to(ROOT / "iam")}


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
