"""The signatures in tests/vectors are still what botocore's signer makes of the same requests."""

import pathlib
import sys

import pytest

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "vectors" / "sigv4"
sys.path.insert(0, str(FOLDER))

import make


def test_each_case_has_its_folder():
    assert {path.name for path in FOLDER.iterdir() if (path / "request.http").exists()} == set(make.CASES)


@pytest.mark.parametrize("name", make.CASES)
def test_a_vector_is_botocores(name):
    for file, text in make.CASES[name].stages().items():
        assert (FOLDER / name / file).read_bytes().decode() == text, file
