// What may be asked of the store and told to it, in the domain's words, inside one transaction of one
// account.
//
// ReadTx asks and has no means to change anything; Tx does both. "Nothing" is an empty optional; a broken
// store throws StoreError. Neither lives longer than the Store::read or Store::write that made it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/records.h"

namespace keyfob {

class Connection;
class Rows;

enum class Assignment { any, assigned, unassigned };

// Whose tags: "device:<serial>", "user:<UserId>" and so on. The keys of devices and policies are
// case-sensitive, the others are not (aws/tags.md#duplicate-keys).
struct Tagged {
  std::string resource;
  bool case_sensitive;
};
Tagged tagged_device(std::string_view serial_number);
Tagged tagged_user(std::string_view user_id);
Tagged tagged_role(std::string_view role_id);
Tagged tagged_policy(std::string_view policy_id);
Tagged tagged_session(std::string_view access_key_id);

// STS's tries of a device's codes in one slot of time.
struct Tries {
  std::string serial_number;
  std::int64_t slot;
  std::int64_t number;
};

class ReadTx {
 public:
  ReadTx(Connection& connection, AccountId account) : db_(connection), account_(account) {}

  AccountId account_id() const { return account_; }
  // Another account in the same transaction, for a role assumed from outside.
  ReadTx of(AccountId other) const { return {db_, other}; }

  // The account. Without a row it is as new.
  std::optional<Account> account() const;
  std::optional<AccountId> account_with_alias(std::string_view alias) const;
  std::vector<std::string> snapshots() const;  // their names

  // Users. Names are found in any case. Pages go from the one after `after_name`.
  std::optional<User> user(std::string_view name) const;
  std::optional<User> user_by_id(std::string_view user_id) const;
  PageByName<User> users(std::string_view path_prefix, std::string_view after_name, std::size_t limit) const;
  std::int64_t count_users() const;
  std::optional<LoginProfile> login_profile(std::string_view user_id) const;

  // Roles, in the same way.
  std::optional<Role> role(std::string_view name) const;
  std::optional<Role> role_by_id(std::string_view role_id) const;
  PageByName<Role> roles(std::string_view path_prefix, std::string_view after_name, std::size_t limit) const;
  std::int64_t count_roles() const;

  // Groups, in the same way, and who is in them, in order of joining.
  std::optional<Group> group(std::string_view name) const;
  std::optional<Group> group_by_id(std::string_view group_id) const;
  PageByName<Group> groups(std::string_view path_prefix, std::string_view after_name,
                           std::size_t limit) const;
  std::int64_t count_groups() const;
  bool is_member(std::string_view group_id, std::string_view user_id) const;
  std::vector<std::pair<std::string, std::string>> memberships() const;  // group's and user's name
  Page<User> members_of(std::string_view group_id, std::int64_t after, std::size_t limit) const;
  Page<Group> groups_of(std::string_view user_id, std::int64_t after, std::size_t limit) const;
  std::vector<Group> groups_of(std::string_view user_id) const;

  // Policies inside a user, a role or a group, by the owner's id and in order of name.
  std::optional<InlinePolicy> inline_policy(std::string_view owner, std::string_view name) const;
  std::vector<InlinePolicy> inline_policies(std::string_view owner) const;

  // Managed policies of this account and their versions.
  std::optional<ManagedPolicy> managed_policy(std::string_view name) const;
  PageByName<ManagedPolicy> managed_policies(std::string_view path_prefix, std::string_view after_name,
                                             std::size_t limit) const;
  std::int64_t count_managed_policies() const;
  std::int64_t count_policy_versions() const;
  std::optional<PolicyVersion> policy_version(std::string_view policy_id, std::int64_t number) const;
  std::vector<PolicyVersion> policy_versions(std::string_view policy_id) const;  // newest first

  // What is attached to what, in order of attaching.
  bool is_attached(std::string_view entity_id, std::string_view policy_arn) const;
  std::vector<Attachment> attachments_to(std::string_view entity_id) const;
  Page<Attachment> attachments_of(std::string_view policy_arn, std::int64_t after, std::size_t limit) const;
  std::int64_t count_attachments_of(std::string_view policy_arn) const;
  // Ids of the users, or of the roles, whose boundary a policy is: those after `after_id`.
  Page<std::string, std::string> boundary_users(std::string_view policy_arn, std::string_view after_id,
                                                std::size_t limit) const;
  Page<std::string, std::string> boundary_roles(std::string_view policy_arn, std::string_view after_id,
                                                std::size_t limit) const;
  std::int64_t count_boundary_uses(std::string_view policy_arn) const;

  // Devices, in order of creation.
  std::optional<Device> device(std::string_view serial_number) const;
  Page<Device> devices_of(std::string_view owner, std::int64_t after, std::size_t limit) const;
  std::int64_t count_devices_of(std::string_view owner) const;
  Page<VirtualDevice> virtual_devices(Assignment assignment, std::int64_t after, std::size_t limit) const;
  std::int64_t count_virtual_devices() const;
  std::int64_t count_assigned_devices() const;
  std::int64_t count_devices() const;  // all virtual ones, and the others that are assigned
  std::vector<Device> devices() const;
  // A device as it was before a change: of the changes after `since`, before the first of them.
  std::optional<Device> past_device(std::string_view serial_number, Instant since) const;

  // Tags, sorted by key.
  std::vector<Tag> tags(const Tagged& resource) const;

  // Access keys. An access key id is known in one account only, so this one question crosses accounts.
  std::optional<AccessKey> access_key(std::string_view access_key_id) const;
  Page<AccessKey> access_keys_of(std::string_view user_id, std::int64_t after, std::size_t limit) const;
  std::vector<AccessKey> access_keys_of(std::string_view user_id) const;

  // Sessions. Like an access key, a session is known by its key in one account only.
  std::optional<Session> session(std::string_view access_key_id) const;
  std::vector<Session> sessions() const;
  std::vector<SessionPolicy> session_policies(std::string_view access_key_id) const;

  // STS's tries of a device's codes, and the steps whose codes are used up (aws/codes.md#tries,
  // aws/codes.md#used-codes).
  std::int64_t verifications(std::string_view serial_number, std::int64_t slot) const;
  std::vector<Tries> verifications() const;
  bool is_used_code(std::string_view serial_number, std::int64_t step) const;
  std::vector<std::int64_t> used_codes(std::string_view serial_number) const;

  std::optional<CredentialReport> credential_report() const;

 protected:
  // A statement whose `$1` is the account; the values are what follows (storage/reading.h).
  template <class... Values>
  Rows query(const char* sql, const Values&... values) const;
  std::int64_t tally(std::string_view kind) const;
  std::optional<std::int64_t> snapshot_id(std::string_view name) const;

  Connection& db_;

 private:
  AccountId account_;
};

// What came of going back to a snapshot.
enum class Restored { done, no_such_snapshot, not_ours_any_more };

class Tx : public ReadTx {
 public:
  using ReadTx::ReadTx;

  Tx of(AccountId other) const { return {db_, other}; }

  void save(const Account& account);  // in the place of what was known of it
  void clear();                       // everything of this account but its snapshots, as if it had never been

  // Copies of the account under a name, kept in memory beside the store until the process ends.
  void take_snapshot(std::string_view name);  // in the place of one of that name
  // Goes back to it. Not ours any more: an alias or access key has since become another account's; the
  // transaction must then be forgotten.
  Restored restore_snapshot(std::string_view name);
  bool remove_snapshot(std::string_view name);  // false: there is none
  void remove_snapshots();

  // Records are found by their ids: a name may be what is changed.
  void add(const User& user);
  void update(const User& user);
  void remove_user(std::string_view user_id);
  void save(const LoginProfile& profile);
  void remove_login_profile(std::string_view user_id);

  void add(const Role& role);
  void update(const Role& role);
  void remove_role(std::string_view role_id);

  void add(const Group& group);
  void update(const Group& group);
  void remove_group(std::string_view group_id);
  void add_member(std::string_view group_id, std::string_view user_id);
  bool remove_member(std::string_view group_id, std::string_view user_id);  // false: was none

  void save(std::string_view owner, const InlinePolicy& policy);  // in the place of one of that name
  bool remove_inline_policy(std::string_view owner, std::string_view name);  // false: was none

  void add(const ManagedPolicy& policy);
  void update(const ManagedPolicy& policy);
  void remove_managed_policy(std::string_view policy_id);  // its versions too
  void add(std::string_view policy_id, const PolicyVersion& version);
  void remove_policy_version(std::string_view policy_id, std::int64_t number);

  void attach(const Attachment& attachment);
  bool detach(std::string_view entity_id, std::string_view policy_arn);  // false: was not

  void add(const Device& device);
  void update(const Device& device);                   // found by its serial number
  void remove_device(std::string_view serial_number);  // its tags and used codes too
  void add_past_device(const Device& before, Instant changed);
  void forget_past_devices(Instant until);

  // Setting a tag whose key is there overwrites its value.
  void set_tag(const Tagged& resource, const Tag& tag);
  void set_tags(const Tagged& resource, std::span<const Tag> tags);
  void remove_tag(const Tagged& resource, std::string_view key);
  void remove_tags(const Tagged& resource);

  void add(const AccessKey& key);
  void update(const AccessKey& key);
  void remove_access_key(std::string_view access_key_id);

  void add(const Session& session);
  void add(std::string_view access_key_id, const std::vector<SessionPolicy>& policies);
  void forget_sessions(Instant ended_before);  // their policies and tags too

  // Tries belong to the serial number and outlive the device; used codes go with it.
  void count_verification(std::string_view serial_number, std::int64_t slot);
  void save(const Tries& tries);
  void use_code(std::string_view serial_number, std::int64_t step, std::int64_t oldest_that_matters);

  void save(const CredentialReport& report);

 private:
  template <class... Values>
  std::int64_t execute(const char* sql, const Values&... values);
  void add_to_tally(std::string_view kind, std::int64_t number);
};

}  // namespace keyfob
