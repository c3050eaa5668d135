// What the store keeps: plain records, no behaviour. Ids are made by the program, times are Instants of the
// account's clock, and every record belongs to the one account that its transaction speaks for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "protocol/words.h"

namespace keyfob {

// How an account's clock stands to the machine's (docs/control-api.md#the-clock).
struct ClockSetting {
  Duration offset{0};                // added to the machine's time while the clock runs
  std::optional<Instant> frozen_at;  // stands here while it is frozen

  bool operator==(const ClockSetting&) const = default;
};

struct Account {
  AccountId id;
  Instant created;
  std::optional<std::string> alias;
  ClockSetting clock;
  std::optional<Instant> root_password_last_used;
};

struct User {
  std::string user_id;  // AIDA…
  std::string name;     // as first spelled; found in any case
  std::string path;
  Instant created;
  std::optional<Instant> password_last_used;
  std::optional<std::string> boundary;  // ARN of a managed policy
};

struct Role {
  std::string role_id;  // AROA…
  std::string name;     // as first spelled; found in any case
  std::string path;
  Instant created;
  std::string trust_policy;
  std::optional<std::string> description;
  std::int64_t max_session_seconds = 3600;
  std::optional<std::string> boundary;  // ARN of a managed policy
  std::optional<Instant> last_used = {};
  std::string last_used_region = {};
};

struct Group {
  std::string group_id;  // AGPA…
  std::string name;      // as first spelled; found in any case
  std::string path;
  Instant created;
};

// What a policy can be in or attached to.
enum class EntityKind { user, role, group };

struct InlinePolicy {
  std::string name;  // as first spelled; found in any case
  std::string document;
};

struct ManagedPolicy {
  std::string policy_id;  // ANPA…
  std::string name;       // as first spelled; found in any case
  std::string path;
  std::optional<std::string> description;
  Instant created;
  Instant updated;
  std::int64_t default_version = 1;
  std::int64_t last_version = 1;  // the highest number ever given
};

struct PolicyVersion {
  std::int64_t number = 1;
  std::string document;
  Instant created;
};

struct Attachment {
  std::string policy_arn;
  EntityKind entity_kind = EntityKind::user;
  std::string entity_id;
};

enum class DeviceKind { virtual_totp, hardware_totp, fido };
// What they are called outside of AWS's API: by the control API, metrics and the state document.
inline constexpr const char* kDeviceTypes[] = {"virtual", "hardware", "fido"};

struct Device {
  std::string serial_number;
  DeviceKind kind = DeviceKind::virtual_totp;
  std::string label;  // "name@account", as in the QR's URI; empty for what has no QR
  Secret seed;
  std::int64_t drift = 0;                 // steps that the device is ahead of the clock (aws/codes.md#drift)
  std::optional<std::int64_t> last_pair;  // step of the last accepted pair's second code
  std::optional<std::string> owner;       // a UserId, or the account id for root
  std::optional<Instant> enabled;
  std::vector<std::pair<std::string, std::string>> certifications;
};

struct AccessKey {
  std::string access_key_id;
  AccountId account;
  std::string user_id;
  Secret secret;
  bool active = true;
  Instant created;
  std::optional<Instant> last_used;
  std::string last_used_service;
  std::string last_used_region;
};

// How temporary credentials were got: by GetSessionToken, AssumeRole, GetFederationToken, or by signing in.
enum class SessionKind { session_token, assumed_role, federated, console };

struct Session {
  std::string access_key_id;
  AccountId account;
  SessionKind kind = SessionKind::session_token;
  std::string principal_id;  // UserId or RoleId, or the account id for root
  std::string name;          // of a role's session or a federated user; empty for the others
  Secret secret;
  Secret token;
  Instant issued;
  Instant expires;
  std::optional<Instant> mfa_at;  // when a code was checked for it
  std::optional<std::string> source_identity = {};
  std::vector<std::string> transitive_tag_keys = {};
};

// A policy that restricts a session: a managed one by its ARN, or a document.
struct SessionPolicy {
  std::string policy_arn;
  std::string document;
};

struct LoginProfile {
  std::string user_id;
  Secret password;
  Instant created;
  Instant password_changed;
  bool password_reset_required = false;
};

struct CredentialReport {
  Instant requested;
  std::string content;
};

struct VirtualDevice {
  Device device;
  std::optional<User> user;  // of an assigned device, unless it is root's
};

// A page of a list, and the stored key that the next one goes on from: absent when nothing follows. The page
// after a key costs the same wherever it lies.
template <class T, class Key = std::int64_t>
struct Page {
  std::vector<T> items;
  std::optional<Key> next;
};
// Of a list in order of name. It looks at a bounded number of entries, so a page may be short, or empty, and
// still say that more follows (aws/pages.md#page-size). Keys are names in lower case.
template <class T>
using PageByName = Page<T, std::string>;

}  // namespace keyfob
