// The credential report: every user's credentials as a table (aws/account.md#credential-report).
#pragma once

#include <string>

#include "iam/call/call.h"

namespace keyfob {

// A report is good for four hours.
bool is_expired(const CredentialReport& report, Instant now);

// The account as it stands: a line for root, then one for each user in case-insensitive order of name; LF
// between lines, none after the last.
std::string credential_report_csv(const ReadCall& call);

}  // namespace keyfob
