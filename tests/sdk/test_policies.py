"""What policies allow and refuse on a server that enforces them (aws/authorization.md), with an unmodified boto3."""

import datetime
import functools
import json

import botocore.exceptions
import pytest

import keyfob_server
from situations import Stage

ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"

# How refusals end (aws/authorization.md#accessdenied-messages); {} is the action.
UNTOLD = ""
NO_IDENTITY = " because no identity-based policy allows the {} action"
NO_BOUNDARY = " because no permissions boundary allows the {} action"
NO_SESSION = " because no session policy allows the {} action"
DENIED_BY_IDENTITY = " with an explicit deny in an identity-based policy"
DENIED_BY_BOUNDARY = " with an explicit deny in a permissions boundary"
DENIED_BY_SESSION = " with an explicit deny in a session policy"


def statement(effect, action, resource="*", **condition):
    return {"Effect": effect, "Action": action, "Resource": resource, "Condition": condition}


allow = functools.partial(statement, "Allow")
deny = functools.partial(statement, "Deny")


def trust(principal, **condition):
    return {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "sts:AssumeRole", "Condition": condition}


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


class Somebody:
    """Clients with somebody's credentials, and the ARN that refusals call them by."""

    def __init__(self, account, credentials):
        client = account.session(
            credentials["AccessKeyId"], credentials["SecretAccessKey"], credentials.get("SessionToken"))
        self.account = account
        self.iam, self.sts = client("iam"), client("sts")

    @functools.cached_property
    def arn(self):
        return self.sts.get_caller_identity()["Arn"]

    def assume(self, role_arn, **more):
        credentials = self.sts.assume_role(RoleArn=role_arn, RoleSessionName="work", **more)["Credentials"]
        return Somebody(self.account, credentials)

    def session_token(self, **more):
        return Somebody(self.account, self.sts.get_session_token(**more)["Credentials"])


class Admin(Stage):
    """Root, who makes what the tests need."""

    def somebody(self, *statements, name="bob", **more):
        """A user with an access key and, given statements, an inline policy."""
        self.iam.create_user(UserName=name, **more)
        if statements:
            self.may(name, *statements)
        return Somebody(self.account, self.iam.create_access_key(UserName=name)["AccessKey"])

    def may(self, user, *statements):
        self.iam.put_user_policy(UserName=user, PolicyName="own", PolicyDocument=document(*statements))

    def managed(self, name, *statements):
        return self.iam.create_policy(PolicyName=name, PolicyDocument=document(*statements))["Policy"]["Arn"]

    def trusting(self, *statements, name="reader", may=(), **more):
        """The ARN of a role with that trust policy."""
        role = self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(*statements), **more)["Role"]
        if may:
            self.iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=document(*may))
        return role["Arn"]

    def code(self, serial_number):
        """A device and a code that no call has seen, as parameters."""
        self.account.control.advance(30)
        shown = self.account.control.call("GET", "codes", serial=serial_number)
        return {"SerialNumber": serial_number, "TokenCode": shown["current"]}


@pytest.fixture(scope="module")
def server():
    with keyfob_server.Server("--enforce-policies") as running:
        yield running


@pytest.fixture
def root(account):
    return Admin(account)


@pytest.fixture
def other(other_account):
    """Root of another account."""
    return Admin(other_account)


def refused(who, action, resource, why, call, **parameters):
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(**parameters)
    response = caught.value.response
    assert response["Error"]["Message"] == (
        f"User: {who.arn} is not authorized to perform: {action} on resource: {resource}{why.format(action)}")
    assert response["Error"]["Code"] == "AccessDenied"
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 403


def error_code(call, **parameters):
    """What the call fails with; none when it succeeds."""
    try:
        call(**parameters)
    except botocore.exceptions.ClientError as error:
        return error.response["Error"]["Code"]
    return None


def goes_through(call, **parameters):
    """Whether policies let the call through; it fails in no other way."""
    code = error_code(call, **parameters)
    assert code in (None, "AccessDenied")
    return code is None


# Who is restricted

def test_without_an_allow_a_user_may_do_nothing(account, root):
    bob = root.somebody()
    refused(bob, "iam:CreateVirtualMFADevice", account.arn("mfa/aaa"), NO_IDENTITY,
            bob.iam.create_virtual_mfa_device, VirtualMFADeviceName="aaa")


def test_an_allow_is_for_its_actions_and_resources(account, root):
    bob = root.somebody(allow("iam:Get*", account.arn("user/team/*")))
    root.iam.create_user(UserName="alice", Path="/team/")
    assert bob.iam.get_user(UserName="alice")["User"]["UserName"] == "alice"
    refused(bob, "iam:GetUser", account.arn("user/bob"), NO_IDENTITY, bob.iam.get_user)
    refused(bob, "iam:DeleteUser", account.arn("user/team/alice"), NO_IDENTITY, bob.iam.delete_user, UserName="alice")


def test_who_one_is_needs_no_permission(account, root):
    bob = root.somebody(deny("*"))
    assert bob.sts.get_caller_identity()["Arn"] == account.arn("user/bob")


def test_root_is_never_restricted(root):
    assert root.iam.list_users()["Users"] == []
    assert root.sts.get_session_token()["Credentials"]


def test_a_session_token_needs_no_permission_but_a_deny_bites(account, root):
    bob = root.somebody()
    assert bob.session_token()
    root.may("bob", deny("sts:GetSessionToken"))
    with pytest.raises(botocore.exceptions.ClientError, match=DENIED_BY_IDENTITY):
        bob.session_token()


def test_administrator_access(root):
    bob = root.somebody()
    root.iam.attach_user_policy(UserName="bob", PolicyArn=ADMINISTRATOR)
    bob.iam.create_user(UserName="alice")
    bob.iam.delete_user(UserName="alice")
    root.iam.detach_user_policy(UserName="bob", PolicyArn=ADMINISTRATOR)
    assert not goes_through(bob.iam.create_user, UserName="alice")


def test_policies_and_boundaries_go_with_their_user(root):
    boundary = root.managed("boundary", allow("iam:Get*"))
    root.somebody(allow("iam:*"), PermissionsBoundary=boundary)
    (key,) = root.iam.list_access_keys(UserName="bob")["AccessKeyMetadata"]
    root.iam.delete_access_key(UserName="bob", AccessKeyId=key["AccessKeyId"])
    root.iam.delete_user_policy(UserName="bob", PolicyName="own")
    root.iam.delete_user(UserName="bob")
    bob = root.somebody()
    assert not goes_through(bob.iam.get_user)
    root.may("bob", allow("iam:List*"))
    assert goes_through(bob.iam.list_users)
    root.iam.delete_policy(PolicyArn=boundary)


# Where the refusal comes from

def test_an_explicit_deny_wins_and_is_told_by_its_kind(account, root):
    bob = root.somebody(allow("iam:*"), deny("iam:ListUsers"))
    refused(bob, "iam:ListUsers", account.arn("user/"), DENIED_BY_IDENTITY, bob.iam.list_users)


def test_a_deny_in_a_managed_policy_is_told_with_its_arn(account, root):
    bob = root.somebody(allow("iam:*"))
    arn = root.managed("no-lists", deny("iam:List*"))
    root.iam.attach_user_policy(UserName="bob", PolicyArn=arn)
    refused(bob, "iam:ListUsers", account.arn("user/"), f"{DENIED_BY_IDENTITY}: {arn}", bob.iam.list_users)


def test_a_boundary_limits_and_gives_nothing(account, root):
    arn = root.managed("boundary", allow("iam:Get*"), allow("iam:CreateUser"), deny("iam:List*"))
    bob = root.somebody(allow(["iam:Get*", "iam:List*", "iam:Delete*"]), PermissionsBoundary=arn)
    assert bob.iam.get_user()
    refused(bob, "iam:DeleteUser", account.arn("user/bob"), NO_BOUNDARY, bob.iam.delete_user, UserName="bob")
    refused(bob, "iam:CreateUser", account.arn("user/eve"), NO_IDENTITY, bob.iam.create_user, UserName="eve")
    refused(bob, "iam:ListUsers", account.arn("user/"), f"{DENIED_BY_BOUNDARY}: {arn}", bob.iam.list_users)
    root.iam.delete_user_permissions_boundary(UserName="bob")
    assert bob.iam.list_users()["Users"]


def test_a_session_policy_limits_and_gives_nothing(account, root):
    role = root.trusting(trust(account.id), may=[allow(["iam:Get*", "iam:List*", "iam:Delete*"])])
    bob = root.somebody(allow("sts:AssumeRole"))
    work = bob.assume(role, Policy=document(allow(["iam:Get*", "iam:CreateUser"]), deny("iam:List*")))
    assert work.arn == f"arn:aws:sts::{account.id}:assumed-role/reader/work"
    assert work.iam.get_user(UserName="bob")
    refused(work, "iam:DeleteUser", account.arn("user/bob"), NO_SESSION, work.iam.delete_user, UserName="bob")
    refused(work, "iam:CreateUser", account.arn("user/eve"), NO_IDENTITY, work.iam.create_user, UserName="eve")
    refused(work, "iam:ListUsers", account.arn("user/"), DENIED_BY_SESSION, work.iam.list_users)


def test_a_managed_session_policy_is_told_with_its_arn(account, root):
    arn = root.managed("session", deny("iam:List*"))
    role = root.trusting(trust(account.id), may=[allow("iam:*")])
    bob = root.somebody(allow("sts:AssumeRole"))
    work = bob.assume(role, PolicyArns=[{"arn": arn}])
    refused(work, "iam:ListUsers", account.arn("user/"), f"{DENIED_BY_SESSION}: {arn}", work.iam.list_users)
    refused(work, "iam:GetUser", account.arn("user/bob"), NO_SESSION, work.iam.get_user, UserName="bob")


# What a call asks for (aws/authorization.md#resources): operation, parameters, the resource after "arn:aws:iam::A:"

CODES = {"AuthenticationCode1": "123456", "AuthenticationCode2": "123456"}
CAROL = {"UserName": "CAROL"}  # stored as /team/carol
RESOURCES = [
    ("CreateVirtualMFADevice", {"VirtualMFADeviceName": "new", "Path": "/team/"}, "mfa/team/new"),
    ("DeleteVirtualMFADevice", {"SerialNumber": "{}:mfa/phone"}, "mfa/phone"),
    ("TagMFADevice", {"SerialNumber": "{}:mfa/phone", "Tags": [{"Key": "a", "Value": "b"}]}, "mfa/phone"),
    ("UntagMFADevice", {"SerialNumber": "{}:mfa/phone", "TagKeys": ["a"]}, "mfa/phone"),
    ("ListMFADeviceTags", {"SerialNumber": "{}:mfa/phone"}, "mfa/phone"),
    ("EnableMFADevice", {**CAROL, "SerialNumber": "{}:mfa/phone", **CODES}, "user/team/carol"),
    ("DeactivateMFADevice", {**CAROL, "SerialNumber": "{}:mfa/phone"}, "user/team/carol"),
    ("ResyncMFADevice", {**CAROL, "SerialNumber": "{}:mfa/phone", **CODES}, "user/team/carol"),
    ("ListMFADevices", CAROL, "user/team/carol"),
    ("GetMFADevice", {**CAROL, "SerialNumber": "{}:mfa/phone"}, "user/team/carol"),
    ("CreateUser", {"UserName": "eve", "Path": "/new/"}, "user/new/eve"),
    ("GetUser", CAROL, "user/team/carol"),
    ("GetUser", {"UserName": "nobody"}, "user/nobody"),
    ("CreateAccessKey", {}, "user/bob"),
    ("GetRole", {"RoleName": "READER"}, "role/reader"),
    ("GetGroup", {"GroupName": "STAFF"}, "group/staff"),
    ("GetPolicy", {"PolicyArn": "{}:policy/reading"}, "policy/reading"),
    ("PutUserPolicy", {**CAROL, "PolicyName": "own", "PolicyDocument": document(allow("*"))}, "user/team/carol"),
]


@pytest.mark.parametrize("operation, parameters, resource", RESOURCES, ids=lambda one: one if type(one) is str else "")
def test_a_call_asks_for_its_resource(operation, parameters, resource, account, root):
    root.role(), root.group(), root.policy()
    root.iam.create_user(UserName="carol", Path="/team/")
    bob = root.somebody()
    given = {name: value.replace("{}", f"arn:aws:iam::{account.id}") if type(value) is str else value
             for name, value in parameters.items()}
    call = getattr(bob.iam, botocore.xform_name(operation))
    refused(bob, f"iam:{operation}", account.arn(resource), NO_IDENTITY, call, **given)
    root.may("bob", allow(f"iam:{operation}", account.arn(resource)))
    assert error_code(call, **given) != "AccessDenied"


def test_the_list_of_all_devices_has_no_resource(root):
    bob = root.somebody()
    refused(bob, "iam:ListVirtualMFADevices", "*", NO_IDENTITY, bob.iam.list_virtual_mfa_devices)


# Changes take effect at once

def test_policies_of_groups(root):
    bob = root.somebody()
    group = root.group()
    root.iam.put_group_policy(GroupName=group, PolicyName="own", PolicyDocument=document(allow("iam:ListUsers")))
    root.iam.attach_group_policy(GroupName=group, PolicyArn=root.managed("roles", allow("iam:ListRoles")))
    assert not goes_through(bob.iam.list_users)
    root.iam.add_user_to_group(GroupName=group, UserName="bob")
    assert goes_through(bob.iam.list_users) and goes_through(bob.iam.list_roles)
    root.iam.remove_user_from_group(GroupName=group, UserName="bob")
    assert not goes_through(bob.iam.list_users) and not goes_through(bob.iam.list_roles)


def test_the_default_version_counts(root):
    bob = root.somebody()
    arn = root.managed("reading", allow("iam:ListUsers"))
    root.iam.attach_user_policy(UserName="bob", PolicyArn=arn)
    root.iam.create_policy_version(PolicyArn=arn, PolicyDocument=document(allow("iam:ListRoles")))
    assert goes_through(bob.iam.list_users) and not goes_through(bob.iam.list_roles)
    root.iam.set_default_policy_version(PolicyArn=arn, VersionId="v2")
    assert goes_through(bob.iam.list_roles) and not goes_through(bob.iam.list_users)
    root.iam.detach_user_policy(UserName="bob", PolicyArn=arn)
    assert not goes_through(bob.iam.list_roles)


# What conditions and variables see

def test_the_callers_name_as_a_variable(account, root):
    bob = root.somebody(allow("iam:GetUser", "arn:aws:iam::*:user/${aws:username}"))
    root.user("alice")
    assert goes_through(bob.iam.get_user)
    assert not goes_through(bob.iam.get_user, UserName="alice")


RED, BLUE = ([{"Key": "team", "Value": value}] for value in ("red", "blue"))
OF_RED = {"StringEquals": {"aws:ResourceTag/team": "red"}}


def test_a_users_tags(root):
    bob = root.somebody(allow("iam:DeleteUser", **OF_RED))
    root.iam.create_user(UserName="alice", Tags=RED)
    root.iam.create_user(UserName="carol", Tags=BLUE)
    assert goes_through(bob.iam.delete_user, UserName="alice")
    assert not goes_through(bob.iam.delete_user, UserName="carol")
    root.iam.tag_user(UserName="carol", Tags=RED)
    assert goes_through(bob.iam.delete_user, UserName="carol")


def test_a_devices_tags(root):
    bob = root.somebody(allow("iam:DeleteVirtualMFADevice", **OF_RED))
    phone, spare = root.device("phone"), root.device("spare")
    root.iam.tag_mfa_device(SerialNumber=phone, Tags=RED)
    assert goes_through(bob.iam.delete_virtual_mfa_device, SerialNumber=phone)
    assert not goes_through(bob.iam.delete_virtual_mfa_device, SerialNumber=spare)


def test_the_callers_tags(root):
    bob = root.somebody(allow("iam:ListUsers", StringEquals={"aws:PrincipalTag/team": "red"}), Tags=BLUE)
    assert not goes_through(bob.iam.list_users)
    root.iam.tag_user(UserName="bob", Tags=RED)
    assert goes_through(bob.iam.list_users)


def test_the_requests_tags(root):
    bob = root.somebody(allow("iam:TagMFADevice", StringEquals={"aws:RequestTag/team": ["red", "green"]},
                              **{"ForAllValues:StringEquals": {"aws:TagKeys": ["team", "cost"]}}))
    tag = functools.partial(bob.iam.tag_mfa_device, SerialNumber=root.device())
    assert goes_through(tag, Tags=RED)
    assert goes_through(tag, Tags=[*RED, {"Key": "cost", "Value": "low"}])
    assert not goes_through(tag, Tags=BLUE)
    assert not goes_through(tag, Tags=[*RED, {"Key": "owner", "Value": "bob"}])


def test_what_is_made_with_tags_needs_the_leave_to_tag(account, root):
    bob = root.somebody(allow(["iam:CreateUser", "iam:CreateVirtualMFADevice"]))
    assert goes_through(bob.iam.create_user, UserName="alice")
    refused(bob, "iam:TagUser", account.arn("user/eve"), NO_IDENTITY, bob.iam.create_user, UserName="eve", Tags=RED)
    refused(bob, "iam:TagMFADevice", account.arn("mfa/phone"), NO_IDENTITY,
            bob.iam.create_virtual_mfa_device, VirtualMFADeviceName="phone", Tags=RED)
    root.may("bob", allow(["iam:Create*", "iam:Tag*"]))
    assert goes_through(bob.iam.create_user, UserName="eve", Tags=RED)
    assert goes_through(bob.iam.create_virtual_mfa_device, VirtualMFADeviceName="phone", Tags=RED)


@pytest.mark.parametrize("condition, holds", [
    ({"IpAddress": {"aws:SourceIp": "127.0.0.0/8"}}, True),
    ({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, False),
    ({"NotIpAddress": {"aws:SourceIp": "127.0.0.1"}}, False),
    ({"StringLike": {"aws:UserAgent": "Boto3/*"}}, True),
    ({"StringLike": {"aws:UserAgent": "aws-cli/*"}}, False),
    ({"Bool": {"aws:SecureTransport": "false"}}, True),
    ({"Bool": {"aws:SecureTransport": "true"}}, False),
    ({"StringEquals": {"aws:RequestedRegion": "us-east-1"}}, True),
    ({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:user/bob"}}, True),
    ({"StringEquals": {"aws:PrincipalType": "AssumedRole"}}, False),
], ids=str)
def test_the_circumstances_of_the_call(condition, holds, root):
    bob = root.somebody(allow("iam:ListUsers", **condition))
    assert goes_through(bob.iam.list_users) is holds


def test_time_is_the_accounts(account, root):
    now = datetime.datetime.fromisoformat(account.control.now().replace("Z", "+00:00"))
    opens = (now + datetime.timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    bob = root.somebody(allow("iam:ListUsers", DateGreaterThan={"aws:CurrentTime": opens}))
    assert not goes_through(bob.iam.list_users)
    account.control.advance(2 * 3600)
    assert goes_through(bob.iam.list_users)


def test_delegation_within_a_boundary(account, root):
    """Bob makes users, but none that may more than the boundary, and can't take it from them."""
    boundary = root.managed("boundary", allow("iam:List*"))
    within = {"StringEquals": {"iam:PermissionsBoundary": boundary}}
    bob = root.somebody(
        allow(["iam:CreateUser", "iam:PutUserPermissionsBoundary", "iam:PutUserPolicy", "iam:AttachUserPolicy"],
              **within),
        allow("iam:CreateAccessKey"),
        deny("iam:DeleteUserPermissionsBoundary"))
    refused(bob, "iam:CreateUser", account.arn("user/alice"), NO_IDENTITY, bob.iam.create_user, UserName="alice")
    assert not goes_through(bob.iam.create_user, UserName="alice", PermissionsBoundary=ADMINISTRATOR)
    bob.iam.create_user(UserName="alice", PermissionsBoundary=boundary)
    bob.iam.put_user_policy(UserName="alice", PolicyName="all", PolicyDocument=document(allow("iam:*")))
    bob.iam.attach_user_policy(UserName="alice", PolicyArn=ADMINISTRATOR)
    alice = Somebody(account, bob.iam.create_access_key(UserName="alice")["AccessKey"])
    assert goes_through(alice.iam.list_users) and not goes_through(alice.iam.create_user, UserName="eve")

    assert not goes_through(bob.iam.put_user_permissions_boundary, UserName="alice", PermissionsBoundary=ADMINISTRATOR)
    assert not goes_through(bob.iam.delete_user_permissions_boundary, UserName="alice")
    root.user("carol")  # without a boundary, so none of bob's
    assert not goes_through(bob.iam.put_user_policy, UserName="carol", PolicyName="all",
                            PolicyDocument=document(allow("iam:*")))


@pytest.mark.parametrize("kind", ["user", "group"])
def test_renaming_takes_permission_for_both_names(kind, account, root):
    old, new = account.arn(f"{kind}/old"), account.arn(f"{kind}/new")
    call = f"Update{kind.title()}"
    getattr(root.iam, f"create_{kind}")(**{f"{kind.title()}Name": "old"})
    bob = root.somebody(allow(f"iam:{call}", old))
    rename = functools.partial(
        getattr(bob.iam, f"update_{kind}"), **{f"{kind.title()}Name": "old", f"New{kind.title()}Name": "new"})
    refused(bob, f"iam:{call}", new, NO_IDENTITY, rename)
    root.may("bob", allow(f"iam:{call}", [old, new]))
    rename()


# AssumeRole: whom a trust policy names

def test_a_trusted_account_still_asks_its_users_policies(account, root):
    role = root.trusting(trust(account.id))
    bob = root.somebody()
    refused(bob, "sts:AssumeRole", role, NO_IDENTITY, bob.assume, role_arn=role)
    root.may("bob", allow("sts:AssumeRole", role))
    assert bob.assume(role)
    root.may("bob", allow("sts:AssumeRole"), deny("sts:AssumeRole", role))
    refused(bob, "sts:AssumeRole", role, DENIED_BY_IDENTITY, bob.assume, role_arn=role)


@pytest.mark.parametrize("principal", ["arn:aws:iam::{}:user/bob", "*"])
def test_a_user_trusted_by_name_needs_no_policy(principal, account, root):
    bob = root.somebody()
    role = root.trusting(trust(principal.format(account.id)))
    assert bob.assume(role)
    root.may("bob", deny("sts:AssumeRole"))
    refused(bob, "sts:AssumeRole", role, DENIED_BY_IDENTITY, bob.assume, role_arn=role)


def test_whom_the_trust_policy_does_not_name_gets_no_reason(account, root):
    root.user("alice")
    bob = root.somebody(allow("sts:AssumeRole"))
    role = root.trusting(trust(account.arn("user/alice")))
    refused(bob, "sts:AssumeRole", role, UNTOLD, bob.assume, role_arn=role)
    nowhere = account.arn("role/nowhere")
    refused(bob, "sts:AssumeRole", nowhere, UNTOLD, bob.assume, role_arn=nowhere)


def test_a_trusted_role_is_chained(account, root):
    bob = root.somebody(allow("sts:AssumeRole"))
    first = root.trusting(trust(account.id), name="first")
    second = root.trusting(trust(first), name="second", may=[allow("iam:ListUsers")])
    refused(bob, "sts:AssumeRole", second, UNTOLD, bob.assume, role_arn=second)
    work = bob.assume(first).assume(second)
    assert work.arn == f"arn:aws:sts::{account.id}:assumed-role/second/work"
    assert goes_through(work.iam.list_users) and not goes_through(work.iam.list_roles)


def test_a_role_restricts_what_its_user_could_do_alone(account, root):
    bob = root.somebody(allow("*"))
    work = bob.assume(root.trusting(trust(account.id)))
    refused(work, "iam:ListUsers", account.arn("user/"), NO_IDENTITY, work.iam.list_users)


def test_a_new_trust_policy_counts_at_once(account, root):
    bob = root.somebody()
    role = root.trusting(trust(account.id))
    assert not goes_through(bob.assume, role_arn=role)
    root.iam.update_assume_role_policy(RoleName="reader", PolicyDocument=document(trust(account.arn("user/bob"))))
    assert goes_through(bob.assume, role_arn=role)


def shown_trust(root, role="reader"):
    shown = root.iam.get_role(RoleName=role)["Role"]["AssumeRolePolicyDocument"]
    for listed in (root.iam.list_roles()["Roles"], root.iam.get_account_authorization_details()["RoleDetailList"]):
        assert [each["AssumeRolePolicyDocument"] for each in listed if each["RoleName"] == role] == [shown]
    return shown["Statement"]


def test_a_user_made_anew_is_not_the_one_a_role_trusts(account, root):
    arn = account.arn("user/bob")
    user_id = root.iam.create_user(UserName="bob")["User"]["UserId"]
    trusted = trust(arn, ArnEquals={"aws:PrincipalArn": arn})
    role = root.trusting(trusted)
    assert shown_trust(root) == [trusted]
    root.iam.delete_user(UserName="bob")
    assert shown_trust(root) == [trust(user_id, ArnEquals={"aws:PrincipalArn": arn})]
    bob = root.somebody(allow("sts:AssumeRole"))
    assert bob.arn == arn
    refused(bob, "sts:AssumeRole", role, UNTOLD, bob.assume, role_arn=role)
    with pytest.raises(root.iam.exceptions.MalformedPolicyDocumentException, match=f'"AWS":"{user_id}"'):
        root.iam.update_assume_role_policy(RoleName="reader", PolicyDocument=document(trust(user_id)))
    root.iam.update_assume_role_policy(RoleName="reader", PolicyDocument=document(trusted))
    assert bob.assume(role)


def test_a_trusted_user_may_be_renamed(account, root):
    bob = root.somebody()
    role = root.trusting(trust([account.arn("user/bob"), "arn:aws:iam::111122223333:user/eve"]))
    root.iam.update_user(UserName="bob", NewUserName="robert", NewPath="/team/")
    assert bob.assume(role)
    assert shown_trust(root) == [trust([account.arn("user/team/robert"), "arn:aws:iam::111122223333:user/eve"])]


def test_a_role_made_anew_is_not_trusted(account, root):
    bob = root.somebody(allow("sts:AssumeRole"))
    first = root.trusting(trust(account.id), name="first")
    second = root.trusting(trust(first), name="second")
    role_id = root.iam.get_role(RoleName="first")["Role"]["RoleId"]
    assert bob.assume(first).assume(second)
    root.iam.delete_role(RoleName="first")
    root.trusting(trust(account.id), name="first")
    refused(bob.assume(first), "sts:AssumeRole", second, UNTOLD, bob.assume(first).assume, role_arn=second)
    assert shown_trust(root, "second") == [trust(role_id)]


def test_a_role_may_trust_one_that_a_document_tells_of_later(account, root):
    root.trusting(trust(account.id), name="a")
    root.trusting(trust(account.arn("role/a")), name="z")
    root.iam.update_assume_role_policy(RoleName="a", PolicyDocument=document(trust(account.arn("role/z"))))
    account.control.call("PUT", "state", account.control.call("GET", "state"))
    root.iam.delete_role(RoleName="z")
    assert shown_trust(root, "a")[0]["Principal"]["AWS"].startswith("AROA")


def test_roots_assume_no_role(account, root, other):
    role = root.trusting(trust([account.id, other.account.id]))
    for one in (root, other):
        with pytest.raises(botocore.exceptions.ClientError, match="Roles may not be assumed by root accounts."):
            one.sts.assume_role(RoleArn=role, RoleSessionName="work")


@pytest.mark.parametrize("trusted", ["{}", "arn:aws:iam::{}:root", "arn:aws:iam::{}:user/bob", "*"])
def test_across_accounts_both_sides_must_allow(trusted, account, root, other):
    bob = root.somebody()
    role = other.trusting(trust(trusted.format(account.id)), may=[allow("iam:ListUsers")])
    refused(bob, "sts:AssumeRole", role, UNTOLD, bob.assume, role_arn=role)
    root.may("bob", allow("sts:AssumeRole", role))
    work = bob.assume(role)
    assert work.arn == f"arn:aws:sts::{other.account.id}:assumed-role/reader/work"
    other.user("resident")
    assert [user["UserName"] for user in work.iam.list_users()["Users"]] == ["resident"]


def test_an_account_that_is_not_trusted(account, root, other):
    bob = root.somebody(allow("sts:AssumeRole"))
    role = other.trusting(trust(other.account.id))
    refused(bob, "sts:AssumeRole", role, UNTOLD, bob.assume, role_arn=role)


def test_the_external_id(account, root, other):
    bob = root.somebody(allow("sts:AssumeRole"))
    role = other.trusting(trust(account.id, StringEquals={"sts:ExternalId": "x-1"}))
    assert not goes_through(bob.assume, role_arn=role)
    assert not goes_through(bob.assume, role_arn=role, ExternalId="x-2")
    assert goes_through(bob.assume, role_arn=role, ExternalId="x-1")


def test_session_tags_and_source_identity_need_their_own_leave(account, root):
    bob = root.somebody(allow("sts:AssumeRole"))
    role = root.trusting(trust(account.id))
    refused(bob, "sts:TagSession", role, UNTOLD, bob.assume, role_arn=role, Tags=RED)
    refused(bob, "sts:SetSourceIdentity", role, UNTOLD, bob.assume, role_arn=role, SourceIdentity="bob")
    more = {**trust(account.id), "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]}
    root.iam.update_assume_role_policy(RoleName="reader", PolicyDocument=document(more))
    refused(bob, "sts:TagSession", role, NO_IDENTITY, bob.assume, role_arn=role, Tags=RED)
    root.may("bob", allow("sts:*"))
    root.iam.put_role_policy(RoleName="reader", PolicyName="own", PolicyDocument=document(
        allow("iam:ListUsers", StringEquals={"aws:PrincipalTag/team": "red", "aws:SourceIdentity": "bob"})))
    assert goes_through(bob.assume(role, Tags=RED, SourceIdentity="bob").iam.list_users)
    assert not goes_through(bob.assume(role, Tags=BLUE, SourceIdentity="bob").iam.list_users)


# Federated users

def test_a_federated_user_may_call_no_iam(root):
    bob = root.somebody(allow("*"))
    guest = Somebody(root.account, bob.sts.get_federation_token(
        Name="guest", Policy=document(allow("*")))["Credentials"])
    assert error_code(guest.iam.list_users) == "InvalidClientTokenId"


def test_a_federation_token_needs_leave(account, root):
    bob = root.somebody()
    refused(bob, "sts:GetFederationToken", f"arn:aws:sts::{account.id}:federated-user/guest", NO_IDENTITY,
            bob.sts.get_federation_token, Name="guest")


# aws:MultiFactorAuthPresent, every row of aws/authorization.md#condition-keys. It is seen by what it lets through: a
# call for each state.

STATES = {
    "absent": {"Null": {"aws:MultiFactorAuthPresent": "true"}},
    "true": {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
    "false": {"Bool": {"aws:MultiFactorAuthPresent": "false"}},
}
CALLS = {"absent": "iam:ListUsers", "true": "iam:ListRoles", "false": "iam:ListGroups"}
SEEING = [allow(CALLS[state], **condition) for state, condition in STATES.items()]


def seen_in_calls(who):
    return [state for state, call in CALLS.items() if goes_through(getattr(who.iam, botocore.xform_name(call[4:])))]


class Trusts:
    """Roles, one for each state of the key, that tell what trust policies see of a call."""

    def __init__(self, root):
        self._roles = {state: root.trusting(trust(root.account.id, **condition), name=state)
                       for state, condition in STATES.items()}

    def seen(self, who, parameters=lambda: {}):
        return [state for state, role in self._roles.items()
                if goes_through(who.assume, role_arn=role, **parameters())]


@pytest.fixture
def bob(root):
    return root.somebody(allow("sts:AssumeRole"), *SEEING)


@pytest.fixture
def phone(root, bob):
    serial_number = root.device()
    root.enable("bob", serial_number)
    return serial_number


def test_a_long_term_key_has_no_mfa_flag(root, bob):
    assert seen_in_calls(bob) == ["absent"]
    assert Trusts(root).seen(bob) == ["absent"]


def test_a_session_without_a_code_is_flagged_false(root, bob):
    session = bob.session_token()
    assert Trusts(root).seen(session) == ["false"]


def test_a_session_with_a_code_is_flagged_true(root, bob, phone):
    session = bob.session_token(**root.code(phone))
    assert seen_in_calls(session) == ["true"]
    assert Trusts(root).seen(session) == ["true"]


def test_a_code_in_the_call_counts_for_the_trust_policy(root, bob, phone):
    assert Trusts(root).seen(bob, lambda: root.code(phone)) == ["true"]


def test_a_code_in_the_call_is_not_carried_into_the_session(account, root, bob, phone):
    role = root.trusting(trust(account.id), may=SEEING)
    assert seen_in_calls(bob.assume(role, **root.code(phone))) == ["false"]
    assert seen_in_calls(bob.assume(role)) == ["false"]


def test_a_session_with_a_code_passes_its_flag_on(account, root, bob, phone):
    role = root.trusting(trust(account.id), may=SEEING)
    assert seen_in_calls(bob.session_token(**root.code(phone)).assume(role)) == ["true"]


def test_a_console_session_is_flagged_by_its_code(account, root, bob):
    root.iam.create_login_profile(UserName="bob", Password="correct horse")

    def sign_in(**more):
        session = account.control.call(
            "POST", "signin", {"userName": "bob", "password": "correct horse", **more})
        return Somebody(account, {name[0].upper() + name[1:]: value for name, value in session.items()})

    assert seen_in_calls(sign_in()) == ["false"]
    phone = root.device()
    root.enable("bob", phone)
    assert seen_in_calls(sign_in(code=root.code(phone)["TokenCode"])) == ["true"]


def test_the_age_of_the_code(account, root, phone):
    root.may("bob", allow("iam:ListUsers", NumericLessThan={"aws:MultiFactorAuthAge": "300"}))
    key = Somebody(account, root.iam.create_access_key(UserName="bob")["AccessKey"])
    session = key.session_token(**root.code(phone))
    assert not goes_through(key.iam.list_users)
    account.control.advance(299)
    assert goes_through(session.iam.list_users)
    account.control.advance(1)
    assert not goes_through(session.iam.list_users)


def test_the_age_in_the_trust_policy_is_that_of_the_code(account, root, bob, phone):
    role = root.trusting(trust(account.id, NumericLessThan={"aws:MultiFactorAuthAge": "1"}))
    assert not goes_through(bob.assume, role_arn=role)
    assert goes_through(bob.assume, role_arn=role, **root.code(phone))
    session = bob.session_token(**root.code(phone))
    account.control.advance(1)
    assert not goes_through(session.assume, role_arn=role)


def test_a_missing_code_gets_no_reason(account, root, bob, phone):
    role = root.trusting(trust(account.id, **STATES["true"]))
    refused(bob, "sts:AssumeRole", role, UNTOLD, bob.assume, role_arn=role)


def test_the_standard_policy_that_forces_mfa(account, root):
    """aws/authorization.md#the-policy-that-forces-mfa: the key alone enrols the first device and gets a session; all
    else is the session's."""
    free = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:GetUser", "iam:ListMFADevices",
            "iam:ListVirtualMFADevices", "iam:ResyncMFADevice", "sts:GetSessionToken"]
    own = ["iam:DeactivateMFADevice", "iam:EnableMFADevice", "iam:GetUser", "iam:ListMFADevices", "iam:ResyncMFADevice"]
    bob = root.somebody(
        allow("iam:ListVirtualMFADevices"),
        allow("iam:CreateVirtualMFADevice", "arn:aws:iam::*:mfa/*"),
        allow(own, "arn:aws:iam::*:user/${aws:username}"),
        {"Effect": "Deny", "NotAction": free, "Resource": "*",
         "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}},
        allow("iam:ListUsers"))
    device = bob.iam.create_virtual_mfa_device(VirtualMFADeviceName="phone")["VirtualMFADevice"]["SerialNumber"]
    bob.iam.enable_mfa_device(UserName="bob", SerialNumber=device, **root.codes(device))
    refused(bob, "iam:ListUsers", account.arn("user/"), DENIED_BY_IDENTITY, bob.iam.list_users)
    session = bob.session_token(**root.code(device))
    assert goes_through(session.iam.list_users)
    assert goes_through(session.iam.deactivate_mfa_device, UserName="bob", SerialNumber=device)


# --- What survives what -------------------------------------------------------------------------------


def test_a_deleted_session_policy_goes_on_restricting(account, root):
    bob = root.somebody(allow("*"))
    role = root.trusting(trust(bob.arn), may=[allow("*")])
    reading = root.managed("reading", allow("iam:GetRole"))
    session = bob.assume(role, PolicyArns=[{"arn": reading}])
    root.iam.delete_policy(PolicyArn=reading)
    refused(session, "iam:ListRoles", account.arn("role/"), NO_SESSION, session.iam.list_roles)


def test_a_name_in_other_letters_is_authorised_as_it_is_stored(account, root):
    prod = root.managed("prod", allow("iam:GetRole"))
    bob = root.somebody(allow("*"), deny("iam:DeletePolicy", prod), deny("sts:AssumeRole", account.arn("role/admin")))
    root.trusting(trust(bob.arn), name="admin")
    shouted = account.arn("policy/PROD")
    assert error_code(bob.iam.delete_policy, PolicyArn=shouted) == "NoSuchEntity"
    assert error_code(root.iam.attach_user_policy, UserName="bob", PolicyArn=shouted) == "NoSuchEntity"
    refused(bob, "sts:AssumeRole", account.arn("role/admin"), DENIED_BY_IDENTITY, bob.sts.assume_role,
            RoleArn=account.arn("role/ADMIN"), RoleSessionName="work")


def test_the_age_of_a_code_is_that_of_the_roles_account(account, root, other):
    """Each account has its own clock; a code checked a moment ago is a moment old in both."""
    other.account.control.call("POST", "clock/freeze", {"at": "2031-01-01T00:00:00Z"})
    bob = root.somebody(allow("*"))
    young = {"NumericLessThan": {"aws:MultiFactorAuthAge": "60"}}
    role = other.trusting(trust(account.id), may=[{**allow("iam:ListRoles"), "Condition": young}])
    enrolled = account.control.call("POST", "enroll", {"userName": "bob", "deviceName": "phone"})
    session = bob.session_token(SerialNumber=enrolled["serialNumber"], TokenCode=enrolled["current"])
    assert goes_through(session.assume(role).iam.list_roles)
