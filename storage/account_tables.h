// The tables that hold an account, each with the column that says whose a row is: what there is to clear and
// to copy.
#pragma once

#define KEYFOB_ACCOUNT_TABLES(TABLE) \
  TABLE(account, id)                 \
  TABLE(iam_user, account)           \
  TABLE(iam_role, account)           \
  TABLE(iam_group, account)          \
  TABLE(membership, account)         \
  TABLE(inline_policy, account)      \
  TABLE(managed_policy, account)     \
  TABLE(policy_version, account)     \
  TABLE(attachment, account)         \
  TABLE(device, account)             \
  TABLE(past_device, account)        \
  TABLE(tag, account)                \
  TABLE(access_key, account)         \
  TABLE(login_profile, account)      \
  TABLE(credential_report, account)  \
  TABLE(session, account)            \
  TABLE(session_policy, account)     \
  TABLE(verification, account)       \
  TABLE(used_code, account)          \
  TABLE(tally, account)
