"""What AWS's service model asks of a request and how AWS complains (aws/errors.md#validation-errors), told without

The model is that of the installed botocore; of its operations those count that keyfob declares.
"""

import functools
import json
import re
import subprocess
import sys
import unicodedata

import botocore.session

import keyfob_server

NAME_PROSE = "It must contain only alphanumeric characters and/or the following: +=,.@_-"

# IAM's prose instead of the pattern (aws/errors.md#prose-instead-of-a-pattern), by the pattern as the model spells it.
PROSE = {
    r"[\w+=,.@-]+": NAME_PROSE,
    r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)":
        "It must begin and end with / and contain only alphanumeric characters and/or / characters.",
    r"\u002F[\u0021-\u007F]*":
        "It must begin with the / character and contain only alphanumeric characters and/or / characters.",
}
PROSE_BY_SHAPE = {"accessKeyIdType": "It must contain only alphanumeric characters."}

# Where AWS was seen to go beyond its model: (shape, constraint) → why the walk does not ask.
UNASKED = {
    ("sourceIdentityType", "max"): "aws/shapes.md#where-aws-leaves-its-model: the model says 64, AWS was seen to take 256",
    ("roleMaxSessionDurationType", "min"): "aws/roles.md#createrole: ParamValidation, whose message is not recorded",
}

# Texts that fit some pattern: what goes before, what is repeated, what goes after.
TEMPLATES = [("", "a", ""), ("", "1", ""), ("/", "", ""), ("/", "a", "/"), ("/", "a", ""), ("v", "1", "")]

# Beyond Latin Extended-A: a space, a line separator, digits, a letter, and two that need four bytes of UTF-8.
FAR_CHARACTERS = "\u3000\u2028\u0660\uff11\u4e00\u200b\U0001d7d8\U0001f600"


@functools.cache
def _class_body(major):
    """The characters of a Unicode category (`L` for \\p{L}) as the inside of a character class."""
    ranges = []
    for point in range(sys.maxunicode + 1):
        if unicodedata.category(chr(point)).startswith(major):
            if ranges and ranges[-1][1] == point - 1:
                ranges[-1][1] = point
            else:
                ranges.append([point, point])
    return "".join(rf"\U{first:08x}-\U{last:08x}" for first, last in ranges)


@functools.cache
def _regex(pattern):
    return re.compile(re.sub(r"\\p\{(\w)\}", lambda found: _class_body(found[1]), pattern), re.ASCII)


def fits(shape, text):
    pattern = shape.metadata.get("pattern")
    return pattern is None or _regex(pattern).fullmatch(text) is not None


def bound(shape, which):
    """The least or most of a shape; none where there is none or the walk does not ask."""
    return None if (shape.name, which) in UNASKED else shape.metadata.get(which)


def text_of_length(shape, length):
    """A text of that many characters, one that fits the pattern if any of the templates does."""
    for head, fill, tail in TEMPLATES:
        text = head + fill * (length - len(head + tail)) + tail
        if len(text) == length and fits(shape, text):
            return text
    return "a" * length


def sample(shape):
    """A small value that nothing is wrong with."""
    if shape.type_name == "structure":
        return {name: sample(shape.members[name]) for name in shape.required_members}
    if shape.type_name == "list":
        return [sample(shape.member)] * max(1, shape.metadata.get("min", 0))
    if shape.type_name == "integer":
        return str(shape.metadata.get("min", 1))
    if shape.type_name == "boolean":
        return "true"
    assert shape.type_name == "string", f"aws_model has no rule for the type {shape.type_name} of {shape.name}"
    if shape.enum:
        return shape.enum[0]
    least = max(1, shape.metadata.get("min", 0))
    for length in range(least, min(shape.metadata.get("max", least + 9), least + 9) + 1):
        if fits(shape, text := text_of_length(shape, length)):
            return text
    raise AssertionError(f"aws_model.TEMPLATES has nothing for {shape.name}, {shape.metadata}: add something")


def form(value, name=""):
    """An input as the parameters of a form; None leaves a gap."""
    if isinstance(value, dict):
        return [pair for key, one in value.items() for pair in form(one, f"{name}.{key}" if name else key)]
    if isinstance(value, list):
        return [pair for index, one in enumerate(value, 1) for pair in form(one, f"{name}.member.{index}")]
    return [] if value is None else [(name, value)]


class Complaints:
    """All that AWS's model has against an input."""

    def __init__(self, service, shape, value):
        self._echoes = service == "sts"
        self.items = []  # the standard texts, in no order
        self.prose = []
        self.malformed = False
        self._read_structure(shape, value, "")

    def __bool__(self):
        return bool(self.items or self.prose or self.malformed)

    def _add(self, path, value, constraint):
        echo = "" if not self._echoes else "null " if value is None else f"'{value}' "
        self.items.append(f"Value {echo}at '{path}' failed to satisfy constraint: {constraint}")

    def _read_structure(self, shape, value, prefix):
        for name, member in shape.members.items():
            self._read(member, (value or {}).get(name), prefix + name[0].lower() + name[1:],
                       name in shape.required_members)

    def _read(self, shape, value, path, required):
        if value is None:
            if required:
                self._add(path, None, "Member must not be null")
        elif shape.type_name == "list":
            self._read_list(shape, value, path)
        elif shape.type_name == "structure":
            self._read_structure(shape, value, path + ".")
        elif shape.type_name == "integer":
            self._read_integer(shape, value, path)
        elif shape.type_name == "boolean":
            self.malformed |= value not in ("true", "false", "1", "0")
        else:
            self._read_string(shape, value, path)

    def _measure(self, shape, path, value, size, what):
        least, most = bound(shape, "min"), bound(shape, "max")
        if least is not None and size < least:
            self._add(path, value, f"Member must have {what} greater than or equal to {least}")
        if most is not None and size > most:
            self._add(path, value, f"Member must have {what} less than or equal to {most}")

    def _read_integer(self, shape, value, path):
        if not re.fullmatch(r"\+?\d+|-\d+", value) or not -(2**31) <= int(value) < 2**31:
            self.malformed = True
        else:
            self._measure(shape, path, value, int(value), "value")

    def _read_string(self, shape, value, path):
        before = len(self.items)
        self._measure(shape, path, value, len(value), "length")
        if shape.enum and value not in shape.enum:
            self._add(path, value, "Member must satisfy enum value set")
        if fits(shape, value):
            return
        pattern = shape.metadata["pattern"]
        prose = None if self._echoes else PROSE.get(pattern) or PROSE_BY_SHAPE.get(shape.name)
        if prose is None:
            self._add(path, value, f"Member must satisfy regular expression pattern: {pattern}")
        elif before == len(self.items):
            self.prose.append(f"The specified value for {path} is invalid. {prose}")

    def _read_list(self, shape, value, path):
        self._measure(shape, path, "[…]", len(value), "length")
        if shape.member.type_name == "structure":
            for index, element in enumerate(value, 1):
                self._read_structure(shape.member, element, f"{path}.{index}.member.")
        elif any(self._is_wrong(shape.member, element) for element in value):
            self._add(path, "[…]", f"Member must satisfy constraint: [{', '.join(self._element_rules(shape.member))}]")

    def _is_wrong(self, shape, element):
        if element is None:
            return True
        within = (bound(shape, "min") or 0) <= len(element) <= (bound(shape, "max") or len(element))
        return not within or not fits(shape, element) or bool(shape.enum and element not in shape.enum)

    @staticmethod
    def _element_rules(shape):
        """What an element of a list of scalars must be: all of it is told, whatever is wrong."""
        if shape.enum:
            return [f"Member must satisfy enum value set: [{', '.join(shape.enum)}]"]
        rules = []
        if "max" in shape.metadata:
            rules.append(f"Member must have length less than or equal to {shape.metadata['max']}")
        if "min" in shape.metadata:
            rules.append(f"Member must have length greater than or equal to {shape.metadata['min']}")
        if "pattern" in shape.metadata:
            rules.append(f"Member must satisfy regular expression pattern: {shape.metadata['pattern']}")
        return [*rules, "Member must not be null"]


class Operation:
    """One that keyfob declares, as botocore's model has it."""

    def __init__(self, declared, model):
        self.name = declared["name"]
        self.service = declared["service"]
        self.version = model.service_model.api_version
        self.xmlns = model.service_model.metadata["xmlNamespace"]
        self.input_shape = model.input_shape
        self.output_shape = model.output_shape
        # The declared errors, as code → (status, name of the exception class).
        self.errors = {
            shape.metadata["error"]["code"]: (shape.metadata["error"]["httpStatusCode"], shape.name)
            for shape in model.error_shapes
            if any(error["code"] == shape.metadata["error"]["code"] for error in declared["errors"])
        }
        self._known = set(declared["input"])

    def __repr__(self):
        return self.name

    @property
    def members(self):
        """Those that keyfob knows; a later model's others are ignored, as unknown parameters are."""
        shapes = self.input_shape.members if self.input_shape else {}
        return {name: shape for name, shape in shapes.items() if name in self._known}

    @property
    def required(self):
        return self.input_shape.required_members if self.input_shape else []

    def sample(self):
        return sample(self.input_shape) if self.input_shape else {}

    def complaints(self, value):
        return Complaints(self.service, self.input_shape, value)


def _operations():
    session = botocore.session.get_session()
    models = {name: session.get_service_model(name) for name in ("iam", "sts")}
    return [
        Operation(declared, models[declared["service"]].operation_model(declared["name"]))
        for declared in DECLARED
        if declared["name"] in models[declared["service"]].operation_names
    ]


DECLARED = json.loads(subprocess.run(
    [keyfob_server.BINARY, "operations", "--json"], check=True, stdout=subprocess.PIPE, timeout=keyfob_server.PATIENCE
).stdout)["operations"]
OPERATIONS = _operations()  # those of DECLARED that this botocore knows
