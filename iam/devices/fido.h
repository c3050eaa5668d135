// Security keys and passkeys: enrolled by the AWS console alone, never by an API
// (aws/devices.md#security-keys).
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "iam/call/entropy.h"
#include "iam/call/limits.h"
#include "protocol/error.h"
#include "protocol/shape.h"
#include "storage/tx.h"

namespace keyfob {

inline constexpr Shape kSecurityKeyName{
    .name = "securityKeyName", .min = 1, .max = 64, .pattern = R"([\w+=,.@-]+)", .accepts = shape::is_name};

using Certifications = std::vector<std::pair<std::string, std::string>>;  // "FIDO" → "L1"
// Lengths and characters as the model has them for GetMFADevice's answer.
Result<void> check_certifications(const Certifications& certifications);

struct FidoEnrolment {
  std::optional<std::string> user_name;  // none: root's
  std::string name;
  Certifications certifications;
};

// The device, stored and assigned to its user. NoSuchEntity, LimitExceeded or ValidationError otherwise.
Result<Device> enrol_fido(Tx& tx, Entropy& entropy, const Limits& limits, const FidoEnrolment& enrolment,
                          Instant now);

}  // namespace keyfob
