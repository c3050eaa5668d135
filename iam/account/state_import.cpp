#include <algorithm>
#include <boost/json.hpp>

#include "iam/account/json_place.h"
#include "iam/account/json_text.h"
#include "iam/account/state.h"
#include "iam/account/state_words.h"
#include "iam/call/clocks.h"
#include "iam/call/names.h"
#include "iam/devices/fido.h"
#include "iam/policies/managed_policies.h"
#include "iam/policy/document.h"
#include "iam/roles/trust.h"
#include "totp/base32.h"
#include "totp/code.h"

namespace keyfob {
namespace {

namespace json = boost::json;

constexpr std::int64_t kMostVersions = 1'000'000;  // ever made of one policy

class Importer {
 public:
  Importer(Tx& tx, Entropy& entropy, Instant now) : tx_(tx), entropy_(entropy), now_(now) {}

  void run(const Place& document) {
    if (document.is_empty()) document.fail("is empty; {\"version\":1} is an account without anything");
    (void)document["$schema"];  // for editors
    if (document["version"].integer(kStateVersion) != kStateVersion) document["version"].fail("must be 1");
    if (document["account"].text(tx_.account_id().str()) != tx_.account_id().str())
      document["account"].fail("is another account, whose ARNs are in the document");
    const auto clock = this->clock(document["clock"]);
    tx_.clear();
    tx_.save(Account{.id = tx_.account_id(),
                     .created = document["createDate"].date(now_),
                     .alias = alias(document["alias"]),
                     .clock = clock,
                     .root_password_last_used = document["rootPasswordLastUsed"].maybe_date()});
    for (const auto& policy : document["policies"].items()) add_policy(policy);
    for (const auto& group : document["groups"].items()) add_group(group);
    for (const auto& user : document["users"].items()) add_user(user);
    for (const auto& membership : document["memberships"].items()) add_membership(membership);
    for (const auto& role : document["roles"].items()) add_role(role);
    for (const auto& role : document["roles"].items()) keep_trust(role);
    for (const auto& device : document["devices"].items()) add_device(device);
    for (const auto& session : document["sessions"].items()) add_session(session);
    for (const auto& tries : document["stsTries"].items()) add_tries(tries);
    if (const auto report = document["credentialReport"]) {
      tx_.save(
          CredentialReport{.requested = report["requested"].date(now_), .content = report["content"].text()});
    }
  }

 private:
  // A document without a clock leaves the account's as it stands.
  ClockSetting clock(const Place& place) {
    if (!place) return tx_.account() ? tx_.account()->clock : ClockSetting{};
    constexpr auto kMost = std::int64_t{(kLatestTime - kEarliestTime).count()};
    const ClockSetting setting{
        .offset = Duration{place["offsetMicroseconds"].integer_within(0, -kMost, kMost)},
        .frozen_at = place["frozenAt"].maybe_date()};
    const bool running = is_tellable(Clocks::machine_time() + setting.offset);
    if (!running) place["offsetMicroseconds"].fail("leads out of the years 1970 to 9998");
    if (!is_tellable(setting.frozen_at.value_or(kEarliestTime)))
      place["frozenAt"].fail("must be in the years 1970 to 9998");
    return setting;
  }

  // An id of AWS's, each kind with its own beginning; made up when there is none.
  std::string id(const Place& place, const std::string& prefix) {
    if (!place) return entropy_.id(prefix, 17);
    auto id = place.text(shape::kId);
    if (!id.starts_with(prefix)) place.fail("must start with " + prefix);
    return id;
  }

  std::optional<std::string> alias(const Place& place) {
    if (!place) return std::nullopt;
    auto alias = place.text(shape::kAccountAlias);
    if (tx_.account_with_alias(alias)) place.fail("is another account's alias");
    return alias;
  }

  void add_tags(const Place& place, const Tagged& resource) {
    const auto tags = place.items();
    for (const auto& tag : tags) {
      tx_.set_tag(resource,
                  {.key = tag["key"].text(shape::kTagKey), .value = tag["value"].text(shape::kTagValue)});
    }
    if (tx_.tags(resource).size() != tags.size()) place.fail("has a key twice");
  }

  // A policy may be written as the object it is, or as the text of one.
  std::string policy_text(const Place& place, policy::DocumentKind kind) {
    auto text = place.json_text();
    if (const auto compiled = policy::compile(text, kind); !compiled)
      place.fail(compiled.error().message.value_or("is no policy"));
    return text;
  }

  void add_policy(const Place& place) {
    const auto created = place["createDate"].date(now_);
    ManagedPolicy policy{.policy_id = id(place["policyId"], "ANPA"),
                         .name = place["policyName"].text(shape::kPolicyName),
                         .path = place["path"] ? place["path"].text(shape::kPolicyPath) : "/",
                         .description = place["description"].maybe_text(),
                         .created = created,
                         .updated = place["updateDate"].date(created),
                         .default_version = place["defaultVersion"].integer(1),
                         .last_version = place["lastVersion"].integer_within(1, 1, kMostVersions)};
    if (tx_.managed_policy(policy.name)) place["policyName"].fail("is there twice");
    if (!tx_.policy_versions(policy.policy_id).empty()) place["policyId"].fail("is there twice");
    for (const auto& version : versions(place, created)) {
      if (tx_.policy_version(policy.policy_id, version.number)) place["versions"].fail("has a number twice");
      policy.last_version = std::max(policy.last_version, version.number);
      tx_.add(policy.policy_id, version);
    }
    if (!tx_.policy_version(policy.policy_id, policy.default_version))
      place["defaultVersion"].fail("is none of the versions");
    tx_.add(policy);
    add_tags(place["tags"], tagged_policy(policy.policy_id));
  }

  // By hand one writes the document alone.
  std::vector<PolicyVersion> versions(const Place& place, Instant created) {
    std::vector<PolicyVersion> versions;
    if (place["policyDocument"]) versions.push_back(version(place, created));
    for (const auto& item : place["versions"].items()) versions.push_back(version(item, created));
    return versions;
  }
  PolicyVersion version(const Place& place, Instant created) {
    return {.number = place["number"].integer_within(1, 1, kMostVersions),
            .document = policy_text(place["policyDocument"], policy::DocumentKind::Identity),
            .created = place["createDate"].date(created)};
  }

  void add_policies_of(const Place& place, EntityKind kind, const std::string& entity_id) {
    for (const auto& inside : place["inlinePolicies"].items()) {
      if (tx_.inline_policy(entity_id, inside["policyName"].text()))
        inside["policyName"].fail("is there twice");
      tx_.save(entity_id,
               {.name = inside["policyName"].text(shape::kPolicyName),
                .document = policy_text(inside["policyDocument"], policy::DocumentKind::Identity)});
    }
    for (const auto& arn : place["attachedPolicies"].items()) {
      const auto text = policy_arn_of(arn);
      if (tx_.is_attached(entity_id, text)) arn.fail("is there twice");
      tx_.attach({.policy_arn = text, .entity_kind = kind, .entity_id = entity_id});
    }
  }

  std::string policy_arn_of(const Place& place) {
    auto arn = place.text();
    if (!default_document(tx_, arn)) place.fail("is no policy of this document or of AWS");
    return arn;
  }
  std::optional<std::string> boundary(const Place& place) {
    if (!place) return std::nullopt;
    return policy_arn_of(place);
  }

  void add_group(const Place& place) {
    const Group group{.group_id = id(place["groupId"], "AGPA"),
                      .name = place["groupName"].text(shape::kGroupName),
                      .path = place["path"] ? place["path"].text(shape::kPath) : "/",
                      .created = place["createDate"].date(now_)};
    if (tx_.group(group.name)) place["groupName"].fail("is there twice");
    if (tx_.group_by_id(group.group_id)) place["groupId"].fail("is there twice");
    tx_.add(group);
    add_policies_of(place, EntityKind::group, group.group_id);
  }

  Group group_of(const Place& name) {
    auto group = tx_.group(name.text());
    if (!group) name.fail("is no group of this document");
    return std::move(*group);
  }

  // Where the order of joining matters; by hand one writes the groups into the user.
  void add_membership(const Place& place) {
    const auto user = tx_.user(place["userName"].text());
    if (!user) place["userName"].fail("is no user of this document");
    tx_.add_member(group_of(place["groupName"]).group_id, user->user_id);
  }

  void add_role(const Place& place) {
    Role role{.role_id = id(place["roleId"], "AROA"),
              .name = place["roleName"].text(shape::kRoleName),
              .path = place["path"] ? place["path"].text(shape::kPath) : "/",
              .created = place["createDate"].date(now_),
              .trust_policy = policy_text(place["assumeRolePolicyDocument"], policy::DocumentKind::Trust),
              .description = place["description"].maybe_text(),
              .max_session_seconds = place["maxSessionDuration"].integer(3600),
              .boundary = boundary(place["permissionsBoundary"])};
    if (role.max_session_seconds < 3600 || role.max_session_seconds > 43200)
      place["maxSessionDuration"].fail("must be from 3600 to 43200");
    if (tx_.role(role.name)) place["roleName"].fail("is there twice");
    if (tx_.role_by_id(role.role_id)) place["roleId"].fail("is there twice");
    if (const auto used = place["lastUsed"]) {
      role.last_used = used["date"].maybe_date();
      role.last_used_region = used["region"].text("");
    }
    tx_.add(role);
    add_tags(place["tags"], tagged_role(role.role_id));
    add_policies_of(place, EntityKind::role, role.role_id);
  }

  // When all are there whom it may name.
  void keep_trust(const Place& place) {
    auto role = *tx_.role(place["roleName"].text());
    role.trust_policy = trust_to_keep(tx_, role.trust_policy);
    tx_.update(role);
  }

  void add_tries(const Place& place) {
    tx_.save(Tries{.serial_number = place["serialNumber"].text(),
                   .slot = place["slot"].step(0),
                   .number = place["number"].step(0)});
  }

  void add_user(const Place& place) {
    User user{.user_id = id(place["userId"], "AIDA"),
              .name = place["userName"].text(shape::kUserName),
              .path = place["path"] ? place["path"].text(shape::kPath) : "/",
              .created = place["createDate"].date(now_),
              .password_last_used = place["passwordLastUsed"].maybe_date(),
              .boundary = boundary(place["permissionsBoundary"])};
    if (tx_.user(user.name)) place["userName"].fail("is there twice");
    if (tx_.user_by_id(user.user_id)) place["userId"].fail("is there twice");
    tx_.add(user);
    add_tags(place["tags"], tagged_user(user.user_id));
    add_policies_of(place, EntityKind::user, user.user_id);
    for (const auto& name : place["groups"].items()) tx_.add_member(group_of(name).group_id, user.user_id);
    for (const auto& key : place["accessKeys"].items()) add_key(key, user);
    if (const auto profile = place["loginProfile"]) {
      const auto created = profile["createDate"].date(now_);
      tx_.save(LoginProfile{.user_id = user.user_id,
                            .password = Secret{profile["password"].text(shape::kPassword)},
                            .created = created,
                            .password_changed = profile["passwordChanged"].date(created),
                            .password_reset_required = profile["passwordResetRequired"].boolean(false)});
    }
  }

  void add_key(const Place& place, const User& user) {
    AccessKey key;
    key.access_key_id = place["accessKeyId"].text(entropy_.access_key_id("AKIA"));
    if (!key.access_key_id.starts_with("AKIA") || !shape::is_word(key.access_key_id)) {
      place["accessKeyId"].fail("must start with AKIA and be letters and digits");
    }
    if (tx_.access_key(key.access_key_id)) place["accessKeyId"].fail("is known already");
    key.account = tx_.account_id();
    key.user_id = user.user_id;
    key.secret = place["secretAccessKey"] ? Secret{place["secretAccessKey"].text()} : entropy_.secret_key();
    const auto status = place["status"].text("Active");
    if (status != "Active" && status != "Inactive") place["status"].fail("must be Active or Inactive");
    key.active = status == "Active";
    key.created = place["createDate"].date(now_);
    if (const auto used = place["lastUsed"]) {
      key.last_used = used["date"].maybe_date();
      key.last_used_service = used["service"].text("");
      key.last_used_region = used["region"].text("");
    }
    tx_.add(key);
  }

  // A virtual device may be written down by its name alone.
  std::string serial_number(const Place& place, DeviceKind kind) {
    if (kind != DeviceKind::virtual_totp || place["serialNumber"])
      return place["serialNumber"].text(shape::kSerialNumber);
    const auto path = place["path"] ? place["path"].text(shape::kPath) : "/";
    return mfa_arn(tx_.account_id(), path, place["name"].text(shape::kVirtualMFADeviceName));
  }

  Secret seed(const Place& place, DeviceKind kind) {
    if (kind == DeviceKind::fido) return {};
    if (!place) return Secret{entropy_.bytes(totp::kSeedBytes)};
    const auto bytes = totp::base32_decode(place.text());
    if (!bytes || bytes->empty() || bytes->size() > totp::kLongestSeed)
      place.fail("must be base32 of at most " + std::to_string(totp::kLongestSeed) + " bytes");
    return Secret{*bytes};
  }

  std::optional<std::string> owner(const Place& place) {
    if (place["root"].boolean(false)) {
      if (place["userName"]) place["userName"].fail("can't be, beside root");
      return tx_.account_id().str();
    }
    if (!place["userName"]) return std::nullopt;
    const auto user = tx_.user(place["userName"].text());
    if (!user) place["userName"].fail("is no user of this document");
    return user->user_id;
  }

  void add_device(const Place& place) {
    Device device;
    device.kind = static_cast<DeviceKind>(place["type"].one_of(kDeviceTypes));
    device.serial_number = serial_number(place, device.kind);
    if (tx_.device(device.serial_number)) place.fail("its serial number is there twice");
    if (device.kind == DeviceKind::virtual_totp) {
      device.label = place["label"] ? place["label"].text(shape::kAccountAlias)
                                    : tx_.account()->alias.value_or(tx_.account_id().str());
    }
    device.seed = seed(place["seed"], device.kind);
    device.drift = place["drift"].step(0);
    if (place["lastPair"]) device.last_pair = place["lastPair"].step(0);
    device.owner = owner(place);
    if (device.owner) device.enabled = place["enableDate"].date(now_);
    device.certifications = place["certifications"].entries();
    if (const auto sound = check_certifications(device.certifications); !sound)
      place["certifications"].fail(sound.error().message.value_or(""));
    tx_.add(device);
    add_tags(place["tags"], tagged_device(device.serial_number));
    for (const auto& used : place["usedCodes"].items()) {
      const auto step = used.step(0);
      if (tx_.is_used_code(device.serial_number, step)) used.fail("is there twice");
      tx_.use_code(device.serial_number, step, -kFarthestStep);
    }
  }

  static std::string session_key(const Place& place) {
    auto key = place.text(shape::kAccessKeyId);
    if (!key.starts_with("ASIA")) place.fail("must start with ASIA");
    return key;
  }

  void add_session(const Place& place) {
    const Session session{.access_key_id = session_key(place["accessKeyId"]),
                          .account = tx_.account_id(),
                          .kind = static_cast<SessionKind>(place["kind"].one_of(kSessionKinds)),
                          .principal_id = place["principalId"].text(),
                          .name = place["name"].text(""),
                          .secret = Secret{place["secretAccessKey"].text()},
                          .token = Secret{place["sessionToken"].text()},
                          .issued = place["issued"].date(now_),
                          .expires = place["expiration"].date(now_),
                          .mfa_at = place["mfaAt"].maybe_date(),
                          .source_identity = place["sourceIdentity"].maybe_text(),
                          .transitive_tag_keys = texts(place["transitiveTagKeys"])};
    if (tx_.session(session.access_key_id)) place["accessKeyId"].fail("is known already");
    tx_.add(session);
    add_tags(place["tags"], tagged_session(session.access_key_id));
    std::vector<SessionPolicy> policies;
    for (const auto& item : place["policies"].items()) policies.push_back(session_policy(item));
    tx_.add(session.access_key_id, policies);
  }

  SessionPolicy session_policy(const Place& place) {
    if (place["policyArn"]) return {.policy_arn = place["policyArn"].text(), .document = {}};
    return {.policy_arn = {},
            .document = policy_text(place["policyDocument"], policy::DocumentKind::Session)};
  }

  static std::vector<std::string> texts(const Place& place) {
    std::vector<std::string> texts;
    for (const auto& item : place.items()) texts.push_back(item.text());
    return texts;
  }

  Tx& tx_;
  Entropy& entropy_;
  Instant now_;
};

}  // namespace

Result<void> import_state(Tx& tx, Entropy& entropy, Instant now, std::string_view document) {
  TRY(const json::value value, parse_json(document, "The document"));
  try {
    Asked asked;
    const Place whole(&value, "", asked);
    Importer(tx, entropy, now).run(whole);
    whole.expect_all_asked_for();
  } catch (const Wrong& wrong) {
    return AwsError{"BadRequest", 400, wrong.message};
  }
  return {};
}

}  // namespace keyfob
