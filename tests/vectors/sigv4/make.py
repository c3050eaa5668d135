#!/usr/bin/env python3
"""Makes the vectors beside this file with botocore's signer, which keyfob shares nothing with.

A folder is a case; request.http is the signed request, the other files are the stages of its signature. The secret of all
of them is the one in AWS's documentation, the time is noon of the first day of 2026. Run it to add a case, and read what
changed: what is there must not.
"""

import dataclasses
import datetime
import pathlib
import shutil
from unittest import mock

from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

HERE = pathlib.Path(__file__).resolve().parent
KEY, SECRET = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
NOON = datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.timezone.utc)
IDENTITY = "Action=GetCallerIdentity&Version=2011-06-15"
FORM = ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
UNRESERVED = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
TOKEN = "FwoGZXIvYXdzEXAMPLE//////////wEaDFexample+token/with=signs=="


class HashSendingAuth(SigV4Auth):
    """Sends the body's hash along, as some signers do."""

    def _modify_request_before_signing(self, request):
        super()._modify_request_before_signing(request)
        request.headers["X-Amz-Content-SHA256"] = self.payload(request)


def presigner(credentials, service, region):
    return SigV4QueryAuth(credentials, service, region, expires=900)


@dataclasses.dataclass
class Case:
    method: str = "GET"
    target: str = "/"
    headers: list = ()
    body: str = ""
    service: str = "iam"
    region: str = "us-east-1"
    token: str = None
    auth: callable = SigV4Auth

    def stages(self):
        """The text of each file."""
        signer = self.auth(Credentials(KEY, SECRET, self.token), self.service, self.region)
        host = f"{self.service}.amazonaws.com"
        request = AWSRequest(self.method, f"https://{host}{self.target}", data=self.body.encode())
        for header in self.headers:
            request.headers.add_header(*header)
        told = {}

        def overhear(stage):
            method = getattr(signer, stage)

            def overheard(*arguments):
                told[stage] = method(*arguments)
                return told[stage]

            return mock.patch.object(signer, stage, overheard)

        with mock.patch("botocore.auth.get_current_datetime", lambda: NOON), \
                overhear("canonical_request"), overhear("string_to_sign"), overhear("signature"):
            signer.add_auth(request)
        lines = [f"{self.method} {request.url.split(host, 1)[1]} HTTP/1.1", f"Host:{host}"]
        lines += [f"{name}:{value}" for name, value in request.headers.items()]
        return {
            "request.http": "\n".join([*lines, "", self.body]),
            "canonical_request.txt": told["canonical_request"],
            "string_to_sign.txt": told["string_to_sign"],
            "authorization.txt": request.headers["Authorization"] or told["signature"],
        }


def query(text):
    return Case(target="/?" + text)


def headers(*pairs):
    return Case(headers=pairs)


def post_form(body=IDENTITY, **more):
    return Case("POST", headers=[FORM], body=body, **more)


def presigned(**more):
    return Case(target="/?" + IDENTITY, service="sts", auth=presigner, **more)


CASES = {
    "get-vanilla": Case(),
    "get-vanilla-query": query("Action=ListUsers&Version=2010-05-08"),
    "get-vanilla-query-order-key": query("Param2=value2&Param1=value1&Param10=x"),
    "get-vanilla-query-order-key-case": query("b=1&B=2&a=3&A=4"),
    "get-vanilla-query-order-value": query("Param1=value2&Param1=Value1&Param1=value1"),
    "get-vanilla-query-order-encoded": query("a%2Bb=1&a.b=2&a%20b=3&a=4"),
    "get-vanilla-query-unreserved": query(f"{UNRESERVED}={UNRESERVED}"),
    "get-vanilla-query-empty-value": query("Action=ListUsers&Marker=&Version=2010-05-08"),
    "get-vanilla-query-reserved": query("Path=%2Fa%2F%20%2B%3D%26%25%2F"),
    "get-vanilla-utf8-query": query("%E1%88%B4=bar&UserName=%C3%A9"),
    "get-utf8": Case(target="/%E1%88%B4"),
    "get-space": Case(target="/example%20space/"),
    "get-unreserved": Case(target="/" + UNRESERVED),
    "get-relative": Case(target="/example/.."),
    "get-relative-relative": Case(target="/example1/example2/../.."),
    "get-slash": Case(target="//"),
    "get-slash-dot-slash": Case(target="/./"),
    "get-slash-pointless-dot": Case(target="/./example"),
    "get-slashes": Case(target="//example//"),
    "get-header-key-duplicate": headers(("My-Header1", "value2"), ("My-Header1", "value1")),
    "get-header-value-order": headers(("My-Header1", "value4"), ("My-Header1", "value1"), ("My-Header1", "value3")),
    "get-header-value-trim": headers(("My-Header1", " value1  "), ("My-Header2", ' "a   b   c" ')),
    "get-header-value-tab": headers(("My-Header1", "a \t b")),
    "get-header-value-empty": headers(("My-Header1", "")),
    "post-vanilla": Case("POST"),
    "post-header-key-case": Case("POST", headers=[("MY-header1", "Value1")]),
    "post-x-www-form-urlencoded": post_form(),
    "post-form-and-query": post_form("Action=GetCallerIdentity", target="/?Version=2011-06-15"),
    "post-form-utf8": post_form("Action=TagUser&Version=2010-05-08&UserName=é"),
    "post-session-token": post_form(token=TOKEN),
    "post-content-sha256": post_form(auth=HashSendingAuth),
    "post-sts-in-a-region": post_form(service="sts", region="eu-central-1"),
    "presigned": presigned(),
    "presigned-session-token": presigned(token=TOKEN),
    "presigned-with-header": presigned(headers=[("X-K8s-Aws-Id", "a cluster")]),
}


def main():
    for folder in HERE.iterdir():
        if folder.is_dir():
            shutil.rmtree(folder)
    for name, case in CASES.items():
        (HERE / name).mkdir()
        for file, text in case.stages().items():
            (HERE / name / file).write_bytes(text.encode())


if __name__ == "__main__":
    main()
