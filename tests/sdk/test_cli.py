"""The life of a device with an unmodified AWS CLI. A call of it takes half a second, so this is one life."""

import pytest

from authenticator import Authenticator
from aws_cli import AwsCli

# On the stricter server only: what it lets pass the other does too.
pytestmark = pytest.mark.parametrize("server", ["--verify-signatures"], indirect=True)


@pytest.fixture
def aws(account, environment):
    cli = AwsCli(account.url, environment)

    def call(*words, as_key=account.root_key):
        return cli.call(as_key, *words)

    def refuse(code, operation, message, *words):
        refusal = f"An error occurred ({code}) when calling the {operation} operation: {message}"
        assert cli.attempt(account.root_key, *words) == (None, refusal)

    call.refuse = refuse
    return call


def test_the_life_of_a_device(aws, account, tmp_path):
    aws("iam", "create-user", "--user-name", "alice")
    create = ["iam", "create-virtual-mfa-device", "--virtual-mfa-device-name", "phone"]
    picture = tmp_path / "phone.png"
    serial_number = aws(*create, "--path", "/team/", "--outfile", str(picture), "--bootstrap-method", "QRCodePNG",
                        "--tags", "Key=Team,Value=red team")["VirtualMFADevice"]["SerialNumber"]
    assert serial_number == account.arn("mfa/team/phone")
    phone = Authenticator.scan(account.control, picture.read_bytes())
    device = ["--user-name", "alice", "--serial-number", serial_number]

    def codes(*steps):
        code1, code2 = phone.codes(*steps)
        return ["--authentication-code1", code1, "--authentication-code2", code2]

    aws.refuse("EntityAlreadyExists", "CreateVirtualMFADevice", "MFA device already exists.",
               *create, "--path", "/team/", "--outfile", str(tmp_path / "x"), "--bootstrap-method", "QRCodePNG")
    aws.refuse("InvalidAuthenticationCode", "EnableMFADevice", "Authentication code for device is not valid.",
               "iam", "enable-mfa-device", *device, *codes(0, 0))
    aws("iam", "enable-mfa-device", *device, *codes(-1, 0))
    (listed,) = aws("iam", "list-mfa-devices", "--user-name", "alice")["MFADevices"]
    assert (listed["UserName"], listed["SerialNumber"]) == ("alice", serial_number)
    (listed,) = aws("iam", "list-virtual-mfa-devices", "--assignment-status", "Assigned")["VirtualMFADevices"]
    assert listed["User"]["Arn"] == account.arn("user/alice")

    account.control.advance(3600)
    aws("iam", "resync-mfa-device", *device, *codes(-1, 0))

    aws("iam", "tag-mfa-device", "--serial-number", serial_number, "--tags", "Key=team,Value=blue")
    aws("iam", "untag-mfa-device", "--serial-number", serial_number, "--tag-keys", "Team")
    tags = aws("iam", "list-mfa-device-tags", "--serial-number", serial_number)["Tags"]
    assert tags == [{"Key": "team", "Value": "blue"}]

    aws.refuse("DeleteConflict", "DeleteVirtualMFADevice", "MFA VirtualDevice in use. Must deactivate first.",
               "iam", "delete-virtual-mfa-device", "--serial-number", serial_number)
    aws("iam", "deactivate-mfa-device", *device)
    aws("iam", "delete-virtual-mfa-device", "--serial-number", serial_number)
    aws.refuse("NoSuchEntity", "DeactivateMFADevice",
               f"MFA Device with serial number {serial_number} does not exist.",
               "iam", "deactivate-mfa-device", *device)


def test_a_seed_in_a_file_enrols_a_user_by_his_own_key(aws, account, tmp_path):
    aws("iam", "create-user", "--user-name", "bob")
    bob = aws("iam", "create-access-key", "--user-name", "bob")["AccessKey"]
    assert aws("sts", "get-caller-identity", as_key=bob)["Arn"] == account.arn("user/bob")
    seed = tmp_path / "seed"
    made = aws("iam", "create-virtual-mfa-device", "--virtual-mfa-device-name", "bob", "--outfile", str(seed),
               "--bootstrap-method", "Base32StringSeed", as_key=bob)
    code1, code2 = Authenticator(account.control, seed.read_text()).codes(0, 1)
    aws("iam", "enable-mfa-device", "--user-name", "bob", "--serial-number",
        made["VirtualMFADevice"]["SerialNumber"], "--authentication-code1", code1, "--authentication-code2", code2,
        as_key=bob)
    # --max-items and --page-size are the CLI's own pagination over MaxItems and Marker.
    for name in ("one", "two"):
        account.client("iam").create_virtual_mfa_device(VirtualMFADeviceName=name)
    page = aws("iam", "list-virtual-mfa-devices", "--page-size", "1", "--max-items", "2")
    assert len(page["VirtualMFADevices"]) == 2
    rest = aws("iam", "list-virtual-mfa-devices", "--page-size", "1", "--starting-token", page["NextToken"])
    assert len(rest["VirtualMFADevices"]) == 1
