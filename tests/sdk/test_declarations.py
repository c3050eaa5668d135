"""Every operation's declaration against AWS's own service model, as the installed botocore carries it."""

import json
import subprocess
import warnings

import botocore.session
import pytest

from keyfob_server import BINARY

DECLARED = json.loads(subprocess.run([BINARY, "operations", "--json"], check=True, stdout=subprocess.PIPE).stdout)

SESSION = botocore.session.get_session()
MODELS = {name: SESSION.get_service_model(name) for name in ("iam", "sts")}

# Where AWS was seen to go beyond its model (aws/shapes.md#where-aws-leaves-its-model).
MOST = {"sourceIdentityType": 256}


def compare_shape(path, ours, theirs):
    assert ours["shape"] == theirs.name, path
    if theirs.type_name in ("string", "integer", "list"):
        assert ours.get("min", 0) == theirs.metadata.get("min", 0), f"{path}: least"
        assert ours.get("max") == MOST.get(theirs.name, theirs.metadata.get("max")), f"{path}: most"
    if theirs.type_name == "string":
        assert ours.get("pattern") == theirs.metadata.get("pattern"), f"{path}: pattern"
        assert sorted(ours.get("enum", [])) == sorted(theirs.enum), f"{path}: values"
    if theirs.type_name == "list":
        compare_shape(f"{path}[]", ours["element"], theirs.member)
    if theirs.type_name == "structure":
        assert set(ours["fields"]) == set(theirs.members), f"{path}: fields"
        for name, member in theirs.members.items():
            assert ours["fields"][name]["required"] == (name in theirs.required_members), f"{path}.{name}"
            compare_shape(f"{path}.{name}", ours["fields"][name], member)


@pytest.mark.parametrize("declared", DECLARED["operations"], ids=lambda one: one["name"])
def test_a_declaration_is_the_models(declared):
    model = MODELS[declared["service"]]
    if declared["name"] not in model.operation_names:
        pytest.skip(f"this botocore doesn't know {declared['name']}")
    operation = model.operation_model(declared["name"])
    members = operation.input_shape.members if operation.input_shape else {}
    required = operation.input_shape.required_members if operation.input_shape else []
    # AWS adds members as it goes; keyfob ignores those it doesn't know, as AWS does with any. None is ever required.
    assert set(declared["input"]) <= set(members)
    assert set(required) <= set(declared["input"])
    if newer := set(members) - set(declared["input"]):
        warnings.warn(f"{declared['name']} has members that keyfob ignores: {sorted(newer)}", stacklevel=1)
    for name in declared["input"]:
        shape = members[name]
        assert declared["input"][name]["required"] == (name in required), name
        compare_shape(name, declared["input"][name], shape)

    errors = {
        (shape.metadata["error"]["code"], shape.metadata["error"]["httpStatusCode"]) for shape in operation.error_shapes
    }
    told = {(error["code"], error["status"]) for error in declared["errors"]}
    assert told <= errors
    if newer := errors - told:
        warnings.warn(f"{declared['name']} may give errors that keyfob doesn't know: {sorted(newer)}", stacklevel=1)
    assert declared["hasResult"] == (operation.output_shape is not None)
