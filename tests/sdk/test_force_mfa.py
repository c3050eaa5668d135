"""AWS's policy that forces MFA (aws/authorization.md#the-policy-that-forces-mfa), walked by the user it binds: with
boto3, and with the AWS CLI."""

import pathlib

import pytest
from botocore import xform_name
from botocore.exceptions import ClientError

from authenticator import Authenticator
from aws_cli import AwsCli
from people import Person, Phone, document, statement

pytestmark = pytest.mark.parametrize("server", ["--strict"], indirect=True)

ANY_DEVICE = "arn:aws:iam::*:mfa/*"
DEVICE_OF_ONES_NAME = "arn:aws:iam::*:mfa/${aws:username}"
ONESELF = "arn:aws:iam::*:user/${aws:username}"

WITHOUT_MFA = [
    "iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:GetUser", "iam:ListMFADevices",
    "iam:ListVirtualMFADevices", "iam:ResyncMFADevice", "sts:GetSessionToken",
]


def force_mfa(device_actions, device):
    return document(
        statement("Allow", "iam:ListVirtualMFADevices"),
        statement("Allow", device_actions, device),
        statement("Allow", ["iam:DeactivateMFADevice", "iam:EnableMFADevice", "iam:GetUser", "iam:ListMFADevices",
                            "iam:ResyncMFADevice"], ONESELF),
        {"Effect": "Deny", "NotAction": WITHOUT_MFA, "Resource": "*",
         "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}},
    )


CURRENT = force_mfa("iam:CreateVirtualMFADevice", ANY_DEVICE)
OLDER = force_mfa(["iam:CreateVirtualMFADevice", "iam:DeleteVirtualMFADevice"], DEVICE_OF_ONES_NAME)


class Refused(Exception):
    """With the line that the AWS CLI tells a refusal by."""


def line(code, action, message):
    return f"An error occurred ({code}) when calling the {action} operation: {message}"


class Boto3:
    def __init__(self, account, environment, folder):
        self._account = account

    def __call__(self, credentials, service, action, **parameters):
        try:
            return getattr(self._account.holder_of(credentials)(service), xform_name(action))(**parameters)
        except ClientError as error:
            raise Refused(line(error.response["Error"]["Code"], action, error.response["Error"]["Message"])) from error


class Cli:
    def __init__(self, account, environment, folder):
        self._cli = AwsCli(account.url, environment)
        self._picture = pathlib.Path(folder, "device.png")

    def __call__(self, credentials, service, action, **parameters):
        words = [service, xform_name(action, "-")]
        for name, value in parameters.items():
            words += [f"--{xform_name(name, '-')}", value]
        if action == "CreateVirtualMFADevice":
            words += ["--outfile", str(self._picture), "--bootstrap-method", "QRCodePNG"]
        answer, refusal = self._cli.attempt(credentials, *words)
        if refusal:
            raise Refused(refusal)
        if action == "CreateVirtualMFADevice":
            answer["VirtualMFADevice"]["QRCodePNG"] = self._picture.read_bytes()
        return answer


class Carol(Person):
    """Bound by the policy through her group; her own policy allows her work."""

    def __init__(self, account, tool, policy):
        super().__init__(account, "carol")
        self.account = account
        self._tool = tool
        self.may(statement("Allow", ["iam:ListUsers", "iam:ListAccessKeys"]))
        root = account.client("iam")
        root.create_group(GroupName="people")
        root.add_user_to_group(GroupName="people", UserName="carol")
        self.policy_arn = root.create_policy(PolicyName="ForceMFA", PolicyDocument=policy)["Policy"]["Arn"]
        root.attach_group_policy(GroupName="people", PolicyArn=self.policy_arn)

    def does(self, action, credentials=None, **parameters):
        service = "sts" if action in ("GetSessionToken", "GetCallerIdentity", "AssumeRole") else "iam"
        return self._tool(credentials or self.key, service, action, **parameters)

    def is_refused(self, text, action, credentials=None, code="AccessDenied", **parameters):
        with pytest.raises(Refused) as refused:
            self.does(action, credentials, **parameters)
        assert str(refused.value) == line(code, action, text)

    def is_denied(self, action, resource, **parameters):
        """By the policy's Deny."""
        self.is_refused(f"{self._not_authorized(action, resource)} with an explicit deny in an identity-based policy: "
                        f"{self.policy_arn}", action, **parameters)

    def lacks_permission(self, action, resource, **parameters):
        self.is_refused(f"{self._not_authorized(action, resource)} because no identity-based policy allows the "
                        f"iam:{action} action", action, **parameters)

    def _not_authorized(self, action, resource):
        return f"User: {self.arn} is not authorized to perform: iam:{action} on resource: {self.account.arn(resource)}"

    def makes_a_device(self, name, credentials=None):
        made = self.does("CreateVirtualMFADevice", credentials, VirtualMFADeviceName=name)["VirtualMFADevice"]
        return Phone(made["SerialNumber"], Authenticator.scan(self.account.control, made["QRCodePNG"]))

    def enables(self, phone, credentials=None):
        self.does("EnableMFADevice", credentials, UserName="carol", **phone.pair())

    def signs_in_with(self, phone):
        return self.does("GetSessionToken", **phone.claim())["Credentials"]

    def devices(self):
        """Her devices' names."""
        listed = self.does("ListMFADevices", UserName="carol")["MFADevices"]
        return {device["SerialNumber"].rpartition("/")[2] for device in listed}


@pytest.fixture(params=[Boto3, Cli])
def tool(request, account, environment, tmp_path):
    return request.param(account, environment, tmp_path)


def test_the_current_policy(account, tool):
    carol = Carol(account, tool, CURRENT)

    # Without a device: she may look at herself and enrol, nothing else, not even what her work allows.
    assert carol.does("GetUser")["User"]["UserName"] == "carol"
    assert carol.devices() == set()
    carol.is_denied("ListUsers", "user/")
    carol.is_denied("ListAccessKeys", "user/carol")
    carol.is_denied("CreateUser", "user/mallory", UserName="mallory")
    carol.lacks_permission("GetUser", "user/dave", UserName="dave")
    phone = carol.makes_a_device("carols-phone")
    carol.lacks_permission("EnableMFADevice", "user/dave", UserName="dave", **phone.pair())
    carol.is_refused("Authentication code for device is not valid.", "EnableMFADevice",
                     code="InvalidAuthenticationCode", UserName="carol", **phone.pair(0, 0))
    carol.enables(phone)
    assert carol.devices() == {"carols-phone"}

    # With one: her key alone can neither remove it nor add another.
    carol.is_denied("ListUsers", "user/")
    carol.is_denied("DeactivateMFADevice", "user/carol", UserName="carol", SerialNumber=phone.serial_number)
    tablet = carol.makes_a_device("carols-tablet")
    carol.is_refused("To complete this action, please ensure that you are authenticated with an MFA device that is "
                     "enabled for this user.", "EnableMFADevice", UserName="carol", **tablet.pair())
    without_code = carol.does("GetSessionToken")["Credentials"]
    assert carol.does("GetCallerIdentity", without_code)["Arn"] == carol.arn
    carol.is_refused("The security token included in the request is invalid", "GetUser", without_code,
                     code="InvalidClientTokenId")

    # With a session that a code opened: her work, and her devices.
    session = carol.signs_in_with(phone)
    assert [user["UserName"] for user in carol.does("ListUsers", session)["Users"]] == ["carol"]
    carol.lacks_permission("CreateUser", "user/mallory", credentials=session, UserName="mallory")
    carol.enables(tablet, session)
    assert carol.devices() == {"carols-phone", "carols-tablet"}
    carol.does("DeactivateMFADevice", session, UserName="carol", SerialNumber=phone.serial_number)
    assert carol.devices() == {"carols-tablet"}
    carol.lacks_permission("DeleteVirtualMFADevice", "mfa/carols-phone", credentials=session,
                           SerialNumber=phone.serial_number)

    # Her session keeps what it is till the account's clock ends it; the tablet opens the next one.
    carol.does("ListUsers", session)
    account.control.advance(12 * 3600)
    carol.is_refused("The security token included in the request is expired", "ListUsers", session, code="ExpiredToken")
    carol.does("ListUsers", carol.signs_in_with(tablet))


def test_the_older_policy_of_one_device_that_bears_the_users_name(account, tool):
    carol = Carol(account, tool, OLDER)

    carol.lacks_permission("CreateVirtualMFADevice", "mfa/carols-phone", VirtualMFADeviceName="carols-phone")
    phone = carol.makes_a_device("carol")
    carol.is_denied("DeleteVirtualMFADevice", "mfa/carol", SerialNumber=phone.serial_number)
    carol.enables(phone)
    carol.is_denied("DeactivateMFADevice", "user/carol", UserName="carol", SerialNumber=phone.serial_number)

    session = carol.signs_in_with(phone)
    carol.does("DeactivateMFADevice", session, UserName="carol", SerialNumber=phone.serial_number)
    carol.does("DeleteVirtualMFADevice", session, SerialNumber=phone.serial_number)
    carol.lacks_permission("DeleteVirtualMFADevice", "mfa/daves", credentials=session,
                           SerialNumber=account.arn("mfa/daves"))

    # She lost her phone and took a new one: as at first, with her key alone.
    new_phone = carol.makes_a_device("carol")
    carol.enables(new_phone)
    carol.does("ListUsers", carol.signs_in_with(new_phone))
