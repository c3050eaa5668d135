"""Every citation leads somewhere: `aws/codes.md#drift` in a comment or a test, the source of an operation, a link in docs."""

import functools
import pathlib
import re
import unicodedata

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
CODE = {".cpp", ".h", ".def", ".py", ".js", ".mjs", ".case", ".css", ".html", ".json", ".yaml", ".txt", ".cmake"}
NOT_OURS = {".git", "build", "dist", "node_modules", "__pycache__"}

# What is cited from code: a page of docs/aws by its name below docs/, any other page by its path.
CITED = re.compile(r"(?<![\w/.\-])(aws/[\w\-]+\.md|docs/[\w\-/]+\.md|README\.md|CONTRIBUTING\.md)(?:#([\w\-]+))?")
SOURCE = re.compile(r'\.source\s*=\s*((?:"[^"]*"\s*)+)')
TAG_SOURCE = re.compile(r'"[A-Z]\w+Tags?(?:\w*)",\s*errors,\s*"([^"]*)"')
DECLARED = re.compile(r"\{\s*\.name\s*=[^{}]*\.errors\s*=[^{}]*\}")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
SECTION_SIGN = re.compile(r"§")
OF_A_STANDARD = re.compile(r"(?:RFC[ -]?\d+|WebAuthn|W3C|L\d|CTAP\S*|FIPS[ \d\-]+)[,\s/#*]*$")


def is_ours(path):
    return path.is_file() and not path.is_symlink() and not NOT_OURS & set(path.relative_to(ROOT).parts)


def code_files():
    ours = pathlib.Path(__file__)
    return sorted(path for path in ROOT.rglob("*") if path.suffix in CODE and is_ours(path) and path != ours)


def markdown_files():
    return sorted(path for path in ROOT.rglob("*.md") if is_ours(path))


def anchor_of(heading):
    """As GitHub makes it: lower case, letters, digits, `-` and `_` stay, a space is a `-`."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").strip().lower()
    kept = (c for c in text if c in "-_ " or unicodedata.category(c)[0] in "LN" or unicodedata.category(c) == "Mn")
    return "".join(kept).replace(" ", "-")


@functools.cache
def anchors(page):
    """The anchors of a page; of two that are alike the second has -1 behind it."""
    seen, found, fenced = {}, set(), False
    for line in page.read_text().splitlines():
        if line.startswith("```"):
            fenced = not fenced
        heading = None if fenced else re.fullmatch(r"#{1,6} +(.*?)(?: +#+)?", line)
        if heading:
            anchor = anchor_of(heading[1])
            count = seen.get(anchor, 0)
            seen[anchor] = count + 1
            found.add(anchor if count == 0 else f"{anchor}-{count}")
    return found


def fault_of(page, anchor):
    if not page.is_file():
        return "there is no such page"
    if anchor and page.suffix == ".md" and anchor not in anchors(page):
        return f"the page has no section #{anchor}"
    return None


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def name_of(path):
    return str(path.relative_to(ROOT))


def faults_in_code(path):
    text = path.read_text()
    for cited in CITED.finditer(text):
        page = DOCS / cited[1] if cited[1].startswith("aws/") else ROOT / cited[1]
        if fault := fault_of(page, cited[2]):
            yield f"{name_of(path)}:{line_of(text, cited.start())}: {cited[0]}: {fault}"
    for sign in SECTION_SIGN.finditer(text):
        if not OF_A_STANDARD.search(text[max(0, sign.start() - 40):sign.start()]):
            yield f"{name_of(path)}:{line_of(text, sign.start())}: a section without a page"


def sources_of(text):
    """Where a source is given, and the pages that it names."""
    for given in SOURCE.finditer(text):
        yield given.start(), "".join(re.findall(r'"([^"]*)"', given[1]))
    for given in TAG_SOURCE.finditer(text):
        yield given.start(), given[1]


def faults_in_sources(path):
    text = path.read_text()
    for at, source in sources_of(text):
        where = f"{name_of(path)}:{line_of(text, at)}"
        for one in source.split(", "):
            cited = re.fullmatch(r"([\w\-]+\.md)(?:#([\w\-]+))?", one)
            fault = fault_of(DOCS / "aws" / cited[1], cited[2]) if cited else "this cites nothing"
            if fault:
                yield f'{where}: "{one}": {fault}'
    for declared in DECLARED.finditer(text):
        if ".source" not in declared[0]:
            yield f"{name_of(path)}:{line_of(text, declared.start())}: an operation without a source"


def faults_in_markdown(path):
    text = re.sub(r"(?ms)^```.*?^```", lambda code: "\n" * code[0].count("\n"), path.read_text())
    text = re.sub(r"`[^`\n]*`(?!\])", lambda code: " " * len(code[0]), text)  # code that isn't a link's words
    for link in LINK.finditer(text):
        target, _, anchor = link[1].partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        page = (path.parent / target).resolve() if target else path
        if page.is_dir():
            continue
        if fault := fault_of(page, anchor):
            yield f"{name_of(path)}:{line_of(text, link.start())}: {link[1]}: {fault}"


def only_if_none(faults):
    faults = list(faults)
    assert not faults, "\n" + "\n".join(faults)


def test_what_code_cites_is_there():
    only_if_none(fault for path in code_files() for fault in faults_in_code(path))


def test_every_operation_names_its_source():
    iam = sorted(path for path in (ROOT / "iam").rglob("*") if path.suffix in {".cpp", ".h"})
    assert sum(len(list(sources_of(path.read_text()))) for path in iam) > 50  # so the patterns still find them
    only_if_none(fault for path in iam for fault in faults_in_sources(path))


def test_every_answered_operation_shows_its_source():
    rows = re.findall(r"(?m)^\| \w+ \| (\w+) \| yes \| \w+ \| (.*) \|$", (DOCS / "parity.md").read_text())
    assert len(rows) > 100
    for operation, source in rows:
        for one in source.split(", "):
            page, _, anchor = one.partition("#")
            assert page and not fault_of(DOCS / "aws" / page, anchor), f"{operation}: {one!r}"


@pytest.mark.parametrize("page", markdown_files(), ids=name_of)
def test_links_lead_somewhere(page):
    only_if_none(faults_in_markdown(page))


@pytest.mark.parametrize("page", markdown_files(), ids=name_of)
def test_no_page_cites_a_bare_section(page):
    text = page.read_text()
    only_if_none(f"{name_of(page)}:{line_of(text, sign.start())}" for sign in SECTION_SIGN.finditer(text)
                 if not OF_A_STANDARD.search(text[max(0, sign.start() - 40):sign.start()]))


def test_what_keeps_an_invariant_exists():
    """docs/invariants.md names tests as `file`: "a case", `test_function`."""
    page, faults, named = (DOCS / "invariants.md").read_text(), [], 0
    for path, names in re.findall(r'`(tests/[\w/.\-]+)`((?::? *,? *(?:"[^"]+"|`test_\w+`))*)', page):
        file = ROOT / path
        if not file.exists():
            faults.append(f"{path}: there is no such file")
            continue
        for quoted, function in re.findall(r'"([^"]+)"|`(test_\w+)`', names):
            named += 1
            there = f'TEST_CASE("{quoted}' if quoted else f"def {function}("
            if there not in file.read_text():
                faults.append(f"{path}: no test {quoted or function}")
    assert named > 50
    only_if_none(faults)


def test_headings_become_the_anchors_of_github():
    assert anchor_of("Order of checks") == "order-of-checks"
    assert anchor_of("`GET /_keyfob/x`, and more") == "get-_keyfobx-and-more"
    assert anchor_of("A [link](x.md) – here") == "a-link--here"
