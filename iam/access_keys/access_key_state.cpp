#include "iam/access_keys/access_key_state.h"

#include "iam/state/forms.h"

namespace keyfob {
namespace access_key_state {

constexpr std::string_view kIdPrefix = "AKIA";
constexpr const char* kStatuses[] = {"Active", "Inactive"};  // KeyStatus

// Of any length: tests have keys of their own.
struct KeyId : JsonForm<std::string> {
  static std::string read(const Place& place) {
    auto id = place.text();
    if (!id.starts_with(kIdPrefix) || !shape::is_word(id))
      place.fail("must start with " + std::string(kIdPrefix) + " and be letters and digits");
    return id;
  }
  static boost::json::object schema(boost::json::object&) {
    return id_schema({.name = {}, .min = 0}, kIdPrefix);
  }
};

constexpr JsonMember kUseMembers[] = {
    optional<&KeyUse::at>("date", "When."),
    optional<&KeyUse::service>("service", "Of which service, such as `iam`."),
    optional<&KeyUse::region>("region", "Where."),
};
constexpr JsonKind kUse{.name = "keyUse", .members = kUseMembers};

constexpr JsonMember kMembers[] = {
    optional<&AccessKeyState::access_key_id, KeyId>("accessKeyId", "Its id; no other account may know it.",
                                                    "made up"),
    optional<&AccessKeyState::secret>("secretAccessKey", "Its secret.", "made up"),
    optional<&AccessKeyState::status, OneOf<KeyStatus, kStatuses>>("status", "Whether it opens anything."),
    optional<&AccessKeyState::created>("createDate", "When it was made.", "now"),
    optional<&AccessKeyState::last_used>("lastUsed", "Its last use.", "it was never used"),
};
constexpr JsonKind kKind{.name = "accessKey", .members = kMembers};

AccessKeyState state_of(const AccessKey& key) {
  AccessKeyState state{.access_key_id = key.access_key_id,
                       .secret = key.secret,
                       .status = key.active ? KeyStatus::active : KeyStatus::inactive,
                       .created = key.created,
                       .last_used = {}};
  if (key.last_used) {
    state.last_used =
        KeyUse{.at = key.last_used, .service = key.last_used_service, .region = key.last_used_region};
  }
  return state;
}

}  // namespace access_key_state

template <>
const JsonKind& json_kind<KeyUse>() {
  return access_key_state::kUse;
}
template <>
const JsonKind& json_kind<AccessKeyState>() {
  return access_key_state::kKind;
}

std::vector<AccessKeyState> gather_access_keys(ReadTx& tx, std::string_view user_id) {
  std::vector<AccessKeyState> states;
  for (const auto& key : tx.access_keys_of(user_id)) states.push_back(access_key_state::state_of(key));
  return states;
}

void store_access_key(const Importing& importing, const AccessKeyState& state, const std::string& user_id,
                      const Place& place) {
  auto& [tx, entropy, now] = importing;
  const auto use = state.last_used.value_or(KeyUse{});
  const AccessKey key{
      .access_key_id = state.access_key_id.value_or(entropy.access_key_id(access_key_state::kIdPrefix)),
      .account = tx.account_id(),
      .user_id = user_id,
      .secret = state.secret ? *state.secret : entropy.secret_key(),
      .active = state.status == KeyStatus::active,
      .created = state.created.value_or(now),
      .last_used = use.at,
      .last_used_service = use.service,
      .last_used_region = use.region};
  if (tx.access_key(key.access_key_id)) place["accessKeyId"].fail("is known already");
  tx.add(key);
}

}  // namespace keyfob
