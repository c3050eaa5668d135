#include "iam/request/last_use.h"

namespace keyfob {
namespace {

bool is_same_second(const std::optional<Instant>& then, Instant now) {
  using std::chrono::floor;
  using std::chrono::seconds;
  return then && floor<seconds>(*then) == floor<seconds>(now);
}

bool is_noted(const AccessKey& key, const signature::Claim& claim, Instant now) {
  return is_same_second(key.last_used, now) && key.last_used_service == claim.service &&
         key.last_used_region == claim.region;
}

bool is_noted(const Role& role, const signature::Claim& claim, Instant now) {
  return is_same_second(role.last_used, now) && role.last_used_region == claim.region;
}

void note_key_use(Tx& tx, const std::string& access_key_id, const signature::Claim& claim, Instant now) {
  auto key = tx.access_key(access_key_id);
  if (!key || is_noted(*key, claim, now)) return;
  key->last_used = now;
  key->last_used_service = claim.service;
  key->last_used_region = claim.region;
  tx.update(*key);
}

void note_role_use(Tx& tx, const std::string& role_id, const signature::Claim& claim, Instant now) {
  auto role = tx.role_by_id(role_id);
  if (!role || is_noted(*role, claim, now)) return;
  role->last_used = now;
  role->last_used_region = claim.region;
  tx.update(*role);
}

}  // namespace

bool is_noted(const Caller& caller, const signature::Claim& claim, Instant now) {
  return (!caller.access_key || is_noted(*caller.access_key, claim, now)) &&
         (!caller.role || is_noted(*caller.role, claim, now));
}

void note_use(Tx& tx, const Caller& caller, const signature::Claim& claim, Instant now) {
  if (caller.access_key) note_key_use(tx, caller.access_key->access_key_id, claim, now);
  if (caller.role) note_role_use(tx, caller.role->role_id, claim, now);
}

}  // namespace keyfob
