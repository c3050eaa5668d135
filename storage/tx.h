// What may be asked of the store and told to it, in the domain's words, inside one transaction of one
// account.
//
// Lists go by a stored key: the page after `after` costs the same wherever it lies. "Nothing" is an empty
// optional; a broken store throws StoreError. A Tx lives no longer than the Store::read or Store::write that
// made it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/records.h"
#include "storage/snapshots.h"

namespace keyfob {

class Database;

enum class Assignment { any, assigned, unassigned };

struct VirtualDevice {
  Device device;
  std::optional<User> user;  // of an assigned device, unless it is root's
};

// Whose tags: "device:<serial>", "user:<UserId>" and so on. The keys of devices and policies are
// case-sensitive, the others are not (catalogue §11).
struct Tagged {
  std::string resource;
  bool case_sensitive;
};
Tagged tagged_device(std::string_view serial_number);
Tagged tagged_user(std::string_view user_id);
Tagged tagged_role(std::string_view role_id);
Tagged tagged_policy(std::string_view policy_id);
Tagged tagged_session(std::string_view access_key_id);

class Tx {
 public:
  Tx(Database& database, AccountId account) : db_(database), account_(account) {}
  Tx(const Tx&) = delete;
  Tx& operator=(const Tx&) = delete;

  AccountId account_id() const { return account_; }
  // Another account in the same transaction, for a role assumed from outside.
  Tx of(AccountId other) { return Tx(db_, other); }

  // The account. Without a row it is as new; save() makes one.
  std::optional<Account> account();
  void save(const Account& account);  // throws StoreConflict when the alias is another's
  std::optional<AccountId> account_with_alias(std::string_view alias);
  void clear();  // everything of this account but its snapshots, as if it had never been
  Snapshots snapshots() { return {db_, account_}; }

  // Users. Names are found in any case.
  std::optional<User> user(std::string_view name);
  std::optional<User> user_by_id(std::string_view user_id);
  // By name, from the one after `after_name` (lower case). Looks at a bounded number of users, so a page may
  // be short and still say that more follows (catalogue §12); `last_seen` is the key to go on from.
  Page<User> users(std::string_view path_prefix, std::string_view after_name, std::size_t limit,
                   std::string& last_seen);
  std::int64_t count_users();
  void add(const User& user);
  void update(const User& user);  // found by its id
  void remove_user(std::string_view user_id);

  // Roles. Names are found in any case; pages go as those of users do.
  std::optional<Role> role(std::string_view name);
  std::optional<Role> role_by_id(std::string_view role_id);
  Page<Role> roles(std::string_view path_prefix, std::string_view after_name, std::size_t limit,
                   std::string& last_seen);
  std::int64_t count_roles();
  void add(const Role& role);
  void update(const Role& role);  // found by its id
  void remove_role(std::string_view role_id);

  // Groups and who is in them.
  std::optional<Group> group(std::string_view name);
  std::optional<Group> group_by_id(std::string_view group_id);
  Page<Group> groups(std::string_view path_prefix, std::string_view after_name, std::size_t limit,
                     std::string& last_seen);
  std::int64_t count_groups();
  void add(const Group& group);
  void update(const Group& group);  // found by its id
  void remove_group(std::string_view group_id);
  void add_member(std::string_view group_id, std::string_view user_id);
  bool remove_member(std::string_view group_id, std::string_view user_id);  // false: was none
  bool is_member(std::string_view group_id, std::string_view user_id);
  std::vector<std::pair<std::string, std::string>>
  memberships();  // group's and user's name, in order of joining
  template <class T>
  struct Numbered {
    std::int64_t number;
    T item;
  };
  Page<Numbered<User>> members_of(std::string_view group_id, std::int64_t after, std::size_t limit);
  Page<Numbered<Group>> groups_of(std::string_view user_id, std::int64_t after, std::size_t limit);
  std::vector<Group> groups_of(std::string_view user_id);

  // Policies inside a user, a role or a group, by the owner's id and in order of name.
  std::optional<InlinePolicy> inline_policy(std::string_view owner, std::string_view name);
  std::vector<InlinePolicy> inline_policies(std::string_view owner);
  void save(std::string_view owner, const InlinePolicy& policy);  // in the place of one of that name
  bool remove_inline_policy(std::string_view owner, std::string_view name);  // false: was none

  // Managed policies of this account and their versions.
  std::optional<ManagedPolicy> managed_policy(std::string_view name);
  Page<ManagedPolicy> managed_policies(std::string_view path_prefix, std::string_view after_name,
                                       std::size_t limit, std::string& last_seen);
  std::int64_t count_managed_policies();
  std::int64_t count_policy_versions();
  void add(const ManagedPolicy& policy);
  void update(const ManagedPolicy& policy);  // found by its id
  void remove_managed_policy(std::string_view policy_id);
  std::optional<PolicyVersion> policy_version(std::string_view policy_id, std::int64_t number);
  std::vector<PolicyVersion> policy_versions(std::string_view policy_id);  // newest first
  void add(std::string_view policy_id, const PolicyVersion& version);
  void remove_policy_version(std::string_view policy_id, std::int64_t number);

  // What is attached to what, in order of attaching.
  bool is_attached(std::string_view entity_id, std::string_view policy_arn);
  void attach(const Attachment& attachment);                             // without its number
  bool detach(std::string_view entity_id, std::string_view policy_arn);  // false: was not
  std::vector<Attachment> attachments_to(std::string_view entity_id);
  Page<Attachment> attachments_of(std::string_view policy_arn, std::int64_t after, std::size_t limit);
  // Whose boundary a policy is, by kind and id: those after `after_id` of that kind.
  Page<Attachment> boundary_uses(std::string_view policy_arn, EntityKind kind, std::string_view after_id,
                                 std::size_t limit);
  std::int64_t count_attachments_of(std::string_view policy_arn);
  std::int64_t count_boundary_uses(std::string_view policy_arn);

  // Devices.
  std::optional<Device> device(std::string_view serial_number);
  Page<Device> devices_of(std::string_view owner, std::int64_t after, std::size_t limit);
  std::int64_t count_devices_of(std::string_view owner);
  Page<VirtualDevice> virtual_devices(Assignment assignment, std::int64_t after, std::size_t limit);
  std::int64_t count_virtual_devices();
  std::int64_t count_assigned_devices();
  std::int64_t count_devices();  // all virtual ones, and the others that are assigned
  std::vector<Device> devices();
  void add(const Device& device);
  void update(const Device& device);                   // found by its serial number
  void remove_device(std::string_view serial_number);  // its tags and used codes too

  // Devices as they were before a change: those of the changes after `since`, the first of them.
  void add_past_device(const Device& before, Instant changed);
  std::optional<Device> past_device(std::string_view serial_number, Instant since);
  void forget_past_devices(Instant until);

  // Tags, sorted by key. Setting a key that is there overwrites its value.
  std::vector<Tag> tags(const Tagged& resource);
  void set_tag(const Tagged& resource, const Tag& tag);
  void set_tags(const Tagged& resource, std::span<const Tag> tags);
  void remove_tag(const Tagged& resource, std::string_view key);
  void remove_tags(const Tagged& resource);

  // Access keys. An access key id is known in one account only, so this one question crosses accounts.
  std::optional<AccessKey> access_key(std::string_view access_key_id);
  struct NumberedKey {
    std::int64_t number;
    AccessKey key;
  };
  Page<NumberedKey> access_keys_of(std::string_view user_id, std::int64_t after, std::size_t limit);
  std::vector<AccessKey> access_keys_of(std::string_view user_id);
  void add(const AccessKey& key);
  void update(const AccessKey& key);
  void remove_access_key(std::string_view access_key_id);

  // Sessions. Like an access key, a session is known by its key in one account only.
  std::optional<Session> session(std::string_view access_key_id);
  std::vector<Session> sessions();
  void add(const Session& session);
  void forget_sessions(Instant ended_before);
  std::vector<SessionPolicy> session_policies(std::string_view access_key_id);
  void add(std::string_view access_key_id, const std::vector<SessionPolicy>& policies);

  // STS's tries of a device's codes in a slot, and the steps whose codes are used up (catalogue §6). The
  // tries belong to the serial number and outlive the device; the steps go with it.
  std::int64_t verifications(std::string_view serial_number, std::int64_t slot);
  void count_verification(std::string_view serial_number, std::int64_t slot);
  struct Tries {
    std::string serial_number;
    std::int64_t slot;
    std::int64_t number;
  };
  std::vector<Tries> verifications();
  void save(const Tries& tries);
  bool is_used_code(std::string_view serial_number, std::int64_t step);
  std::vector<std::int64_t> used_codes(std::string_view serial_number);
  void use_code(std::string_view serial_number, std::int64_t step, std::int64_t oldest_that_matters);

  std::optional<LoginProfile> login_profile(std::string_view user_id);
  void save(const LoginProfile& profile);
  void remove_login_profile(std::string_view user_id);

  std::optional<CredentialReport> credential_report();
  void save(const CredentialReport& report);

 private:
  std::int64_t tally(std::string_view kind);  // kept by the schema's triggers
  std::int64_t account_key() const { return account_.number(); }
  Database& db_;
  AccountId account_;
};

using ReadTx = Tx;

std::vector<Account> all_accounts(Database& database);

}  // namespace keyfob
