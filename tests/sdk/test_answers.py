"""The replies of the golden cases against AWS's model: nothing that it doesn't know, nothing that it asks for missing, and
no error that an operation doesn't declare."""

import base64
import pathlib
import re
import urllib.parse
import xml.etree.ElementTree

import pytest

import aws_model
from aws_model import OPERATIONS
from situations import NEVER_SUCCEEDS

CASES = pathlib.Path(__file__).resolve().parents[1] / "cases"

# What any operation may answer, declared or not (aws/errors.md#codes-and-statuses, aws/authentication.md#failures):
# code → status.
COMMON_ERRORS = {
    "AccessDenied": 403, "ExpiredToken": 403, "InvalidAction": 400, "InvalidClientTokenId": 403, "MalformedInput": 400,
    "ValidationError": 400,
}

# What was seen of AWS though its model doesn't say so: (operation, code) → (status, where).
UNDECLARED = {
    ("CreateRole", "ParamValidation"): (400, "aws/roles.md#createrole: sessions shorter than an hour"),
    ("UpdateRole", "ParamValidation"): (400, "aws/roles.md#createrole: sessions shorter than an hour"),
    ("AssumeRole", "InvalidParameterValue"): (400, "aws/sts.md#session-policies-and-tags: session tags"),
    ("GetFederationToken", "InvalidParameterValue"): (400, "aws/sts.md#session-policies-and-tags: session tags"),
}

# Where AWS goes against its model: (shape, member) that it requires → why it may be missing.
MISSING = {
    ("User", "Path"): "aws/devices.md#listvirtualmfadevices: root has none",
    ("User", "UserName"): "aws/devices.md#listvirtualmfadevices: root has none",
    ("MFADevice", "UserName"): "aws/devices.md#listmfadevices: root's own devices; not recorded",
}
# Shape → (values that are right all the same, why).
VALUES = {
    "PermissionsBoundaryAttachmentType": ("Policy", "aws/policies.md#permissions-boundaries: the wire goes before the model"),
    "idType": (r"\d{12}", "aws/shapes.md#where-aws-leaves-its-model: root's is the account's number"),
}

SCALARS = {
    "boolean": re.compile("true|false"),
    "integer": re.compile(r"-?\d+"),
    "timestamp": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"),
}


def replies():
    """(file, parameters of the call, status, body) of every golden reply."""
    for path in sorted(CASES.glob("*.case")):
        for block in re.split(r"^(?=[>@!~])", path.read_text(), flags=re.MULTILINE):
            if block.startswith("> "):
                call, status, body = block.split("\n", 2)
                yield path.name, dict(urllib.parse.parse_qsl(call[2:])), int(status), body


REPLIES = list(replies())


def tag(element):
    return element.tag.partition("}")[2]


def faults(shape, element, path):
    """What is wrong with an element, in words."""
    if shape.type_name == "structure":
        yield from faults_of_structure(shape, element, path)
    elif shape.type_name == "list":
        for child in element:
            if tag(child) != "member":
                yield f"{path} has a {tag(child)}"
            yield from faults(shape.member, child, path + "[]")
    elif shape.type_name == "map":
        for entry in element:
            if [tag(child) for child in entry] != ["key", "value"]:
                yield f"{path} has an entry that is none"
            for child, of in zip(entry, (shape.key, shape.value)):
                yield from faults(of, child, f"{path}.{tag(child)}")
    elif not is_value(shape, element.text or ""):
        yield f"{path} is no {shape.name}: {element.text!r}"


def faults_of_structure(shape, element, path):
    names = [tag(child) for child in element]
    if len(set(names)) < len(names):
        yield f"{path} says something twice: {names}"
    for name in set(shape.required_members) - set(names):
        if (shape.name, name) not in MISSING:
            yield f"{path} lacks {name}"
    if "IsTruncated" in shape.members:  # always told, and a marker only with it (aws/wire.md#success-envelope)
        truncated = element.findtext("{*}IsTruncated")
        if (truncated, "Marker" in names) not in (("true", True), ("false", False)):
            yield f"{path} is truncated: {truncated}, and has {names}"
    for child in element:
        if tag(child) in shape.members:
            yield from faults(shape.members[tag(child)], child, f"{path}.{tag(child)}")
        else:
            yield f"{path} has {tag(child)}, which the model doesn't know"


def is_value(shape, text):
    if shape.type_name in SCALARS:
        return SCALARS[shape.type_name].fullmatch(text) is not None
    if shape.type_name == "blob":
        return base64.b64encode(base64.b64decode(text)).decode() == text
    assert shape.type_name == "string", f"test_answers.py has no rule for the type {shape.type_name} of {shape.name}"
    if shape.name in VALUES and re.fullmatch(VALUES[shape.name][0], text):
        return True
    least, most = shape.metadata.get("min", 0), shape.metadata.get("max", len(text))
    return least <= len(text) <= most and aws_model.fits(shape, text) and text in (shape.enum or [text])


def successes(operation):
    return [body for _, call, status, body in REPLIES if status == 200 and call["Action"] == operation.name]


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one.name not in NEVER_SUCCEEDS], ids=repr)
def test_a_success_is_what_the_model_says(operation):
    assert successes(operation), (
        f"no golden case shows {operation} succeed: add `> Version={operation.version}&Action={operation}&…` to a file of "
        "tests/cases and run KEYFOB_UPDATE_CASES=1 build/release/tests/keyfob_tests")
    for body in successes(operation):
        root = xml.etree.ElementTree.fromstring(body)
        assert root.tag == f"{{{operation.xmlns}}}{operation}Response"
        parts = [tag(child) for child in root]
        if operation.output_shape is None:
            assert parts == ["ResponseMetadata"]
        else:
            assert parts == [operation.output_shape.serialization["resultWrapper"], "ResponseMetadata"]
            assert list(faults(operation.output_shape, root[0], tag(root[0]))) == []


@pytest.mark.parametrize("operation", OPERATIONS, ids=repr)
def test_an_error_is_one_that_it_declares_or_anyone_may_give(operation):
    allowed = {
        **COMMON_ERRORS,
        **{code: status for code, (status, _) in operation.errors.items()},
        **{code: status for (name, code), (status, _) in UNDECLARED.items() if name == operation.name},
    }
    for file, call, status, body in REPLIES:
        if call.get("Action") == operation.name and "<Code>" in body:
            code = re.search("<Code>(.*)</Code>", body)[1]
            assert allowed.get(code) == status, f"{file}: {operation} answered {status} {code}"
