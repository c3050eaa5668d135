#include "protocol/text.h"
#include "storage/page.h"
#include "storage/sqlite.h"
#include "storage/tx.h"

namespace keyfob {

#define POLICY_COLUMNS "policy_id, name, path, description, created, updated, default_version, last_version"

namespace {

ManagedPolicy policy_from(const Rows& row, int first) {
  return {.policy_id = row.text(first),
          .name = row.text(first + 1),
          .path = row.text(first + 2),
          .description = row.maybe_text(first + 3),
          .created = row.instant(first + 4),
          .updated = row.instant(first + 5),
          .default_version = row.integer(first + 6),
          .last_version = row.integer(first + 7)};
}

PolicyVersion version_from(const Rows& row) {
  return {.number = row.integer(0), .document = row.text(1), .created = row.instant(2)};
}

Attachment attachment_from(const Rows& row) {
  return {.number = row.integer(0),
          .policy_arn = row.text(1),
          .entity_kind = static_cast<EntityKind>(row.integer(2)),
          .entity_id = row.text(3)};
}

}  // namespace

// --- Inline policies ---

std::optional<InlinePolicy> Tx::inline_policy(std::string_view owner, std::string_view name) {
  const auto key = fold_case(name);
  auto rows =
      db_.query("SELECT name, document FROM inline_policy WHERE account = ? AND owner = ? AND name_key = ?",
                account_key(), owner, std::string_view(key));
  if (!rows.next()) return std::nullopt;
  return InlinePolicy{.name = rows.text(0), .document = rows.text(1)};
}

std::vector<InlinePolicy> Tx::inline_policies(std::string_view owner) {
  std::vector<InlinePolicy> policies;
  auto rows =
      db_.query("SELECT name, document FROM inline_policy WHERE account = ? AND owner = ? ORDER BY name_key",
                account_key(), owner);
  while (rows.next()) policies.push_back({.name = rows.text(0), .document = rows.text(1)});
  return policies;
}

void Tx::save(std::string_view owner, const InlinePolicy& policy) {
  const auto key = fold_case(policy.name);
  db_.execute(
      "INSERT OR REPLACE INTO inline_policy (account, owner, name_key, name, document)"
      " VALUES (?, ?, ?, ?, ?)",
      account_key(), owner, std::string_view(key), policy.name, policy.document);
}

bool Tx::remove_inline_policy(std::string_view owner, std::string_view name) {
  const auto key = fold_case(name);
  return db_.execute("DELETE FROM inline_policy WHERE account = ? AND owner = ? AND name_key = ?",
                     account_key(), owner, std::string_view(key)) > 0;
}

// --- Managed policies ---

std::optional<ManagedPolicy> Tx::managed_policy(std::string_view name) {
  const auto key = fold_case(name);
  auto rows = db_.query("SELECT " POLICY_COLUMNS " FROM managed_policy WHERE account = ? AND name_key = ?",
                        account_key(), std::string_view(key));
  if (!rows.next()) return std::nullopt;
  return policy_from(rows, 0);
}

Page<ManagedPolicy> Tx::managed_policies(std::string_view path_prefix, std::string_view after_name,
                                         std::size_t limit, std::string& last_seen) {
  return page_by_name(db_.query("SELECT name_key, path, " POLICY_COLUMNS
                                " FROM managed_policy WHERE account = ? AND name_key > ? ORDER BY name_key",
                                account_key(), after_name),
                      path_prefix, limit, last_seen, [](const Rows& row) { return policy_from(row, 2); });
}

std::int64_t Tx::count_managed_policies() { return tally("policy"); }
std::int64_t Tx::count_policy_versions() { return tally("policy_version"); }

void Tx::add(const ManagedPolicy& policy) {
  const auto key = fold_case(policy.name);
  db_.execute("INSERT INTO managed_policy (account, name_key, " POLICY_COLUMNS
              ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              account_key(), std::string_view(key), policy.policy_id, policy.name, policy.path,
              policy.description, policy.created, policy.updated, policy.default_version,
              policy.last_version);
}

void Tx::update(const ManagedPolicy& policy) {
  db_.execute(
      "UPDATE managed_policy SET updated = ?, default_version = ?, last_version = ?"
      " WHERE account = ? AND policy_id = ?",
      policy.updated, policy.default_version, policy.last_version, account_key(), policy.policy_id);
}

void Tx::remove_managed_policy(std::string_view policy_id) {
  db_.execute("DELETE FROM managed_policy WHERE account = ? AND policy_id = ?", account_key(), policy_id);
}

std::optional<PolicyVersion> Tx::policy_version(std::string_view policy_id, std::int64_t number) {
  auto rows = db_.query(
      "SELECT number, document, created FROM policy_version"
      " WHERE account = ? AND policy_id = ? AND number = ?",
      account_key(), policy_id, number);
  if (!rows.next()) return std::nullopt;
  return version_from(rows);
}

std::vector<PolicyVersion> Tx::policy_versions(std::string_view policy_id) {
  std::vector<PolicyVersion> versions;
  auto rows = db_.query(
      "SELECT number, document, created FROM policy_version"
      " WHERE account = ? AND policy_id = ? ORDER BY number DESC",
      account_key(), policy_id);
  while (rows.next()) versions.push_back(version_from(rows));
  return versions;
}

void Tx::add(std::string_view policy_id, const PolicyVersion& version) {
  db_.execute(
      "INSERT INTO policy_version (account, policy_id, number, document, created) VALUES (?, ?, ?, ?, ?)",
      account_key(), policy_id, version.number, version.document, version.created);
}

void Tx::remove_policy_version(std::string_view policy_id, std::int64_t number) {
  db_.execute("DELETE FROM policy_version WHERE account = ? AND policy_id = ? AND number = ?", account_key(),
              policy_id, number);
}

// --- Attachments and boundaries ---

bool Tx::is_attached(std::string_view entity_id, std::string_view policy_arn) {
  return db_
      .query("SELECT 1 FROM attachment WHERE account = ? AND entity_id = ? AND policy_arn = ?", account_key(),
             entity_id, policy_arn)
      .next();
}

void Tx::attach(const Attachment& attachment) {
  db_.execute("INSERT INTO attachment (account, policy_arn, entity_kind, entity_id) VALUES (?, ?, ?, ?)",
              account_key(), attachment.policy_arn, std::int64_t(attachment.entity_kind),
              attachment.entity_id);
}

bool Tx::detach(std::string_view entity_id, std::string_view policy_arn) {
  return db_.execute("DELETE FROM attachment WHERE account = ? AND entity_id = ? AND policy_arn = ?",
                     account_key(), entity_id, policy_arn) > 0;
}

std::vector<Attachment> Tx::attachments_to(std::string_view entity_id) {
  std::vector<Attachment> attachments;
  auto rows = db_.query(
      "SELECT id, policy_arn, entity_kind, entity_id FROM attachment"
      " WHERE account = ? AND entity_id = ? ORDER BY id",
      account_key(), entity_id);
  while (rows.next()) attachments.push_back(attachment_from(rows));
  return attachments;
}

Page<Attachment> Tx::attachments_of(std::string_view policy_arn, std::int64_t after, std::size_t limit) {
  return page_of(db_.query("SELECT id, policy_arn, entity_kind, entity_id FROM attachment"
                           " WHERE account = ? AND policy_arn = ? AND id > ? ORDER BY id LIMIT ?",
                           account_key(), policy_arn, after, rows_for(limit)),
                 limit, attachment_from);
}

Page<Attachment> Tx::boundary_uses(std::string_view policy_arn, EntityKind kind, std::string_view after_id,
                                   std::size_t limit) {
  const char* sql = kind == EntityKind::user
                        ? "SELECT 0, boundary, 0, user_id FROM user"
                          " WHERE account = ? AND boundary = ? AND user_id > ? ORDER BY user_id LIMIT ?"
                        : "SELECT 0, boundary, 1, role_id FROM role"
                          " WHERE account = ? AND boundary = ? AND role_id > ? ORDER BY role_id LIMIT ?";
  return page_of(db_.query(sql, account_key(), policy_arn, after_id, rows_for(limit)), limit,
                 attachment_from);
}

std::int64_t Tx::count_attachments_of(std::string_view policy_arn) {
  return tally("attached:" + std::string(policy_arn));
}

std::int64_t Tx::count_boundary_uses(std::string_view policy_arn) {
  auto rows = db_.query(
      "SELECT (SELECT count(*) FROM user WHERE account = ? AND boundary = ?)"
      " + (SELECT count(*) FROM role WHERE account = ? AND boundary = ?)",
      account_key(), policy_arn, account_key(), policy_arn);
  return rows.next() ? rows.integer(0) : 0;
}

}  // namespace keyfob
