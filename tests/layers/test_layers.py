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
    r"sqlite3\.h": r"storage/sqlite/connection\.cpp",
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


# What SQLite says and PostgreSQL doesn't. An engine's own words stay with the engine.
SQLITES_WORDS = re.compile(r"sqlite_|\bPRAGMA\b|\bROWID\b|\bAUTOINCREMENT\b|\bINSERT OR\b|\bREPLACE INTO\b|"
                           r"\bBEGIN IMMEDIATE\b|\bTRIGGER\b|\?")
# The words that PostgreSQL doesn't take for a table's or a column's name.
POSTGRESQLS_WORDS = set("""all analyse analyze and any array as asc asymmetric authorization binary both case cast check
    collate collation column concurrently constraint create cross current_catalog current_date current_role current_schema
    current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for
    foreign freeze from full grant group having ilike in initially inner intersect into is isnull join lateral leading
    left like limit localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing
    primary references returning right select session_user similar some symmetric system_user table tablesample then to
    trailing true union unique user using variadic verbose when where window with""".split())


def test_questions_name_no_engine():
    for source in (ROOT / "storage").glob("*"):
        if source.is_dir():
            continue
        for literal in re.findall(r'R"\((.*?)\)"|"((?:[^"\\\n]|\\.)*)"', source.read_text(), re.S):
            assert not SQLITES_WORDS.search("".join(literal)), f"{source.name}: {literal}"


def test_engines_are_chosen_in_one_place():
    for source in sources():
        name = str(source.relative_to(ROOT))
        if name.startswith("storage/sqlite/") or name == "storage/store.cpp":
            continue
        assert '#include "storage/sqlite/' not in source.read_text(), name


def test_tables_and_columns_have_names_for_any_engine():
    tables = re.findall(r"CREATE (?:TEMPORARY )?TABLE (\w+) \((.*?)\n\)", (ROOT / "storage/sqlite/schema.cpp").read_text(),
                        re.S)
    assert len(tables) > 10
    for table, columns in tables:
        names = {table} | set(re.findall(r"^  ([a-z_]+) [A-Z]", columns, re.M))
        assert len(names) > 1 and not names & POSTGRESQLS_WORDS, table


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
