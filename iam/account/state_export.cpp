#include <boost/json.hpp>

#include "iam/account/state.h"
#include "iam/account/state_words.h"
#include "iam/call/listed.h"
#include "iam/roles/trust.h"
#include "totp/base32.h"

namespace keyfob {
namespace {

namespace json = boost::json;

void put(json::object& object, const char* name, const std::optional<Instant>& at) {
  if (at) object[name] = to_rfc3339(*at);
}

json::array tags_json(const std::vector<Tag>& tags) {
  json::array list;
  for (const auto& tag : tags) list.push_back({{"key", tag.key}, {"value", tag.value}});
  return list;
}

json::array texts_json(const std::vector<std::string>& texts) {
  json::array list;
  for (const auto& text : texts) list.emplace_back(text);
  return list;
}

// What is in a user, a role or a group, and what is attached to it. Documents as they were sent.
void put_policies(json::object& object, ReadTx& tx, const std::string& entity_id) {
  json::array inside;
  for (const auto& policy : tx.inline_policies(entity_id)) {
    inside.push_back({{"policyName", policy.name}, {"policyDocument", policy.document}});
  }
  json::array attached;
  for (const auto& attachment : tx.attachments_to(entity_id)) attached.emplace_back(attachment.policy_arn);
  if (!inside.empty()) object["inlinePolicies"] = std::move(inside);
  if (!attached.empty()) object["attachedPolicies"] = std::move(attached);
}

json::object key_json(const AccessKey& key) {
  json::object object{{"accessKeyId", key.access_key_id},
                      {"secretAccessKey", key.secret.reveal()},
                      {"status", key.active ? "Active" : "Inactive"},
                      {"createDate", to_rfc3339(key.created)}};
  if (key.last_used) {
    object["lastUsed"] = {{"date", to_rfc3339(*key.last_used)},
                          {"service", key.last_used_service},
                          {"region", key.last_used_region}};
  }
  return object;
}

json::object user_json(ReadTx& tx, const User& user) {
  json::object object{{"userName", user.name},
                      {"userId", user.user_id},
                      {"path", user.path},
                      {"createDate", to_rfc3339(user.created)},
                      {"tags", tags_json(tx.tags(tagged_user(user.user_id)))}};
  put(object, "passwordLastUsed", user.password_last_used);
  if (user.boundary) object["permissionsBoundary"] = *user.boundary;
  put_policies(object, tx, user.user_id);
  json::array keys;
  for (const auto& key : tx.access_keys_of(user.user_id)) keys.push_back(key_json(key));
  object["accessKeys"] = std::move(keys);
  if (const auto profile = tx.login_profile(user.user_id)) {
    object["loginProfile"] = {{"password", profile->password.reveal()},
                              {"createDate", to_rfc3339(profile->created)},
                              {"passwordChanged", to_rfc3339(profile->password_changed)},
                              {"passwordResetRequired", profile->password_reset_required}};
  }
  return object;
}

json::object role_json(ReadTx& tx, const Role& role) {
  json::object object{{"roleName", role.name},
                      {"roleId", role.role_id},
                      {"path", role.path},
                      {"createDate", to_rfc3339(role.created)},
                      {"assumeRolePolicyDocument", trust_to_show(tx, role.trust_policy)},
                      {"maxSessionDuration", role.max_session_seconds},
                      {"tags", tags_json(tx.tags(tagged_role(role.role_id)))}};
  if (role.description) object["description"] = *role.description;
  if (role.boundary) object["permissionsBoundary"] = *role.boundary;
  if (role.last_used)
    object["lastUsed"] = {{"date", to_rfc3339(*role.last_used)}, {"region", role.last_used_region}};
  put_policies(object, tx, role.role_id);
  return object;
}

json::object group_json(ReadTx& tx, const Group& group) {
  json::object object{{"groupName", group.name},
                      {"groupId", group.group_id},
                      {"path", group.path},
                      {"createDate", to_rfc3339(group.created)}};
  put_policies(object, tx, group.group_id);
  return object;
}

json::object policy_json(ReadTx& tx, const ManagedPolicy& policy) {
  json::array versions;
  for (const auto& version : tx.policy_versions(policy.policy_id)) {
    versions.push_back({{"number", version.number},
                        {"policyDocument", version.document},
                        {"createDate", to_rfc3339(version.created)}});
  }
  json::object object{{"policyName", policy.name},
                      {"policyId", policy.policy_id},
                      {"path", policy.path},
                      {"createDate", to_rfc3339(policy.created)},
                      {"updateDate", to_rfc3339(policy.updated)},
                      {"defaultVersion", policy.default_version},
                      {"lastVersion", policy.last_version},
                      {"versions", std::move(versions)},
                      {"tags", tags_json(tx.tags(tagged_policy(policy.policy_id)))}};
  if (policy.description) object["description"] = *policy.description;
  return object;
}

json::object device_json(ReadTx& tx, const Device& device) {
  json::object object{{"serialNumber", device.serial_number},
                      {"type", kDeviceTypes[int(device.kind)]},
                      {"seed", totp::base32_encode(device.seed.reveal())},
                      {"drift", device.drift},
                      {"tags", tags_json(tx.tags(tagged_device(device.serial_number)))}};
  if (!device.label.empty()) object["label"] = device.label;
  if (device.last_pair) object["lastPair"] = *device.last_pair;
  if (device.owner == tx.account_id().str()) {
    object["root"] = true;
  } else if (device.owner) {
    if (const auto user = tx.user_by_id(*device.owner)) object["userName"] = user->name;
  }
  put(object, "enableDate", device.enabled);
  if (!device.certifications.empty()) {
    json::object certifications;
    for (const auto& [key, value] : device.certifications) certifications[key] = value;
    object["certifications"] = std::move(certifications);
  }
  json::array used;
  for (const auto step : tx.used_codes(device.serial_number)) used.push_back(step);
  if (!used.empty()) object["usedCodes"] = std::move(used);
  return object;
}

json::object session_json(ReadTx& tx, const Session& session) {
  json::object object{
      {"accessKeyId", session.access_key_id},     {"kind", kSessionKinds[int(session.kind)]},
      {"principalId", session.principal_id},      {"secretAccessKey", session.secret.reveal()},
      {"sessionToken", session.token.reveal()},   {"issued", to_rfc3339(session.issued)},
      {"expiration", to_rfc3339(session.expires)}};
  put(object, "mfaAt", session.mfa_at);
  if (!session.name.empty()) object["name"] = session.name;
  if (session.source_identity) object["sourceIdentity"] = *session.source_identity;
  if (!session.transitive_tag_keys.empty())
    object["transitiveTagKeys"] = texts_json(session.transitive_tag_keys);
  if (const auto tags = tx.tags(tagged_session(session.access_key_id)); !tags.empty())
    object["tags"] = tags_json(tags);
  json::array policies;
  for (const auto& policy : tx.session_policies(session.access_key_id)) {
    if (policy.policy_arn.empty()) {
      policies.push_back(json::object{{"policyDocument", policy.document}});
    } else {
      policies.push_back(json::object{{"policyArn", policy.policy_arn}});
    }
  }
  if (!policies.empty()) object["policies"] = std::move(policies);
  return object;
}

// Everything of a list that goes by name.
template <class T>
json::array all_of(ReadTx& tx,
                   PageByName<T> (ReadTx::*page)(std::string_view, std::string_view, std::size_t) const,
                   json::object (*to_json)(ReadTx&, const T&)) {
  json::array list;
  for_each_of([&](const std::string& after, std::size_t limit) { return (tx.*page)("/", after, limit); },
              [&](const T& item) { list.push_back(to_json(tx, item)); });
  return list;
}

}  // namespace

std::string export_state(ReadTx& tx) {
  json::object document{{"version", kStateVersion}, {"account", tx.account_id().str()}};
  const auto account = tx.account();
  if (account) {
    document["createDate"] = to_rfc3339(account->created);
    if (account->alias) document["alias"] = *account->alias;
    put(document, "rootPasswordLastUsed", account->root_password_last_used);
  }
  // Always there: importing it brings the machine's time back, where that was the time.
  const auto setting = account ? account->clock : ClockSetting{};
  json::object clock{{"offsetMicroseconds", setting.offset.count()}};
  put(clock, "frozenAt", setting.frozen_at);
  document["clock"] = std::move(clock);
  document["policies"] = all_of(tx, &ReadTx::managed_policies, policy_json);
  document["groups"] = all_of(tx, &ReadTx::groups, group_json);
  document["users"] = all_of(tx, &ReadTx::users, user_json);
  json::array memberships;
  for (const auto& [group_name, user_name] : tx.memberships()) {
    memberships.push_back({{"groupName", group_name}, {"userName", user_name}});
  }
  document["memberships"] = std::move(memberships);
  document["roles"] = all_of(tx, &ReadTx::roles, role_json);
  json::array devices;
  for (const auto& device : tx.devices()) devices.push_back(device_json(tx, device));
  json::array sessions;
  for (const auto& session : tx.sessions()) sessions.push_back(session_json(tx, session));
  document["devices"] = std::move(devices);
  document["sessions"] = std::move(sessions);
  json::array tries;
  for (const auto& one : tx.verifications()) {
    tries.push_back({{"serialNumber", one.serial_number}, {"slot", one.slot}, {"number", one.number}});
  }
  document["stsTries"] = std::move(tries);
  if (const auto report = tx.credential_report()) {
    document["credentialReport"] = {{"requested", to_rfc3339(report->requested)},
                                    {"content", report->content}};
  }
  return json::serialize(document) + "\n";
}

}  // namespace keyfob
