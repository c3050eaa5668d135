"""How each operation comes to succeed, and to fail with each error that it declares.

test_errors.py holds these tables against `keyfob operations --json`: an operation that is new there needs its rows here.
"""

import functools
import json

from botocore import xform_name

import aws_model


class Stage:
    """An empty account, root's clients, and what a situation may need to be there. Each maker may be called once."""

    def __init__(self, account):
        self.account = account

    @functools.cached_property
    def iam(self):
        return self.account.client("iam")

    @functools.cached_property
    def sts(self):
        return self.account.client("sts")

    def plainly(self, operation, **more):
        """The operation called with the least that AWS's model asks for, and more."""
        client = getattr(self, operation.service)
        return getattr(client, xform_name(operation.name))(**{**operation.sample(), **more})

    def plainly_iam(self, name, **more):
        """The same of an operation of IAM, by its name."""
        return self.plainly(next(one for one in aws_model.OPERATIONS if one.name == name), **more)

    def user(self, name="alice"):
        self.iam.create_user(UserName=name)
        return name

    def role(self, name="reader"):
        self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)
        return name

    def group(self, name="staff"):
        self.iam.create_group(GroupName=name)
        return name

    def policy(self, name="reading"):
        return self.iam.create_policy(PolicyName=name, PolicyDocument=ALLOW)["Policy"]["Arn"]

    def second_version(self):
        """A policy and its version that is not the default: what both are called by, as parameters."""
        arn = self.policy()
        version = self.iam.create_policy_version(PolicyArn=arn, PolicyDocument=ALLOW)["PolicyVersion"]["VersionId"]
        return {"PolicyArn": arn, "VersionId": version}

    def no_policy(self):
        return self.account.arn("policy/none")

    def member(self):
        """A user in a group: what both are called by, as parameters."""
        names = {"UserName": self.user(), "GroupName": self.group()}
        self.iam.add_user_to_group(**names)
        return names

    def attached(self, kind):
        """A managed policy and a user, role or group that has it: what both are called by, as parameters."""
        names = {f"{kind}Name": getattr(self, kind.lower())(), "PolicyArn": self.policy()}
        self.plainly_iam(f"Attach{kind}Policy", **names)
        return names

    def inside(self, kind):
        """A user, role or group with an inline policy: what both are called by, as parameters."""
        names = {f"{kind}Name": getattr(self, kind.lower())(), "PolicyName": "reading"}
        self.plainly_iam(f"Put{kind}Policy", **names, PolicyDocument=ALLOW)
        return names

    def assume(self, **more):
        """A role assumed by a user: root can't."""
        caller = self.account.client("sts", self.access_key()["AccessKeyId"])
        return caller.assume_role(RoleArn=self.account.arn(f"role/{self.role()}"), RoleSessionName="session", **more)

    def device(self, name="phone"):
        return self.iam.create_virtual_mfa_device(VirtualMFADeviceName=name)["VirtualMFADevice"]["SerialNumber"]

    def codes(self, serial_number):
        """Those of the previous and the current step, as parameters."""
        shown = self.account.control.call("GET", "codes", serial=serial_number)
        return {"AuthenticationCode1": shown["previous"], "AuthenticationCode2": shown["current"]}

    def enable(self, user, serial_number):
        self.iam.enable_mfa_device(UserName=user, SerialNumber=serial_number, **self.codes(serial_number))

    def enabled(self, name="phone"):
        """A user with a device: what both are called by, as parameters."""
        user, serial_number = self.user(), self.device(name)
        self.enable(user, serial_number)
        return {"UserName": user, "SerialNumber": serial_number}

    def access_key(self):
        """A user's access key: what both are called by, as parameters."""
        user = self.user()
        return {"UserName": user, "AccessKeyId": self.iam.create_access_key(UserName=user)["AccessKey"]["AccessKeyId"]}

    def login_profile(self):
        user = self.user()
        self.iam.create_login_profile(UserName=user, Password="correct horse")
        return user

    def security_key(self):
        return self.account.control.call(
            "POST", "devices", {"type": "fido", "userName": self.user(), "name": "key"})["serialNumber"]

    def alias(self):
        alias = f"alias-{self.account.id}"
        self.iam.create_account_alias(AccountAlias=alias)
        return alias

    def state(self, **document):
        """The account replaced: many of a kind at once."""
        self.account.control.call("PUT", "state", {"version": 1, **document})

    def report_of_long_ago(self):
        self.iam.generate_credential_report()
        self.account.control.advance(4 * 3600 + 1)


def document(**statement):
    return json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Allow", **statement}})


ALLOW = document(Action="iam:Get*", Resource="*")
TRUST = document(Action="sts:AssumeRole", Principal={"AWS": "*"})
LARGE_ALLOW = document(Action="iam:Get*", Resource=[f"arn:aws:iam::*:user/{'x' * 500}{n}" for n in range(25)])
LARGE_TRUST = document(Action="sts:AssumeRole", Principal={"AWS": ["*"] * 1000})
NO_GRAMMAR = "{}"
KINDS = ("User", "Role", "Group")

TAG = [{"Key": "team", "Value": "red"}]
RESERVED_TAG = [{"Key": "aws:team", "Value": "red"}]
FIFTY_TAGS = [{"Key": f"key-{number}", "Value": ""} for number in range(50)]
LARGE_TAGS = [{"Key": f"key-{number}", "Value": "x" * 256} for number in range(20)]
WRONG_CODES = {"AuthenticationCode1": "000000", "AuthenticationCode2": "000000"}


def ninth_device(stage):
    user = stage.user()
    for number in range(9):
        stage.enable(user, stage.device(f"phone-{number}"))


def third_access_key(stage):
    user = stage.user()
    for _ in range(3):
        stage.iam.create_access_key(UserName=user)


def fifty_first_tag(tag, **names):
    tag(**names, Tags=FIFTY_TAGS)
    tag(**names, Tags=TAG)


def user_5001(stage):
    stage.state(users=[{"userName": f"user-{number}"} for number in range(5000)])
    stage.user()


def virtual_device_5001(stage):
    stage.state(devices=[{"name": f"phone-{number}"} for number in range(5000)])
    stage.device()


def group_301(stage):
    stage.state(groups=[{"groupName": f"group-{number}"} for number in range(300)])
    stage.group()


def eleventh_group_of_a_user(stage):
    names = [f"group-{number}" for number in range(10)]
    stage.state(groups=[{"groupName": name} for name in names], users=[{"userName": "alice", "groups": names}])
    stage.iam.add_user_to_group(UserName="alice", GroupName=stage.group())


def sixth_version(stage):
    arn = stage.policy()
    for _ in range(5):
        stage.iam.create_policy_version(PolicyArn=arn, PolicyDocument=ALLOW)


def eleventh_policy(stage, kind):
    name = getattr(stage, kind.lower())()
    for number in range(11):
        stage.plainly_iam(f"Attach{kind}Policy", **{f"{kind}Name": name}, PolicyArn=stage.policy(f"policy-{number}"))


# What there is to be named, or is sound to give, where a call needs no more: member → how to come by it.
AT_HAND = {
    "UserName": Stage.user,
    "RoleName": Stage.role,
    "GroupName": Stage.group,
    "PolicyArn": Stage.policy,
    "PermissionsBoundary": lambda stage: stage.policy("boundary"),
    "PolicySourceArn": lambda stage: stage.account.arn(f"user/{stage.user()}"),
    "PolicyName": lambda stage: "writing",
    "PolicyDocument": lambda stage: ALLOW,
    "PolicyInputList": lambda stage: [ALLOW],
    "ActionNames": lambda stage: ["iam:GetUser"],
    "Description": lambda stage: "Reads.",
    "Tags": lambda stage: TAG,
    "TagKeys": lambda stage: ["team"],
}

ARNS = {"PolicyArn", "PermissionsBoundary", "PolicySourceArn"}

# Operation → a call that succeeds. Those that ask for no more than is AT_HAND need no row: `plain_success` calls them.
SUCCESSES = {
    "CreateVirtualMFADevice": lambda stage: stage.device(),
    "DeactivateMFADevice": lambda stage: stage.iam.deactivate_mfa_device(**stage.enabled()),
    "DeleteVirtualMFADevice": lambda stage: stage.iam.delete_virtual_mfa_device(SerialNumber=stage.device()),
    "EnableMFADevice": lambda stage: stage.enabled(),
    "GetMFADevice": lambda stage: stage.iam.get_mfa_device(SerialNumber=stage.security_key()),
    "ListMFADeviceTags": lambda stage: stage.iam.list_mfa_device_tags(SerialNumber=stage.device()),
    "ResyncMFADevice": lambda stage: (
        of := stage.enabled(), stage.account.control.advance(60),
        stage.iam.resync_mfa_device(**of, **stage.codes(of["SerialNumber"]))),
    "TagMFADevice": lambda stage: stage.iam.tag_mfa_device(SerialNumber=stage.device(), Tags=TAG),
    "UntagMFADevice": lambda stage: stage.iam.untag_mfa_device(SerialNumber=stage.device(), TagKeys=["team"]),

    "CreateUser": lambda stage: stage.user(),
    "CreateRole": lambda stage: stage.role(),
    "UpdateAssumeRolePolicy": lambda stage: stage.iam.update_assume_role_policy(
        RoleName=stage.role(), PolicyDocument=TRUST),
    "CreateGroup": lambda stage: stage.group(),
    "RemoveUserFromGroup": lambda stage: stage.iam.remove_user_from_group(**stage.member()),

    **{f"{verb}{kind}Policy": lambda stage, verb=verb, kind=kind: stage.plainly_iam(
        f"{verb}{kind}Policy", **stage.inside(kind)) for kind in KINDS for verb in ("Get", "Delete")},
    **{f"Detach{kind}Policy": lambda stage, kind=kind: stage.plainly_iam(
        f"Detach{kind}Policy", **stage.attached(kind)) for kind in KINDS},

    **{f"{verb}PolicyVersion": lambda stage, verb=verb: stage.plainly_iam(
        f"{verb}PolicyVersion", **stage.second_version()) for verb in ("Get", "Delete", "SetDefault")},

    "DeleteAccessKey": lambda stage: stage.iam.delete_access_key(**stage.access_key()),
    "UpdateAccessKey": lambda stage: stage.iam.update_access_key(**stage.access_key(), Status="Inactive"),
    "GetAccessKeyLastUsed": lambda stage: stage.iam.get_access_key_last_used(
        AccessKeyId=stage.access_key()["AccessKeyId"]),

    "CreateLoginProfile": lambda stage: stage.login_profile(),
    "DeleteLoginProfile": lambda stage: stage.iam.delete_login_profile(UserName=stage.login_profile()),
    "GetLoginProfile": lambda stage: stage.iam.get_login_profile(UserName=stage.login_profile()),
    "UpdateLoginProfile": lambda stage: stage.iam.update_login_profile(UserName=stage.login_profile()),

    "CreateAccountAlias": lambda stage: stage.alias(),
    "DeleteAccountAlias": lambda stage: stage.iam.delete_account_alias(AccountAlias=stage.alias()),
    "GetCredentialReport": lambda stage: (stage.iam.generate_credential_report(), stage.iam.get_credential_report()),

    "AssumeRole": Stage.assume,
    "GetAccessKeyInfo": lambda stage: stage.sts.get_access_key_info(AccessKeyId=stage.access_key()["AccessKeyId"]),
    "GetFederationToken": lambda stage: stage.sts.get_federation_token(Name="guest"),
}

# Operation → why it never succeeds.
NEVER_SUCCEEDS = {
    "DecodeAuthorizationMessage": "the services of AWS that encode messages are not IAM and STS",
}


def plain_success(stage, operation):
    asked = {*operation.required, "UserName"} & set(operation.members)
    stage.plainly(operation, **{name: of(stage) for name, of in AT_HAND.items() if name in asked})


# (operation, error) → a situation whose last call fails with it. NoSuchEntity needs a row only where calling the
# operation with names that nobody has (`plain_no_such_entity`) is not it; InvalidInput of an ARN needs one only where
# `plain_invalid_arn` is not it.
ERRORS = {
    ("CreateVirtualMFADevice", "EntityAlreadyExists"): lambda stage: (stage.device(), stage.device()),
    ("CreateVirtualMFADevice", "InvalidInput"): lambda stage: stage.iam.create_virtual_mfa_device(
        VirtualMFADeviceName="phone", Tags=RESERVED_TAG),
    ("CreateVirtualMFADevice", "LimitExceeded"): virtual_device_5001,
    ("DeleteVirtualMFADevice", "DeleteConflict"): lambda stage: stage.iam.delete_virtual_mfa_device(
        SerialNumber=stage.enabled()["SerialNumber"]),
    ("EnableMFADevice", "EntityAlreadyExists"): lambda stage: stage.iam.enable_mfa_device(
        **stage.enabled(), **WRONG_CODES),
    ("EnableMFADevice", "InvalidAuthenticationCode"): lambda stage: stage.iam.enable_mfa_device(
        UserName=stage.user(), SerialNumber=stage.device(), **WRONG_CODES),
    ("EnableMFADevice", "LimitExceeded"): ninth_device,
    ("ResyncMFADevice", "InvalidAuthenticationCode"): lambda stage: stage.iam.resync_mfa_device(
        **stage.enabled(), **WRONG_CODES),
    ("TagMFADevice", "InvalidInput"): lambda stage: stage.iam.tag_mfa_device(
        SerialNumber=stage.device(), Tags=RESERVED_TAG),
    ("TagMFADevice", "LimitExceeded"): lambda stage: fifty_first_tag(
        stage.iam.tag_mfa_device, SerialNumber=stage.device()),

    ("CreateUser", "EntityAlreadyExists"): lambda stage: (stage.user(), stage.user()),
    ("CreateUser", "InvalidInput"): lambda stage: stage.iam.create_user(UserName="alice", Tags=RESERVED_TAG),
    ("CreateUser", "LimitExceeded"): user_5001,
    ("CreateUser", "NoSuchEntity"): lambda stage: stage.iam.create_user(
        UserName="alice", PermissionsBoundary=stage.no_policy()),
    ("DeleteUser", "DeleteConflict"): lambda stage: stage.iam.delete_user(UserName=stage.login_profile()),
    ("TagUser", "InvalidInput"): lambda stage: stage.iam.tag_user(UserName=stage.user(), Tags=RESERVED_TAG),
    ("TagUser", "LimitExceeded"): lambda stage: fifty_first_tag(stage.iam.tag_user, UserName=stage.user()),
    ("UpdateUser", "EntityAlreadyExists"): lambda stage: stage.iam.update_user(
        UserName=stage.user(), NewUserName=stage.user("bob")),

    ("CreateRole", "EntityAlreadyExists"): lambda stage: (stage.role(), stage.role()),
    ("CreateRole", "InvalidInput"): lambda stage: stage.iam.create_role(
        RoleName="reader", AssumeRolePolicyDocument=TRUST, Tags=RESERVED_TAG),
    ("CreateRole", "LimitExceeded"): lambda stage: stage.iam.create_role(
        RoleName="reader", AssumeRolePolicyDocument=LARGE_TRUST),
    ("CreateRole", "MalformedPolicyDocument"): lambda stage: stage.iam.create_role(
        RoleName="reader", AssumeRolePolicyDocument=NO_GRAMMAR),
    ("UpdateAssumeRolePolicy", "LimitExceeded"): lambda stage: stage.iam.update_assume_role_policy(
        RoleName=stage.role(), PolicyDocument=LARGE_TRUST),
    ("UpdateAssumeRolePolicy", "MalformedPolicyDocument"): lambda stage: stage.iam.update_assume_role_policy(
        RoleName=stage.role(), PolicyDocument=NO_GRAMMAR),
    ("DeleteRole", "DeleteConflict"): lambda stage: stage.iam.delete_role(RoleName=stage.inside("Role")["RoleName"]),
    ("TagRole", "InvalidInput"): lambda stage: stage.iam.tag_role(RoleName=stage.role(), Tags=RESERVED_TAG),
    ("TagRole", "LimitExceeded"): lambda stage: fifty_first_tag(stage.iam.tag_role, RoleName=stage.role()),

    ("CreateGroup", "EntityAlreadyExists"): lambda stage: (stage.group(), stage.group()),
    ("CreateGroup", "LimitExceeded"): group_301,
    ("AddUserToGroup", "LimitExceeded"): eleventh_group_of_a_user,
    ("DeleteGroup", "DeleteConflict"): lambda stage: stage.iam.delete_group(GroupName=stage.member()["GroupName"]),
    ("UpdateGroup", "EntityAlreadyExists"): lambda stage: stage.iam.update_group(
        GroupName=stage.group(), NewGroupName=stage.group("guests")),

    **{(f"Put{kind}Policy", code): lambda stage, kind=kind, text=text: stage.plainly_iam(
        f"Put{kind}Policy", **{**stage.inside(kind), "PolicyDocument": text})
        for kind in KINDS
        for code, text in (("LimitExceeded", LARGE_ALLOW), ("MalformedPolicyDocument", NO_GRAMMAR))},
    **{(f"Attach{kind}Policy", "LimitExceeded"): lambda stage, kind=kind: eleventh_policy(stage, kind)
       for kind in KINDS},

    ("CreatePolicy", "EntityAlreadyExists"): lambda stage: (stage.policy(), stage.policy()),
    ("CreatePolicy", "InvalidInput"): lambda stage: stage.iam.create_policy(
        PolicyName="reading", PolicyDocument=ALLOW, Tags=RESERVED_TAG),
    ("CreatePolicy", "LimitExceeded"): lambda stage: stage.iam.create_policy(
        PolicyName="reading", PolicyDocument=LARGE_ALLOW),
    ("CreatePolicy", "MalformedPolicyDocument"): lambda stage: stage.iam.create_policy(
        PolicyName="reading", PolicyDocument=NO_GRAMMAR),
    ("CreatePolicyVersion", "LimitExceeded"): sixth_version,
    ("CreatePolicyVersion", "MalformedPolicyDocument"): lambda stage: stage.iam.create_policy_version(
        PolicyArn=stage.policy(), PolicyDocument=NO_GRAMMAR),
    ("DeletePolicy", "DeleteConflict"): lambda stage: stage.iam.delete_policy(
        PolicyArn=stage.attached("User")["PolicyArn"]),
    ("DeletePolicyVersion", "DeleteConflict"): lambda stage: stage.iam.delete_policy_version(
        PolicyArn=stage.policy(), VersionId="v1"),
    ("TagPolicy", "LimitExceeded"): lambda stage: fifty_first_tag(stage.iam.tag_policy, PolicyArn=stage.policy()),

    ("GetContextKeysForCustomPolicy", "InvalidInput"): lambda stage: stage.iam.get_context_keys_for_custom_policy(
        PolicyInputList=[NO_GRAMMAR]),
    ("SimulateCustomPolicy", "InvalidInput"): lambda stage: stage.iam.simulate_custom_policy(
        PolicyInputList=[NO_GRAMMAR], ActionNames=["iam:GetUser"]),

    ("CreateAccessKey", "LimitExceeded"): third_access_key,
    ("UpdateAccessKey", "InvalidInput"): lambda stage: stage.iam.update_access_key(
        **stage.access_key(), Status="Expired"),

    ("CreateLoginProfile", "EntityAlreadyExists"): lambda stage: stage.iam.create_login_profile(
        UserName=stage.login_profile(), Password="correct horse"),

    ("CreateAccountAlias", "EntityAlreadyExists"): lambda stage: stage.iam.create_account_alias(
        AccountAlias=stage.alias()),
    ("GetCredentialReport", "ReportNotPresent"): lambda stage: stage.iam.get_credential_report(),
    ("GetCredentialReport", "ReportExpired"): lambda stage: (
        stage.report_of_long_ago(), stage.iam.get_credential_report()),

    ("AssumeRole", "MalformedPolicyDocument"): lambda stage: stage.assume(Policy=NO_GRAMMAR),
    ("AssumeRole", "PackedPolicyTooLarge"): lambda stage: stage.assume(Tags=LARGE_TAGS),
    ("DecodeAuthorizationMessage", "InvalidAuthorizationMessageException"):
        lambda stage: stage.sts.decode_authorization_message(EncodedMessage="abc"),
    ("GetFederationToken", "MalformedPolicyDocument"): lambda stage: stage.sts.get_federation_token(
        Name="guest", Policy=NO_GRAMMAR),
    ("GetFederationToken", "PackedPolicyTooLarge"): lambda stage: stage.sts.get_federation_token(
        Name="guest", Tags=LARGE_TAGS),
}


def plain_no_such_entity(stage, operation):
    unknown = {"UserName": "nobody", "PolicyArn": stage.no_policy(),
               "PolicySourceArn": stage.account.arn("user/nobody")}
    stage.plainly(operation, **{name: value for name, value in unknown.items() if name in operation.members})


def plain_invalid_arn(stage, operation):
    """All else that is named exists: only the sample of an ARN names nothing of the kind."""
    sound = {name: of(stage) for name, of in AT_HAND.items()
             if name in operation.required and name not in ARNS}
    stage.plainly(operation, **sound)


# What keyfob never answers by itself, whatever the operation: error → why. Faults answer it when a test asks.
NEVER = {
    "ConcurrentModification": "calls on an account happen one after the other",
    "EntityTemporarilyUnmodifiable": "a change is over once it is answered",
    "PolicyEvaluation": "a policy that was taken can be evaluated",
    "PolicyNotAttachable": "AWS's policies for services alone are not among those that keyfob knows",
    "RegionDisabledException": "no region is switched off",
    "ReportInProgress": "a report is ready as soon as it is asked for",
    "ServiceFailure": "only a broken store makes it",
    "UnmodifiableEntity": "there are no roles that belong to a service of AWS",
}

NOTHING_GROWS = "the call makes nothing more of anything that has a quota"
NO_PASSWORD_POLICY = "there is no password policy that a password could break"

# The same of single operations: (operation, error) → why.
NEVER_OF = {
    **{(operation, "LimitExceeded"): NOTHING_GROWS for operation in (
        "DeactivateMFADevice", "DeleteVirtualMFADevice", "ResyncMFADevice", "DeleteUser", "UpdateUser", "DeleteRole",
        "DeleteGroup", "RemoveUserFromGroup", "UpdateGroup", "DeleteAccessKey", "UpdateAccessKey", "CreateLoginProfile",
        "DeleteLoginProfile", "UpdateLoginProfile", "DeleteAccountAlias", "DeletePolicy", "DeletePolicyVersion",
        "SetDefaultPolicyVersion", *(f"{verb}{kind}Policy" for kind in KINDS for verb in ("Delete", "Detach")),
    )},
    ("ListMFADeviceTags", "InvalidInput"): "a device that has no tags is told as one that doesn't exist (aws/open-questions.md#not-found)",
    ("UntagMFADevice", "InvalidInput"): "untagging has no rule to break but those of the model (aws/tags.md#untagging)",


    ("CreateGroup", "NoSuchEntity"): "a group needs nothing else to be there",
    **{(f"ListAttached{kind}Policies", "InvalidInput"): "the model's own rules leave nothing to refuse"
       for kind in KINDS},

    ("CreateLoginProfile", "PasswordPolicyViolation"): NO_PASSWORD_POLICY,
    ("UpdateLoginProfile", "PasswordPolicyViolation"): NO_PASSWORD_POLICY,

    ("CreateAccountAlias", "LimitExceeded"): "a new alias takes the old one's place",
    ("GenerateCredentialReport", "LimitExceeded"): "reports may be asked for without end",
}


def success_of(operation):
    """The situation for a success of the operation; none where someone has to write one."""
    if operation.name in SUCCESSES:
        return SUCCESSES[operation.name]
    if set(operation.required) <= set(AT_HAND):
        return lambda stage: plain_success(stage, operation)
    return None


def error_of(operation, code):
    """The situation for an error of the operation; none where it can't come about, or nobody has said why not."""
    if (operation.name, code) in ERRORS:
        return ERRORS[operation.name, code]
    if code == "NoSuchEntity" and why_never(operation, code) is None:
        return lambda stage: plain_no_such_entity(stage, operation)
    if code == "InvalidInput" and ARNS & set(operation.required):
        return lambda stage: plain_invalid_arn(stage, operation)
    return None


def why_never(operation, code):
    return NEVER_OF.get((operation.name, code)) or NEVER.get(code)


def declared_pairs():
    return [(operation, code) for operation in aws_model.OPERATIONS for code in operation.errors]
