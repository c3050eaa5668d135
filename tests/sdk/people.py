"""Users of an account: with a key of their own, and with phones that show codes."""

import json

from authenticator import Authenticator

# What STS says of codes (aws/sts.md#mfa-errors): the first ends with a space, the second has two after the full stop.
INVALID_CODE = "MultiFactorAuthentication failed with invalid MFA one time pass code. "
CANNOT_VALIDATE = ("MultiFactorAuthentication failed, unable to validate MFA code.  "
                   "Please verify your MFA serial number is valid and associated with this user.")


class Phone:
    """A virtual MFA device: its serial number, and the app that shows its codes."""

    def __init__(self, serial_number, app):
        self.serial_number = serial_number
        self._app = app

    def pair(self, *steps):
        """The two codes that enrolment asks for; without arguments the previous and the current one."""
        code1, code2 = self._app.codes(*(steps or (-1, 0)))
        return {"SerialNumber": self.serial_number, "AuthenticationCode1": code1, "AuthenticationCode2": code2}

    def claim(self, step=0):
        """What GetSessionToken and AssumeRole ask for."""
        return {"SerialNumber": self.serial_number, "TokenCode": self.code(step)}

    def code(self, step=0):
        return self._app.codes(step)[0]


class Person:
    """A user whom root made, with an access key."""

    def __init__(self, account, name):
        self.name = name
        self.arn = account.arn(f"user/{name}")
        self._account = account
        self._root.create_user(UserName=name)
        self.key = self._root.create_access_key(UserName=name)["AccessKey"]

    @property
    def _root(self):
        return self._account.client("iam")

    def may(self, *statements, name="Work"):
        """An inline policy of these statements."""
        self._root.put_user_policy(UserName=self.name, PolicyName=name, PolicyDocument=document(*statements))

    def given_a_phone(self, name="phone", steps=()):
        """A device that root enabled for this user."""
        made = self._root.create_virtual_mfa_device(VirtualMFADeviceName=name)["VirtualMFADevice"]
        phone = Phone(made["SerialNumber"], Authenticator.scan(self._account.control, made["QRCodePNG"]))
        self._root.enable_mfa_device(UserName=self.name, **phone.pair(*steps))
        return phone

    def client(self, service):
        return self._account.holder_of(self.key)(service)

    def session(self, phone=None, step=0, **options):
        """Credentials of GetSessionToken, with a code of the phone if one is given."""
        claim = phone.claim(step) if phone else {}
        return self.client("sts").get_session_token(**claim, **options)["Credentials"]


def role_with_mfa(account, name, person, *statements):
    """The ARN of a new role that the person may take with MFA, and which may do what the statements say."""
    root = account.client("iam")
    made = root.create_role(RoleName=name, AssumeRolePolicyDocument=trust(person.arn, **WITH_MFA))
    if statements:
        root.put_role_policy(RoleName=name, PolicyName="Work", PolicyDocument=document(*statements))
    return made["Role"]["Arn"]


def statement(effect, actions, resource="*", **condition):
    """statement("Allow", "iam:*", Bool={"aws:MultiFactorAuthPresent": "true"})"""
    made = {"Effect": effect, "Action": actions, "Resource": resource}
    return {**made, "Condition": condition} if condition else made


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def trust(principal_arn, actions="sts:AssumeRole", **condition):
    """The trust policy of a role for one principal."""
    allow = statement("Allow", actions, **condition)
    del allow["Resource"]
    return document({**allow, "Principal": {"AWS": principal_arn}})


# A condition: statement(…, **WITH_MFA)
WITH_MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
