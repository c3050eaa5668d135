"""What MFA means as time goes by, on an account whose clock the tests move: windows, slots, expiries, drift, and the
condition keys of policies (aws/codes.md, aws/sts.md, aws/authorization.md#condition-keys). Policies are enforced."""

import pytest
from botocore.exceptions import ClientError

from people import CANNOT_VALIDATE, INVALID_CODE, WITH_MFA, Person, document, role_with_mfa, statement, trust

STEP = 30
SLOT = 180
HOUR = 3600
NEW_YEAR = "2027-01-01T00:00:00Z"

strict = pytest.mark.parametrize("server", ["--strict"], indirect=True)
late = pytest.mark.parametrize("server", ["--strict --propagation-delay=10"], indirect=True)


def set_clock(account, time):
    account.control.call("POST", "clock/freeze", {"at": time})


def error_of(call, *arguments, **parameters):
    try:
        call(*arguments, **parameters)
    except ClientError as refused:
        return refused.response["Error"]
    return {"Code": None, "Message": None}


def code_of(call, *arguments, **parameters):
    """The error code of the refusal; None when there is none."""
    return error_of(call, *arguments, **parameters)["Code"]


def message_of(call, *arguments, **parameters):
    """The text of the refusal; None when there is none."""
    return error_of(call, *arguments, **parameters)["Message"]


@pytest.fixture
def carol(account):
    carol = Person(account, "carol")
    carol.may(statement("Allow", "sts:AssumeRole"))
    # The start of a slot and of a step: what a test counts from here is counted by the clock as well.
    set_clock(account, NEW_YEAR)
    return carol


# --- Codes ------------------------------------------------------------------------------------------------


@strict
@pytest.mark.parametrize("drift", [0, 600, -600], ids=lambda drift: f"drift {drift}")
@pytest.mark.parametrize(
    ("step", "refusal"), [(-3, INVALID_CODE), (-2, None), (-1, None), (0, None), (2, None), (3, INVALID_CODE)]
)
def test_a_code_is_good_two_steps_to_either_side_of_the_devices_own_time(carol, drift, step, refusal):
    phone = carol.given_a_phone(steps=(drift - 1, drift))
    assert message_of(carol.session, phone, drift + step) == refusal


@strict
def test_a_code_ages(account, carol):
    phone = carol.given_a_phone()
    codes = {step: phone.claim(step) for step in range(3)}
    account.control.advance(2 * STEP + STEP - 1)
    get = carol.client("sts").get_session_token
    assert message_of(get, **codes[0]) is None, "the last second of the window"
    account.control.advance(1)
    assert message_of(get, **codes[0]) == INVALID_CODE
    assert message_of(get, **codes[1]) is None
    assert message_of(get, **codes[1]) == INVALID_CODE, "used"
    # Back in time a code that was used stays used, and the others are good again.
    set_clock(account, NEW_YEAR)
    assert message_of(get, **codes[0]) == INVALID_CODE
    assert message_of(get, **codes[2]) is None


@strict
def test_nine_tries_in_a_slot_of_the_clock(account, carol):
    phone = carol.given_a_phone()
    account.control.advance(SLOT - 1)
    for step in (-2, -1, 0, 1, 2):
        assert message_of(carol.session, phone, step) is None
    for _ in range(4):
        assert message_of(carol.session, phone, 9) == INVALID_CODE
    assert message_of(carol.session, phone, 9) == CANNOT_VALIDATE
    # One second later another slot begins. The codes used in the last one stay used.
    account.control.advance(1)
    assert message_of(carol.session, phone, -2) == INVALID_CODE
    assert message_of(carol.session, phone, 2) is None


@strict
def test_tries_are_counted_for_each_device_and_for_both_operations(account, carol):
    phone, tablet = carol.given_a_phone("phone"), carol.given_a_phone("tablet")
    role_arn = role_with_mfa(account, "admin", carol)
    assume = carol.client("sts").assume_role
    for _ in range(9):
        assert message_of(assume, RoleArn=role_arn, RoleSessionName="work", **phone.claim(9)) == INVALID_CODE
    assert message_of(carol.session, phone) == CANNOT_VALIDATE
    assert message_of(carol.session, tablet) is None


@strict
def test_a_device_that_drifts_is_brought_back_by_a_resync(account, carol):
    phone = carol.given_a_phone()
    drifted = 10
    assert message_of(carol.session, phone, drifted) == INVALID_CODE
    account.client("iam").resync_mfa_device(UserName="carol", **phone.pair(drifted - 1, drifted))
    assert message_of(carol.session, phone) == INVALID_CODE, "the device's own time is what counts now"
    account.control.advance(20 * STEP)
    for step in (drifted - 2, drifted + 2):
        assert message_of(carol.session, phone, step) is None


@late
def test_changes_of_devices_reach_sts_late(account, carol):
    root = account.client("iam")
    phone = carol.given_a_phone()
    account.control.advance(9)
    assert message_of(carol.session, phone) == CANNOT_VALIDATE
    account.control.advance(1)
    assert message_of(carol.session, phone) is None

    # The old binding is good for as long.
    root.deactivate_mfa_device(UserName="carol", SerialNumber=phone.serial_number)
    account.control.advance(9)
    assert message_of(carol.session, phone, 1) is None
    account.control.advance(1)
    assert message_of(carol.session, phone, 2) == CANNOT_VALIDATE


@late
def test_a_device_that_changes_hands_is_its_old_owners_for_a_while(account, carol):
    root = account.client("iam")
    phone, dave = carol.given_a_phone(), Person(account, "dave")
    account.control.advance(5 * STEP)
    root.deactivate_mfa_device(UserName="carol", SerialNumber=phone.serial_number)
    root.enable_mfa_device(UserName="dave", **phone.pair(0, 1))
    account.control.advance(9)
    assert message_of(dave.session, phone) == CANNOT_VALIDATE
    account.control.advance(1)
    assert message_of(carol.session, phone) == CANNOT_VALIDATE
    assert message_of(dave.session, phone) is None


@late
def test_an_old_drift_and_a_deleted_device_go_on_for_a_while(account, carol):
    root = account.client("iam")
    phone = carol.given_a_phone()
    account.control.advance(10 * STEP)
    root.resync_mfa_device(UserName="carol", **phone.pair(499, 500))
    assert message_of(carol.session, phone, 500) == INVALID_CODE
    assert message_of(carol.session, phone, 0) is None
    account.control.advance(10)
    assert message_of(carol.session, phone, 1) == INVALID_CODE
    assert message_of(carol.session, phone, 500) is None

    root.deactivate_mfa_device(UserName="carol", SerialNumber=phone.serial_number)
    root.delete_virtual_mfa_device(SerialNumber=phone.serial_number)
    account.control.advance(9)
    assert message_of(carol.session, phone, 501) is None
    account.control.advance(1)
    assert message_of(carol.session, phone, 502) == CANNOT_VALIDATE


@late
def test_a_device_that_the_control_api_takes_away_goes_on_for_a_while(account, carol):
    phone = carol.given_a_phone()
    account.control.advance(10)
    account.control.call("DELETE", "devices", serial=phone.serial_number)
    account.control.advance(9)
    assert message_of(carol.session, phone, 1) is None
    account.control.advance(1)
    assert message_of(carol.session, phone, 2) == CANNOT_VALIDATE


@late
def test_off_and_on_again_sts_notices_nothing(account, carol):
    root = account.client("iam")
    phone = carol.given_a_phone()
    account.control.advance(10 * STEP)
    root.deactivate_mfa_device(UserName="carol", SerialNumber=phone.serial_number)
    account.control.advance(4)
    root.enable_mfa_device(UserName="carol", **phone.pair(1, 2))
    account.control.advance(5)
    assert message_of(carol.session, phone, 0) is None
    account.control.advance(1)  # the first change has arrived, the second hasn't
    assert message_of(carol.session, phone, 1) == CANNOT_VALIDATE
    account.control.advance(4)
    assert message_of(carol.session, phone, 1) is None


@strict
def test_a_session_that_is_long_over_or_a_key_that_is_gone_is_nobody(account, carol):
    """Not root, as a key would be that keyfob never gave."""
    long_over = account.holder_of(carol.session(DurationSeconds=900))("sts")
    account.control.advance(25 * HOUR + 900)
    carol.session()  # which forgets the old ones
    assert code_of(long_over.get_caller_identity) == "ExpiredToken"
    key = account.client("iam").create_access_key(UserName="carol")["AccessKey"]
    gone = account.holder_of(key)("sts")
    assert code_of(gone.get_caller_identity) is None
    account.client("iam").delete_access_key(UserName="carol", AccessKeyId=key["AccessKeyId"])
    assert code_of(gone.get_caller_identity) == "InvalidClientTokenId"


# --- Sessions -----------------------------------------------------------------------------------------------


@strict
@pytest.mark.parametrize(
    ("options", "lasts"),
    [({}, 12 * HOUR), ({"DurationSeconds": 900}, 900), ({"DurationSeconds": 36 * HOUR}, 36 * HOUR)],
    ids=str,
)
def test_a_session_lasts_as_long_as_was_asked(account, carol, options, lasts):
    session = carol.session(carol.given_a_phone(), **options)
    whoami = account.holder_of(session)("sts").get_caller_identity
    account.control.advance(lasts - 1)
    assert code_of(whoami) is None
    account.control.advance(1)
    assert code_of(whoami) == "ExpiredToken"


@strict
def test_role_chaining_ends_after_an_hour(account, carol):
    root = account.client("iam")
    first_arn = role_with_mfa(account, "first", carol, statement("Allow", "sts:AssumeRole"))
    second_arn = root.create_role(
        RoleName="second", AssumeRolePolicyDocument=trust(first_arn), MaxSessionDuration=12 * HOUR)["Role"]["Arn"]
    root.update_role(RoleName="first", MaxSessionDuration=12 * HOUR)
    claim = carol.given_a_phone().claim()
    first = carol.client("sts").assume_role(
        RoleArn=first_arn, RoleSessionName="one", DurationSeconds=12 * HOUR, **claim)["Credentials"]

    chained = {"RoleArn": second_arn, "RoleSessionName": "two"}
    assume = account.holder_of(first)("sts").assume_role
    assert message_of(assume, **chained, DurationSeconds=HOUR + 1) == (
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.")
    second = assume(**chained, DurationSeconds=HOUR)["Credentials"]
    account.control.advance(HOUR)
    assert code_of(account.holder_of(second)("sts").get_caller_identity) == "ExpiredToken"
    assert code_of(assume, **chained) is None, "the first role's session has eleven hours left"
    account.control.advance(11 * HOUR)
    assert code_of(assume, **chained) == "ExpiredToken"


@strict
def test_a_session_keeps_its_mfa_when_the_device_goes(account, carol):
    carol.may(statement("Allow", "iam:ListUsers", **WITH_MFA))
    phone = carol.given_a_phone()
    list_users = account.holder_of(carol.session(phone))("iam").list_users
    root = account.client("iam")
    root.deactivate_mfa_device(UserName="carol", SerialNumber=phone.serial_number)
    root.delete_virtual_mfa_device(SerialNumber=phone.serial_number)
    assert code_of(list_users) is None
    account.control.advance(12 * HOUR)
    assert code_of(list_users) == "ExpiredToken"


# --- Condition keys: the rows of aws/authorization.md#condition-keys --------------------------------------------------

CONDITIONS = {
    "Bool true": WITH_MFA,
    "Bool false": {"Bool": {"aws:MultiFactorAuthPresent": "false"}},
    "BoolIfExists true": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}},
    "BoolIfExists false": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}},
    "Null true": {"Null": {"aws:MultiFactorAuthPresent": "true"}},
    "age < 1 h": {"NumericLessThan": {"aws:MultiFactorAuthAge": str(HOUR)}},
    "age <= 1 h": {"NumericLessThanEquals": {"aws:MultiFactorAuthAge": str(HOUR)}},
    "age exists": {"Null": {"aws:MultiFactorAuthAge": "false"}},
}
# Which of them hold where the key is absent, false, and true.
ABSENT = {"BoolIfExists true", "BoolIfExists false", "Null true"}
FALSE = {"Bool false", "BoolIfExists false"}
TRUE = {"Bool true", "BoolIfExists true", "age < 1 h", "age <= 1 h", "age exists"}


class Credentials:
    """The ways to come by credentials, one for each row."""

    def __init__(self, account, carol):
        self._account, self._carol = account, carol
        self._phone = carol.given_a_phone()

    def long_term_key(self):
        return self._carol.key

    def session_without_mfa(self):
        return self._carol.session()

    def session_with_mfa(self):
        return self._carol.session(self._phone)

    def role_by_long_term_key(self):
        return self._assume(self._carol.key)

    def role_with_a_code_in_the_call(self):
        return self._assume(self._carol.key, **self._phone.claim())

    def role_by_a_session_without_mfa(self):
        return self._assume(self.session_without_mfa())

    def role_by_a_session_with_mfa(self):
        session = self.session_with_mfa()
        self._account.control.advance(60)
        return self._assume(session)

    def chained_role(self):
        return self._assume(self.role_by_a_session_with_mfa())

    def console_without_mfa(self):
        root = self._account.client("iam")
        root.deactivate_mfa_device(UserName="carol", SerialNumber=self._phone.serial_number)
        return self._sign_in()

    def console_with_mfa(self):
        return self._sign_in(code=self._phone.code())

    def _sign_in(self, **code):
        self._account.client("iam").create_login_profile(UserName="carol", Password="correct horse")
        signed_in = self._account.control.call(
            "POST", "signin", {"userName": "carol", "password": "correct horse", **code})
        return {name[0].upper() + name[1:]: value for name, value in signed_in.items()}

    def _assume(self, credentials, **claim):
        return self._account.holder_of(credentials)("sts").assume_role(
            RoleArn=self._account.arn("role/subject"), RoleSessionName="work", **claim)["Credentials"]


def held(account, ask):
    """The names of the conditions under which `ask` is allowed."""
    return {name for name, condition in CONDITIONS.items() if code_of(ask, condition) is None}


@pytest.fixture
def subject(account, carol):
    """Sets the one policy that stands behind the credentials of every row: for ListRoles on a condition."""
    account.client("iam").create_role(
        RoleName="subject", AssumeRolePolicyDocument=document(
            {"Effect": "Allow", "Principal": {"AWS": account.id}, "Action": "sts:AssumeRole"}))

    def set_policy(condition):
        statements = [statement("Allow", "sts:AssumeRole"), statement("Allow", "iam:ListRoles", **condition)]
        carol.may(*statements)
        account.client("iam").put_role_policy(
            RoleName="subject", PolicyName="Work", PolicyDocument=document(*statements))

    set_policy({})
    return set_policy


@strict
@pytest.mark.parametrize(
    ("how", "holds"),
    [
        ("long_term_key", ABSENT),
        ("session_with_mfa", TRUE),
        ("role_by_long_term_key", FALSE),
        ("role_with_a_code_in_the_call", FALSE),
        ("role_by_a_session_without_mfa", FALSE),
        ("role_by_a_session_with_mfa", TRUE),
        ("chained_role", FALSE),
        ("console_without_mfa", FALSE),
        ("console_with_mfa", TRUE),
    ],
)
def test_the_keys_of_mfa_in_later_calls(account, carol, subject, how, holds):
    list_roles = account.holder_of(getattr(Credentials(account, carol), how)())("iam").list_roles

    def ask(condition):
        subject(condition)
        list_roles()

    assert held(account, ask) == holds


@strict
def test_a_session_without_mfa_may_not_ask_iam_whatever_the_policy(account, carol, subject):
    session = Credentials(account, carol).session_without_mfa()
    assert code_of(account.holder_of(session)("iam").list_roles) == "InvalidClientTokenId"


@strict
@pytest.mark.parametrize(
    ("how", "with_code", "holds"),
    [
        ("long_term_key", False, ABSENT),
        ("long_term_key", True, TRUE),
        ("session_without_mfa", False, FALSE),
        ("session_with_mfa", False, TRUE),
        ("role_by_a_session_with_mfa", False, TRUE),
        ("role_with_a_code_in_the_call", False, FALSE),
        ("console_with_mfa", False, TRUE),
    ],
)
def test_the_keys_of_mfa_in_a_trust_policy(account, carol, subject, how, with_code, holds):
    root = account.client("iam")
    phone = carol.given_a_phone("tablet")
    root.create_role(RoleName="target", AssumeRolePolicyDocument=trust(account.id))
    assume = account.holder_of(getattr(Credentials(account, carol), how)())("sts").assume_role

    def ask(condition):
        root.update_assume_role_policy(RoleName="target", PolicyDocument=trust(account.id, **condition))
        account.control.advance(SLOT)  # to a code that is good for another use
        claim = phone.claim() if with_code else {}
        assume(RoleArn=account.arn("role/target"), RoleSessionName="work", **claim)

    assert held(account, ask) == holds


@strict
@pytest.mark.parametrize("how", ["session_with_mfa", "role_by_a_session_with_mfa", "console_with_mfa"])
def test_the_age_of_mfa_is_counted_from_the_code(account, carol, subject, how):
    list_roles = account.holder_of(getattr(Credentials(account, carol), how)())("iam").list_roles

    def allowed(operator):
        subject({operator: {"aws:MultiFactorAuthAge": "900"}})
        return code_of(list_roles) is None

    operators = ["NumericLessThan", "NumericLessThanEquals"]
    for time, outcomes in [("14:59", [True, True]), ("15:00", [False, True]), ("15:01", [False, False])]:
        set_clock(account, f"2027-01-01T00:{time}Z")
        assert [allowed(operator) for operator in operators] == outcomes
