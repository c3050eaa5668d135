"""How each operation comes to succeed, and to fail with each error that it declares.

test_errors.py holds these tables against `keyfob operations --json`: an operation that is new there needs its rows here.
"""

import functools

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

    def user(self, name="alice"):
        self.iam.create_user(UserName=name)
        return name

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


TAG = [{"Key": "team", "Value": "red"}]
RESERVED_TAG = [{"Key": "aws:team", "Value": "red"}]
FIFTY_TAGS = [{"Key": f"key-{number}", "Value": ""} for number in range(50)]
WRONG_CODES = {"AuthenticationCode1": "000000", "AuthenticationCode2": "000000"}


def ninth_device(stage):
    user = stage.user()
    for number in range(9):
        stage.enable(user, stage.device(f"phone-{number}"))


def third_access_key(stage):
    user = stage.user()
    for _ in range(3):
        stage.iam.create_access_key(UserName=user)


def fifty_first_tag_of_a_user(stage):
    user = stage.user()
    stage.iam.tag_user(UserName=user, Tags=FIFTY_TAGS)
    stage.iam.tag_user(UserName=user, Tags=TAG)


def fifty_first_tag_of_a_device(stage):
    device = stage.device()
    stage.iam.tag_mfa_device(SerialNumber=device, Tags=FIFTY_TAGS)
    stage.iam.tag_mfa_device(SerialNumber=device, Tags=TAG)


def user_5001(stage):
    stage.state(users=[{"userName": f"user-{number}"} for number in range(5000)])
    stage.user()


def virtual_device_5001(stage):
    stage.state(devices=[{"name": f"phone-{number}"} for number in range(5000)])
    stage.device()


# Operation → a call that succeeds. Those that need at most a UserName have no row: `plain_success` calls them.
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
    "TagUser": lambda stage: stage.iam.tag_user(UserName=stage.user(), Tags=TAG),
    "UntagUser": lambda stage: stage.iam.untag_user(UserName=stage.user(), TagKeys=["team"]),

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

    "GetAccessKeyInfo": lambda stage: stage.sts.get_access_key_info(AccessKeyId=stage.access_key()["AccessKeyId"]),
}


def plain_success(stage, operation):
    stage.plainly(operation, **({"UserName": stage.user()} if "UserName" in operation.members else {}))


# (operation, error) → a situation whose last call fails with it. NoSuchEntity needs a row only where calling the
# operation with names that nobody has (`plain_no_such_entity`) is not it.
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
    ("TagMFADevice", "LimitExceeded"): fifty_first_tag_of_a_device,

    ("CreateUser", "EntityAlreadyExists"): lambda stage: (stage.user(), stage.user()),
    ("CreateUser", "InvalidInput"): lambda stage: stage.iam.create_user(UserName="alice", Tags=RESERVED_TAG),
    ("CreateUser", "LimitExceeded"): user_5001,
    ("DeleteUser", "DeleteConflict"): lambda stage: stage.iam.delete_user(UserName=stage.login_profile()),
    ("TagUser", "InvalidInput"): lambda stage: stage.iam.tag_user(UserName=stage.user(), Tags=RESERVED_TAG),
    ("TagUser", "LimitExceeded"): fifty_first_tag_of_a_user,
    ("UpdateUser", "EntityAlreadyExists"): lambda stage: stage.iam.update_user(
        UserName=stage.user(), NewUserName=stage.user("bob")),

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
}


def plain_no_such_entity(stage, operation):
    stage.plainly(operation, **({"UserName": "nobody"} if "UserName" in operation.members else {}))


# What keyfob never answers by itself, whatever the operation: error → why. Faults answer it when a test asks.
NEVER = {
    "ConcurrentModification": "calls on an account happen one after the other",
    "EntityTemporarilyUnmodifiable": "a change is over once it is answered",
    "RegionDisabledException": "no region is switched off",
    "ReportInProgress": "a report is ready as soon as it is asked for",
    "ServiceFailure": "only a broken store makes it",
}

NOTHING_GROWS = "the call makes nothing more of anything that has a quota"
NO_PASSWORD_POLICY = "there is no password policy that a password could break"

# The same of single operations: (operation, error) → why.
NEVER_OF = {
    ("DeactivateMFADevice", "LimitExceeded"): NOTHING_GROWS,
    ("DeleteVirtualMFADevice", "LimitExceeded"): NOTHING_GROWS,
    ("ResyncMFADevice", "LimitExceeded"): NOTHING_GROWS,
    ("ListMFADeviceTags", "InvalidInput"): "a device that has no tags is told as one that doesn't exist (§15: not found)",
    ("UntagMFADevice", "InvalidInput"): "untagging has no rule to break but those of the model (§11)",

    ("CreateUser", "NoSuchEntity"): "the policy of a permissions boundary is not looked for",
    ("DeleteUser", "LimitExceeded"): NOTHING_GROWS,
    ("UpdateUser", "LimitExceeded"): NOTHING_GROWS,

    ("DeleteAccessKey", "LimitExceeded"): NOTHING_GROWS,
    ("UpdateAccessKey", "LimitExceeded"): NOTHING_GROWS,

    ("CreateLoginProfile", "LimitExceeded"): NOTHING_GROWS,
    ("CreateLoginProfile", "PasswordPolicyViolation"): NO_PASSWORD_POLICY,
    ("DeleteLoginProfile", "LimitExceeded"): NOTHING_GROWS,
    ("UpdateLoginProfile", "LimitExceeded"): NOTHING_GROWS,
    ("UpdateLoginProfile", "PasswordPolicyViolation"): NO_PASSWORD_POLICY,

    ("CreateAccountAlias", "LimitExceeded"): "a new alias takes the old one's place",
    ("DeleteAccountAlias", "LimitExceeded"): NOTHING_GROWS,
    ("GenerateCredentialReport", "LimitExceeded"): "reports may be asked for without end",
}


def success_of(operation):
    """The situation for a success of the operation; none where someone has to write one."""
    if operation.name in SUCCESSES:
        return SUCCESSES[operation.name]
    if set(operation.required) <= {"UserName"}:
        return lambda stage: plain_success(stage, operation)
    return None


def error_of(operation, code):
    """The situation for an error of the operation; none where it can't come about, or nobody has said why not."""
    if (operation.name, code) in ERRORS:
        return ERRORS[operation.name, code]
    if code == "NoSuchEntity" and why_never(operation, code) is None:
        return lambda stage: plain_no_such_entity(stage, operation)
    return None


def why_never(operation, code):
    return NEVER_OF.get((operation.name, code)) or NEVER.get(code)


def declared_pairs():
    return [(operation, code) for operation in aws_model.OPERATIONS for code in operation.errors]
