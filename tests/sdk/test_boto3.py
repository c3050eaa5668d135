"""The life of a device with an unmodified boto3. Texts and statuses are those of docs/aws."""

import urllib.parse

import botocore.exceptions
import pytest

from authenticator import Authenticator, read_qr

INVALID_CODE = "Authentication code for device is not valid."


@pytest.fixture
def alice(iam):
    iam.create_user(UserName="alice")
    return "alice"


def create(account, iam, name="phone", **more):
    """A virtual device, as (serial number, authenticator that scanned its QR code)."""
    device = iam.create_virtual_mfa_device(VirtualMFADeviceName=name, **more)["VirtualMFADevice"]
    return device["SerialNumber"], Authenticator.scan(account.control, device["QRCodePNG"])


def enable(iam, user, serial_number, phone, steps=(-1, 0)):
    code1, code2 = phone.codes(*steps)
    iam.enable_mfa_device(
        UserName=user, SerialNumber=serial_number, AuthenticationCode1=code1, AuthenticationCode2=code2
    )


@pytest.fixture
def enabled(account, iam, alice):
    serial_number, phone = create(account, iam)
    enable(iam, alice, serial_number, phone)
    return serial_number, phone


def refused(code, status, message, call, *args, **kwargs):
    """The call fails with exactly this, as the class that boto3 has for it where it has one."""
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(*args, **kwargs)
    response = caught.value.response
    assert response["Error"]["Code"] == code
    assert response["Error"]["Message"] == message
    assert response["ResponseMetadata"]["HTTPStatusCode"] == status
    return caught.value


def serial_numbers(devices):
    return sorted(device["SerialNumber"] for device in devices)


def test_a_new_device_shows_its_seed_and_qr_code_once(account, iam):
    device = iam.create_virtual_mfa_device(VirtualMFADeviceName="phone", Path="/team/")["VirtualMFADevice"]
    assert set(device) == {"SerialNumber", "Base32StringSeed", "QRCodePNG"}
    assert device["SerialNumber"] == account.arn("mfa/team/phone")
    assert Authenticator.scan(account.control, device["QRCodePNG"]).seed == device["Base32StringSeed"].decode()
    assert len(device["Base32StringSeed"]) == 64
    assert iam.list_virtual_mfa_devices()["VirtualMFADevices"] == [{"SerialNumber": device["SerialNumber"]}]


@pytest.mark.parametrize(
    "name",
    ["phone", "A" * 16, "ALICE-2026.PHONE", "before-ALICE-2026.PHONE-after", "+=,@" * 8, "0" * 226, "x" * 226],
)
def test_a_qr_code_says_its_uri_whatever_the_name(account, iam, name):
    device = iam.create_virtual_mfa_device(VirtualMFADeviceName=name)["VirtualMFADevice"]
    label, issuer = urllib.parse.quote(name, safe="@"), "Amazon%20Web%20Services"
    assert read_qr(device["QRCodePNG"]) == (
        f"otpauth://totp/{issuer}:{label}@{account.id}"
        f"?secret={device['Base32StringSeed'].decode()}&issuer={issuer}"
    )


def test_a_name_is_taken_once(iam):
    iam.create_virtual_mfa_device(VirtualMFADeviceName="phone")
    error = refused("EntityAlreadyExists", 409, "MFA device already exists.",
                    iam.create_virtual_mfa_device, VirtualMFADeviceName="phone")
    assert isinstance(error, iam.exceptions.EntityAlreadyExistsException)


def test_the_previous_and_the_current_code_enable(account, iam, alice, enabled):
    serial_number, _ = enabled
    (device,) = iam.list_mfa_devices(UserName=alice)["MFADevices"]
    assert (device["UserName"], device["SerialNumber"]) == (alice, serial_number)
    assert device["EnableDate"].isoformat()[:19] == account.control.now()[:19]
    (virtual,) = iam.list_virtual_mfa_devices(AssignmentStatus="Assigned")["VirtualMFADevices"]
    assert virtual["User"]["Arn"] == account.arn("user/alice")
    assert iam.list_virtual_mfa_devices(AssignmentStatus="Unassigned")["VirtualMFADevices"] == []


def test_the_current_and_the_next_code_enable(account, iam, alice):
    serial_number, phone = create(account, iam)
    enable(iam, alice, serial_number, phone, steps=(0, 1))
    assert serial_numbers(iam.list_mfa_devices(UserName=alice)["MFADevices"]) == [serial_number]


@pytest.mark.parametrize("steps", [(0, 0), (0, -1), (-2, 0), (1200, 1201)], ids=str)
def test_other_pairs_are_refused(account, iam, alice, steps):
    serial_number, phone = create(account, iam)
    code1, code2 = phone.codes(*steps)
    error = refused("InvalidAuthenticationCode", 403, INVALID_CODE, iam.enable_mfa_device, UserName=alice,
                    SerialNumber=serial_number, AuthenticationCode1=code1, AuthenticationCode2=code2)
    assert isinstance(error, iam.exceptions.InvalidAuthenticationCodeException)
    assert iam.list_mfa_devices(UserName=alice)["MFADevices"] == []


def test_a_device_whose_clock_ran_away_is_brought_back_by_resync(account, iam, alice, enabled):
    serial_number, phone = enabled
    # Hours later the phone is 999 steps behind, just too far to be found (aws/codes.md#pairs-of-codes).
    account.control.advance(10 * 3600)
    code1, code2 = phone.codes(-1000, -999)
    error = refused("InvalidAuthenticationCode", 403, INVALID_CODE, iam.resync_mfa_device, UserName=alice,
                    SerialNumber=serial_number, AuthenticationCode1=code1, AuthenticationCode2=code2)
    assert isinstance(error, iam.exceptions.InvalidAuthenticationCodeException)
    code1, code2 = phone.codes(-999, -998)
    iam.resync_mfa_device(UserName=alice, SerialNumber=serial_number,
                          AuthenticationCode1=code1, AuthenticationCode2=code2)
    # A pair opens once.
    refused("InvalidAuthenticationCode", 403, INVALID_CODE, iam.resync_mfa_device, UserName=alice,
            SerialNumber=serial_number, AuthenticationCode1=code1, AuthenticationCode2=code2)


def test_resync_keeps_the_day_of_enabling(account, iam, alice, enabled):
    serial_number, phone = enabled
    before = iam.list_mfa_devices(UserName=alice)["MFADevices"]
    account.control.advance(3600)
    code1, code2 = phone.codes(-1, 0)
    iam.resync_mfa_device(UserName=alice, SerialNumber=serial_number,
                          AuthenticationCode1=code1, AuthenticationCode2=code2)
    assert iam.list_mfa_devices(UserName=alice)["MFADevices"] == before


def test_deactivated_a_device_can_be_enabled_again_with_new_codes(account, iam, alice, enabled):
    serial_number, phone = enabled
    iam.deactivate_mfa_device(UserName=alice, SerialNumber=serial_number)
    assert iam.list_mfa_devices(UserName=alice)["MFADevices"] == []
    assert iam.list_virtual_mfa_devices()["VirtualMFADevices"] == [{"SerialNumber": serial_number}]
    refused("NoSuchEntity", 404, "MFA Device invalid for user.",
            iam.deactivate_mfa_device, UserName=alice, SerialNumber=serial_number)
    account.control.advance(60)
    enable(iam, alice, serial_number, phone)
    assert serial_numbers(iam.list_mfa_devices(UserName=alice)["MFADevices"]) == [serial_number]


def test_a_device_in_use_is_not_deleted(iam, alice, enabled):
    serial_number, _ = enabled
    error = refused("DeleteConflict", 409, "MFA VirtualDevice in use. Must deactivate first.",
                    iam.delete_virtual_mfa_device, SerialNumber=serial_number)
    assert isinstance(error, iam.exceptions.DeleteConflictException)
    iam.deactivate_mfa_device(UserName=alice, SerialNumber=serial_number)
    iam.delete_virtual_mfa_device(SerialNumber=serial_number)
    assert iam.list_virtual_mfa_devices()["VirtualMFADevices"] == []
    error = refused("NoSuchEntity", 404, f"MFA Device with serial number {serial_number} does not exist.",
                    iam.delete_virtual_mfa_device, SerialNumber=serial_number)
    assert isinstance(error, iam.exceptions.NoSuchEntityException)


def test_a_user_with_a_device_is_not_deleted(iam, alice, enabled):
    refused("DeleteConflict", 409, "Cannot delete entity, must remove tokens from principal first.",
            iam.delete_user, UserName=alice)


def test_a_device_has_one_user(account, iam, alice, enabled):
    serial_number, _ = enabled
    iam.create_user(UserName="bob")
    some = {"SerialNumber": serial_number, "AuthenticationCode1": "000000", "AuthenticationCode2": "000000"}
    refused("EntityAlreadyExists", 409, "MFA Device for user alice already exists.",
            iam.enable_mfa_device, UserName=alice, **some)
    refused("EntityAlreadyExists", 409, "MFA Device is already in use.",
            iam.enable_mfa_device, UserName="bob", **some)
    refused("NoSuchEntity", 404, "The user with name carol cannot be found.",
            iam.enable_mfa_device, UserName="carol", **some)
    refused("NoSuchEntity", 404, "MFA Device invalid for user.",
            iam.deactivate_mfa_device, UserName="bob", SerialNumber=serial_number)
    refused("NoSuchEntity", 404, "The user with name carol cannot be found.",
            iam.list_mfa_devices, UserName="carol")


def test_a_user_has_eight_devices_at_most(account, iam, alice):
    for number in range(8):
        enable(iam, alice, *create(account, iam, f"phone-{number}"))
    serial_number, phone = create(account, iam, "phone-8")
    with pytest.raises(iam.exceptions.LimitExceededException) as caught:
        enable(iam, alice, serial_number, phone)
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 409
    assert len(iam.list_mfa_devices(UserName=alice)["MFADevices"]) == 8
    pages = list(iam.get_paginator("list_mfa_devices").paginate(UserName=alice, PaginationConfig={"PageSize": 3}))
    assert [len(page["MFADevices"]) for page in pages] == [3, 3, 2]


def test_tag_keys_of_a_device_are_case_sensitive(account, iam):
    serial_number, _ = create(account, iam, Tags=[{"Key": "Team", "Value": "red"}])
    iam.tag_mfa_device(SerialNumber=serial_number, Tags=[
        {"Key": "team", "Value": "blue"}, {"Key": "note", "Value": "a b+c=d/é_.:-@"}, {"Key": "empty", "Value": ""}])
    iam.tag_mfa_device(SerialNumber=serial_number, Tags=[{"Key": "Team", "Value": "green"}])

    def tags():
        return {tag["Key"]: tag["Value"] for tag in iam.list_mfa_device_tags(SerialNumber=serial_number)["Tags"]}

    assert tags() == {"Team": "green", "team": "blue", "note": "a b+c=d/é_.:-@", "empty": ""}
    iam.untag_mfa_device(SerialNumber=serial_number, TagKeys=["team", "unknown"])
    assert tags() == {"Team": "green", "note": "a b+c=d/é_.:-@", "empty": ""}
    refused("InvalidInput", 400, "Tag keys beginning with aws: are reserved for system use.",
            iam.tag_mfa_device, SerialNumber=serial_number, Tags=[{"Key": "aws:x", "Value": ""}])
    refused("InvalidInput", 400, "Duplicate tag keys found.", iam.tag_mfa_device, SerialNumber=serial_number,
            Tags=[{"Key": "x", "Value": "1"}, {"Key": "x", "Value": "2"}])


@pytest.mark.parametrize("page_size", [1, 2])
def test_paginators_see_every_item_once(account, iam, page_size):
    tags = [{"Key": key, "Value": key} for key in ("a", "b", "c")]
    made = [create(account, iam, name, Tags=tags)[0] for name in ("one", "two", "three")]
    page = {"PageSize": page_size}
    pages = list(iam.get_paginator("list_virtual_mfa_devices").paginate(PaginationConfig=page))
    assert all(len(one["VirtualMFADevices"]) <= page_size for one in pages)
    assert serial_numbers(device for one in pages for device in one["VirtualMFADevices"]) == sorted(made)
    pages = iam.get_paginator("list_mfa_device_tags").paginate(SerialNumber=made[0], PaginationConfig=page)
    assert sorted(tag["Key"] for one in pages for tag in one["Tags"]) == ["a", "b", "c"]
    refused("ValidationError", 400, "Invalid Marker.", iam.list_virtual_mfa_devices, Marker="garbage")


def test_a_page_holds_a_hundred_unless_asked_otherwise(account, iam):
    users = [{"userName": f"user-{number:03}"} for number in range(101)]
    account.control.call("PUT", "state", {"version": 1, "users": users})
    page = iam.list_users()
    assert (len(page["Users"]), page["IsTruncated"]) == (100, True)
    rest = iam.list_users(Marker=page["Marker"], MaxItems=1000)
    assert ([user["UserName"] for user in rest["Users"]], rest["IsTruncated"]) == (["user-100"], False)
    assert len(iam.list_users(MaxItems=1000)["Users"]) == 101


def test_get_mfa_device_knows_security_keys_only(account, iam, alice, enabled):
    if "GetMFADevice" not in iam.meta.service_model.operation_names:
        pytest.skip("this system's boto3 is too old to know GetMFADevice")
    serial_number, _ = enabled
    refused("ValidationError", 400,
            "The MFA device serial number sent in the request is invalid or not supported by this API. Currently, "
            "only hardware FIDO security keys are supported. Please use the compatible device or API.",
            iam.get_mfa_device, SerialNumber=serial_number)
    key = account.control.call("POST", "devices", {
        "type": "fido", "userName": alice, "name": "key1", "certifications": {"FIDO": "L1"}})["serialNumber"]
    device = iam.get_mfa_device(SerialNumber=key, UserName=alice)
    assert (device["SerialNumber"], device["UserName"]) == (key, alice)
    assert device["Certifications"] == {"FIDO": "L1"}
    assert serial_numbers(iam.list_mfa_devices(UserName=alice)["MFADevices"]) == sorted([serial_number, key])
    assert serial_numbers(iam.list_virtual_mfa_devices()["VirtualMFADevices"]) == [serial_number]


def test_a_hardware_token_from_the_shelf_is_enabled_by_its_serial_number(account, iam, alice):
    token = account.control.call("POST", "devices", {"type": "hardware", "serialNumber": "GAHT12345678"})
    enable(iam, alice, "GAHT12345678", Authenticator(account.control, token["seed"]))
    assert serial_numbers(iam.list_mfa_devices(UserName=alice)["MFADevices"]) == ["GAHT12345678"]
    assert iam.list_virtual_mfa_devices()["VirtualMFADevices"] == []
    iam.deactivate_mfa_device(UserName=alice, SerialNumber="GAHT12345678")
    assert iam.list_mfa_devices(UserName=alice)["MFADevices"] == []


def test_a_user_enrols_his_first_device_with_his_own_key_and_then_not_another(account, iam, alice):
    key = iam.create_access_key(UserName=alice)["AccessKey"]
    own = [key["AccessKeyId"], key["SecretAccessKey"]]
    identity = account.client("sts", *own).get_caller_identity()
    assert identity["Arn"] == account.arn("user/alice")
    assert identity["Account"] == account.id
    as_alice = account.client("iam", *own)
    serial_number, phone = create(account, as_alice)
    enable(as_alice, alice, serial_number, phone)
    assert serial_numbers(as_alice.list_mfa_devices()["MFADevices"]) == [serial_number]
    refused("AccessDenied", 403,
            "To complete this action, please ensure that you are authenticated with an MFA device that is enabled "
            "for this user.", as_alice.deactivate_mfa_device, UserName=alice, SerialNumber=serial_number)
    iam.update_access_key(UserName=alice, AccessKeyId=key["AccessKeyId"], Status="Inactive")
    refused("InvalidClientTokenId", 403, "The security token included in the request is invalid.",
            account.client("sts", *own).get_caller_identity)


def test_root_of_an_account(account):
    identity = account.client("sts").get_caller_identity()
    assert (identity["Arn"], identity["UserId"], identity["Account"]) == (
        account.arn("root"), account.id, account.id)


def test_an_account_with_another_clock_is_called_by_real_signers_all_the_same(account, iam):
    account.control.advance(-400 * 24 * 3600)
    iam.create_user(UserName="bob")
    (user,) = iam.list_users()["Users"]
    assert user["CreateDate"].isoformat()[:19] == account.control.now()[:19]


def test_signatures_are_verified_when_asked(server, account):
    sts = account.client("sts", secret="wrong")
    if server.verifies_signatures:
        refused("SignatureDoesNotMatch", 403,
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
                "Access Key and signing method. Consult the service documentation for details.",
                sts.get_caller_identity)
    else:
        assert sts.get_caller_identity()["Account"] == account.id


def test_roots_own_devices(account):
    """Root enrols at the console, which keyfob's control API stands for: aws/devices.md#root."""
    serial_number = account.control.call("POST", "enroll", {"root": True})["serialNumber"]
    key = account.control.call("POST", "devices", {"type": "fido", "root": True, "name": "key1"})["serialNumber"]
    assert serial_number == account.arn("mfa/root-account-mfa-device")
    assert key.startswith(account.arn("u2f/root-account/key1-"))
    assert {device["root"] for device in account.control.call("GET", "devices")["devices"]} == {True}

    root = account.client("iam")
    assert [device["SerialNumber"] for device in root.list_mfa_devices()["MFADevices"]] == [serial_number, key]
    (listed,) = root.list_virtual_mfa_devices()["VirtualMFADevices"]
    assert (listed["User"]["UserId"], listed["User"]["Arn"]) == (account.id, account.arn("root"))
    assert root.get_account_summary()["SummaryMap"]["AccountMFAEnabled"] == 1
    root.generate_credential_report()
    assert "true" in root.get_credential_report()["Content"].decode().split("\n")[1].split(",")[7]
    with pytest.raises(root.exceptions.DeleteConflictException):
        root.delete_virtual_mfa_device(SerialNumber=serial_number)

    account.control.advance(60)
    code = account.control.call("GET", "codes", serial=serial_number)["current"]
    session = account.client("sts").get_session_token(SerialNumber=serial_number, TokenCode=code)["Credentials"]
    clients = account.session(session["AccessKeyId"], session["SecretAccessKey"], session["SessionToken"])
    assert clients("sts").get_caller_identity()["Arn"] == account.arn("root")
    assert len(clients("iam").list_mfa_devices()["MFADevices"]) == 2
