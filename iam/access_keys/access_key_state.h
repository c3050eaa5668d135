// Access keys in the state document, inside the user whose they are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "iam/state/section.h"

namespace keyfob {

enum class KeyStatus { active, inactive };

struct KeyUse {
  std::optional<Instant> at;
  std::string service;
  std::string region;
};

struct AccessKeyState {
  std::optional<std::string> access_key_id;
  std::optional<Secret> secret;
  KeyStatus status = KeyStatus::active;
  std::optional<Instant> created;
  std::optional<KeyUse> last_used;
};

template <>
const JsonKind& json_kind<AccessKeyState>();

std::vector<AccessKeyState> gather_access_keys(ReadTx& tx, std::string_view user_id);
void store_access_key(const Importing& importing, const AccessKeyState& state, const std::string& user_id,
                      const Place& place);

}  // namespace keyfob
