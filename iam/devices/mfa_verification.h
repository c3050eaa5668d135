// STS's check of one code (aws/codes.md#codes-for-sts, aws/sts.md#mfa-errors): the device must be the
// caller's, the code within two steps of the device's adjusted time and not used before, and no more than
// nine tries in a three-minute slot.
#pragma once

#include <optional>
#include <string>

#include "iam/call/call.h"
#include "protocol/error.h"

namespace keyfob {

// What a call to STS says of MFA: nothing, or both parts.
struct MfaClaim {
  std::optional<std::string> serial_number;
  std::optional<std::string> token_code;

  bool is_made() const { return serial_number || token_code; }
};

// Whether the device shows that code now and it is still to be used. Counts nothing.
bool shows_code(ReadTx& tx, Instant now, const Device& device, const std::string& token_code);

// Checks the code of that very device and uses it up. A try counts whatever its outcome: the transaction must
// be kept.
Result<void> use_code(Tx& tx, Instant now, const Device& device, const std::string& token_code);

// The same for the caller's device that the request names; the failure is kept (Call::keeps_failure).
Result<void> verify_mfa(Call& call, const MfaClaim& claim);

}  // namespace keyfob
