"""Every member of every operation, just within and just beyond each constraint of AWS's model, over bare HTTP."""

import copy
import http.client
import itertools
import re
import urllib.parse
import xml.etree.ElementTree

import pytest

import aws_model
import keyfob_server
from aws_model import OPERATIONS, sample

_account_numbers = itertools.count(800_000_000_001)

ERROR = re.compile(
    r'<ErrorResponse xmlns="(?P<xmlns>[^"]+)">\n  <Error>\n    <Type>Sender</Type>\n    <Code>(?P<code>\w+)</Code>\n'
    r"(    <Message>.*</Message>\n)?  </Error>\n  <RequestId>[0-9a-f-]{36}</RequestId>\n</ErrorResponse>\n",
    re.DOTALL,
)


class Answer:
    def __init__(self, status, body):
        self.status = status
        self.body = body
        self.error = ERROR.fullmatch(body)
        self.code = self.error and self.error["code"]
        self.message = self.error and xml.etree.ElementTree.fromstring(body)[0].findtext("{*}Message")

    @property
    def items(self):
        """The texts of a standard validation message; none of any other answer."""
        found = re.fullmatch(r"(\d+) validation errors? detected: (.*)", self.message or "", re.DOTALL)
        if not found:
            return []
        items = found[2].split("; Value ")
        items[1:] = ["Value " + item for item in items[1:]]
        assert found[0].startswith(f"{len(items)} validation error{'s' * (len(items) > 1)} detected: "), self.message
        return items

    def is_validation(self):
        prose = (self.message or "").startswith("The specified value for ")
        return self.code == "MalformedInput" or (self.code == "ValidationError" and (bool(self.items) or prose))


class Caller:
    """Root of an account of its own, who sends what no SDK would let through."""

    def __init__(self, connection):
        self._connection = connection
        self._account = next(_account_numbers)

    def call(self, operation, value):
        parameters = [("Version", operation.version), ("Action", operation.name), *aws_model.form(value)]
        self._connection.request("POST", "/", urllib.parse.urlencode(parameters), {
            "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
            "Authorization": f"AWS4-HMAC-SHA256 Credential={self._account}/20260101/us-east-1/iam/aws4_request",
        })
        reply = self._connection.getresponse()
        return Answer(reply.status, reply.read().decode())


@pytest.fixture(scope="module")
def connection():
    with keyfob_server.Server() as server:
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(server.url).netloc, timeout=keyfob_server.PATIENCE)
        yield connection
        connection.close()


@pytest.fixture
def caller(connection):
    return Caller(connection)


# What to try of a shape: (value, whether it is within).

def lengths(shape, value_of):
    least, most = aws_model.bound(shape, "min"), aws_model.bound(shape, "max")
    if least:
        yield value_of(least), True
        yield value_of(least - 1), False
    if most is not None:
        yield value_of(most), True
        yield value_of(most + 1), False


def short_text(shape):
    """Three characters where that is a length that nothing is wrong with."""
    return aws_model.text_of_length(shape, min(max(3, shape.metadata.get("min", 0)), shape.metadata.get("max", 3)))


def with_character(shape, character):
    text = short_text(shape)
    at = len(text) // 2
    return text[:at] + character + text[at + 1:]


def near_characters(service):
    """How STS echoes a control character is not known: XML can't hold most of them."""
    return [chr(point) for point in range(0x20 if service == "sts" else 0x01, 0x180)]


def characters(shape, service):
    """Both sides of each edge of what the pattern lets in."""
    probes = [(text, aws_model.fits(shape, text))
              for text in (with_character(shape, character) for character in near_characters(service))]
    for one, other in itertools.pairwise(probes):
        if one[1] != other[1]:
            yield from (one, other)
    text = short_text(shape)
    at_ends = (text[:-1] + "\n", "\n" + text[1:]) if service == "iam" else ()
    for text in (*(with_character(shape, character) for character in aws_model.FAR_CHARACTERS), *at_ends):
        yield text, aws_model.fits(shape, text)


def bytes_are_not_counted(shape):
    most = aws_model.bound(shape, "max")
    if most and aws_model.fits(shape, "é" * most):
        yield "é" * most, True
        yield "é" * (most + 1), False


def strings(shape, service):
    if shape.enum:
        yield from ((value, True) for value in shape.enum)
        yield from ((value, False) for value in (shape.enum[0].swapcase(), shape.enum[0] + "x", ""))
        return
    for text, within in lengths(shape, lambda length: aws_model.text_of_length(shape, length)):
        yield text, within and aws_model.fits(shape, text)
    yield from bytes_are_not_counted(shape)
    if "pattern" in shape.metadata:
        yield from characters(shape, service)


def integers(shape, _):
    least, most = aws_model.bound(shape, "min"), aws_model.bound(shape, "max")
    if least is not None:
        yield from ((value, True) for value in (str(least), f"0{least}", f"+{least}"))
        yield from ((value, False) for value in (str(least - 1), "-1"))
    if most is not None:
        yield str(most), True
        yield str(most + 1), False
    yield from ((value, False) for value in ("", " 1", "1 ", "\t1", "1\n", "1.0", "1e0", "one", "+-1", str(2**31)))


def booleans(*_):
    yield from ((value, True) for value in ("true", "false", "1", "0"))
    yield from ((value, False) for value in ("", "True", "TRUE", " true", "yes", "2"))


def lists(shape, _):
    # A list of no elements is another thing (aws/wire.md#empty-lists); its least size can't be one too few otherwise.
    element = sample(shape.member) or None
    if element is not None:
        yield from ((value, good) for value, good in lengths(shape, lambda size: [element] * size) if value)
    if shape.member.type_name != "structure":
        yield [None, element], False


def structures(*_):
    return iter(())


PROBES = {"string": strings, "integer": integers, "boolean": booleans, "list": lists, "structure": structures}


def spots(members, required):
    """Every place of an input that has a shape, nested ones too: (path, shape, whether it must be there)."""
    for name, member in members.items():
        yield (name,), member, name in required
        element = member
        path = (name,)
        while element.type_name == "list":
            element = element.member
            path += (0,)
            if element.type_name != "structure":
                yield path, element, False  # its absence is a gap, tried with the list
        if element.type_name == "structure":
            for inner, inner_shape, inner_required in spots(element.members, element.required_members):
                yield path + inner, inner_shape, inner_required


def placed(operation, path, value):
    """The smallest sound input, but with this value at that place."""
    whole = copy.deepcopy(operation.sample())
    at, shape = whole, operation.input_shape
    for step in path[:-1]:
        shape = shape.members[step] if isinstance(step, str) else shape.member
        if isinstance(step, str):
            at.setdefault(step, sample(shape))
        at = at[step]
    if isinstance(path[-1], int):
        at[path[-1]] = value
    else:
        at.pop(path[-1], None)
        if value is not None:
            at[path[-1]] = value
    return whole


def probes(operation):
    """(a name to show, the input, whether it is within)."""
    for path, shape, required in spots(operation.members, operation.required):
        if required:
            yield f"{path} absent", placed(operation, path, None), False
        for value, within in PROBES[shape.type_name](shape, operation.service):
            yield f"{path} = {str(value)[:80]!r}", placed(operation, path, value), within


def without_list_echo(items):
    """How STS shows a list that failed is not recorded (aws/errors.md#texts-of-constraints: "same idea")."""
    return sorted(re.sub(r"^Value '\[.*?\]' at", "Value at", item) for item in items)


def check(operation, what, answer, complaints):
    told = f"{operation} {what}: {answer.body}"
    if not complaints:
        assert answer.status < 500 and not answer.is_validation(), told
        assert answer.code != "InvalidAction", told
        return
    assert answer.status == 400 and answer.error and answer.error["xmlns"] == operation.xmlns, told
    if complaints.malformed:
        assert answer.code == "MalformedInput", told
        return
    assert answer.code == "ValidationError", told
    if complaints.items:
        assert without_list_echo(answer.items) == without_list_echo(complaints.items), told
    else:
        assert [answer.message] == complaints.prose, told


def test_every_type_of_member_has_probes():
    for operation in OPERATIONS:
        for path, shape, _ in spots(operation.members, operation.required):
            assert shape.type_name in PROBES, (
                f"{operation} {path} is a {shape.type_name}: say in PROBES of test_model_walk.py what is within and "
                "beyond, and in aws_model.py how AWS complains of it")


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one.members], ids=repr)
def test_within_is_let_through_and_beyond_is_told_in_awss_words(operation, caller):
    for what, value, within in probes(operation):
        complaints = operation.complaints(value)
        assert bool(complaints) != within, f"the walk contradicts itself: {operation} {what} {complaints.items}"
        check(operation, what, caller.call(operation, value), complaints)


def patterned_spots():
    """One place for each shape that has a pattern: (a name to show, operation, path, shape)."""
    found = {}
    for operation in OPERATIONS:
        for path, shape, _ in spots(operation.members, operation.required):
            if "pattern" in shape.metadata:
                found.setdefault(f"{operation.service} {shape.name}", (operation, path, shape))
    return found


@pytest.mark.parametrize("operation, path, shape", patterned_spots().values(), ids=patterned_spots())
def test_every_character_is_let_through_or_not_as_the_pattern_says(operation, path, shape, caller):
    for character in near_characters(operation.service):
        value = placed(operation, path, with_character(shape, character))
        check(operation, f"{path} with {character!r}", caller.call(operation, value), operation.complaints(value))


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if len(one.required) > 1], ids=repr)
def test_all_that_is_missing_is_told_at_once(operation, caller):
    check(operation, "without anything", caller.call(operation, {}), operation.complaints({}))
