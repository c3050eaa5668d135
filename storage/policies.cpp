#include "protocol/text.h"
#include "storage/reading.h"

namespace keyfob {

#define POLICY_COLUMNS "policy_id, name, path, description, created, updated, default_version, last_version"

namespace {

InlinePolicy inline_policy_from(Columns& columns) {
  return {.name = columns.text(), .document = columns.text()};
}

ManagedPolicy policy_from(Columns& columns) {
  return {.policy_id = columns.text(),
          .name = columns.text(),
          .path = columns.text(),
          .description = columns.maybe_text(),
          .created = columns.instant(),
          .updated = columns.instant(),
          .default_version = columns.integer(),
          .last_version = columns.integer()};
}

PolicyVersion version_from(Columns& columns) {
  return {.number = columns.integer(), .document = columns.text(), .created = columns.instant()};
}

Attachment attachment_from(Columns& columns) {
  return {
      .policy_arn = columns.text(), .entity_kind = columns.kind<EntityKind>(), .entity_id = columns.text()};
}

std::string attached(std::string_view policy_arn) { return "attached:" + std::string(policy_arn); }

}  // namespace

// --- Inline policies ---

std::optional<InlinePolicy> ReadTx::inline_policy(std::string_view owner, std::string_view name) const {
  return first_of(
      query("SELECT name, document FROM inline_policy WHERE account = $1 AND owner = $2 AND name_key = $3",
            owner, fold_case(name)),
      inline_policy_from);
}

std::vector<InlinePolicy> ReadTx::inline_policies(std::string_view owner) const {
  return all_of(
      query("SELECT name, document FROM inline_policy WHERE account = $1 AND owner = $2 ORDER BY name_key",
            owner),
      inline_policy_from);
}

void Tx::save(std::string_view owner, const InlinePolicy& policy) {
  execute(R"(
      INSERT INTO inline_policy (account, owner, name_key, name, document) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (account, owner, name_key) DO UPDATE SET
        name = excluded.name,
        document = excluded.document)",
          owner, fold_case(policy.name), policy.name, policy.document);
}

bool Tx::remove_inline_policy(std::string_view owner, std::string_view name) {
  return execute("DELETE FROM inline_policy WHERE account = $1 AND owner = $2 AND name_key = $3", owner,
                 fold_case(name)) > 0;
}

// --- Managed policies ---

std::optional<ManagedPolicy> ReadTx::managed_policy(std::string_view name) const {
  return first_of(query("SELECT " POLICY_COLUMNS " FROM managed_policy WHERE account = $1 AND name_key = $2",
                        fold_case(name)),
                  policy_from);
}

PageByName<ManagedPolicy> ReadTx::managed_policies(std::string_view path_prefix, std::string_view after_name,
                                                   std::size_t limit) const {
  return page_by_name(query("SELECT name_key, path, " POLICY_COLUMNS R"(
      FROM managed_policy WHERE account = $1 AND name_key > $2
      ORDER BY name_key LIMIT $3)",
                            after_name, rows_for_names(limit)),
                      path_prefix, limit, policy_from);
}

std::int64_t ReadTx::count_managed_policies() const { return tally("policy"); }
std::int64_t ReadTx::count_policy_versions() const { return tally("policy_version"); }

void Tx::add(const ManagedPolicy& policy) {
  execute("INSERT INTO managed_policy (account, name_key, " POLICY_COLUMNS R"()
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))",
          fold_case(policy.name), policy.policy_id, policy.name, policy.path, policy.description,
          policy.created, policy.updated, policy.default_version, policy.last_version);
  add_to_tally("policy", 1);
}

void Tx::update(const ManagedPolicy& policy) {
  execute(R"(
      UPDATE managed_policy SET updated = $3, default_version = $4, last_version = $5
      WHERE account = $1 AND policy_id = $2)",
          policy.policy_id, policy.updated, policy.default_version, policy.last_version);
}

void Tx::remove_managed_policy(std::string_view policy_id) {
  add_to_tally("policy",
               -execute("DELETE FROM managed_policy WHERE account = $1 AND policy_id = $2", policy_id));
  add_to_tally("policy_version",
               -execute("DELETE FROM policy_version WHERE account = $1 AND policy_id = $2", policy_id));
}

std::optional<PolicyVersion> ReadTx::policy_version(std::string_view policy_id, std::int64_t number) const {
  return first_of(query(R"(
      SELECT number, document, created FROM policy_version
      WHERE account = $1 AND policy_id = $2 AND number = $3)",
                        policy_id, number),
                  version_from);
}

std::vector<PolicyVersion> ReadTx::policy_versions(std::string_view policy_id) const {
  return all_of(query(R"(
      SELECT number, document, created FROM policy_version
      WHERE account = $1 AND policy_id = $2
      ORDER BY number DESC)",
                      policy_id),
                version_from);
}

void Tx::add(std::string_view policy_id, const PolicyVersion& version) {
  execute(R"(
      INSERT INTO policy_version (account, policy_id, number, document, created)
      VALUES ($1, $2, $3, $4, $5))",
          policy_id, version.number, version.document, version.created);
  add_to_tally("policy_version", 1);
}

void Tx::remove_policy_version(std::string_view policy_id, std::int64_t number) {
  add_to_tally("policy_version",
               -execute("DELETE FROM policy_version WHERE account = $1 AND policy_id = $2 AND number = $3",
                        policy_id, number));
}

// --- Attachments and boundaries ---

bool ReadTx::is_attached(std::string_view entity_id, std::string_view policy_arn) const {
  return query("SELECT 1 FROM attachment WHERE account = $1 AND entity_id = $2 AND policy_arn = $3",
               entity_id, policy_arn)
      .next();
}

void Tx::attach(const Attachment& attachment) {
  execute("INSERT INTO attachment (account, policy_arn, entity_kind, entity_id) VALUES ($1, $2, $3, $4)",
          attachment.policy_arn, std::int64_t(attachment.entity_kind), attachment.entity_id);
  add_to_tally(attached(attachment.policy_arn), 1);
}

bool Tx::detach(std::string_view entity_id, std::string_view policy_arn) {
  if (execute("DELETE FROM attachment WHERE account = $1 AND entity_id = $2 AND policy_arn = $3", entity_id,
              policy_arn) == 0)
    return false;
  add_to_tally(attached(policy_arn), -1);
  // There is no end to the policies that were attached once.
  execute("DELETE FROM tally WHERE account = $1 AND kind = $2 AND number = 0", attached(policy_arn));
  return true;
}

std::vector<Attachment> ReadTx::attachments_to(std::string_view entity_id) const {
  return all_of(query(R"(
      SELECT policy_arn, entity_kind, entity_id FROM attachment
      WHERE account = $1 AND entity_id = $2
      ORDER BY id)",
                      entity_id),
                attachment_from);
}

Page<Attachment> ReadTx::attachments_of(std::string_view policy_arn, std::int64_t after,
                                        std::size_t limit) const {
  return page_of<std::int64_t>(query(R"(
      SELECT id, policy_arn, entity_kind, entity_id FROM attachment
      WHERE account = $1 AND policy_arn = $2 AND id > $3
      ORDER BY id LIMIT $4)",
                                     policy_arn, after, rows_for(limit)),
                               limit, attachment_from);
}

std::int64_t ReadTx::count_attachments_of(std::string_view policy_arn) const {
  return tally(attached(policy_arn));
}

namespace {

std::string id_from(Columns& columns) { return columns.text(); }

}  // namespace

Page<std::string, std::string> ReadTx::boundary_users(std::string_view policy_arn, std::string_view after_id,
                                                      std::size_t limit) const {
  return page_of<std::string>(query(R"(
      SELECT user_id, user_id FROM iam_user
      WHERE account = $1 AND boundary = $2 AND user_id > $3
      ORDER BY user_id LIMIT $4)",
                                    policy_arn, after_id, rows_for(limit)),
                              limit, id_from);
}

Page<std::string, std::string> ReadTx::boundary_roles(std::string_view policy_arn, std::string_view after_id,
                                                      std::size_t limit) const {
  return page_of<std::string>(query(R"(
      SELECT role_id, role_id FROM iam_role
      WHERE account = $1 AND boundary = $2 AND role_id > $3
      ORDER BY role_id LIMIT $4)",
                                    policy_arn, after_id, rows_for(limit)),
                              limit, id_from);
}

std::int64_t ReadTx::count_boundary_uses(std::string_view policy_arn) const {
  return number_of(query(R"(
      SELECT (SELECT count(*) FROM iam_user WHERE account = $1 AND boundary = $2)
           + (SELECT count(*) FROM iam_role WHERE account = $1 AND boundary = $2))",
                         policy_arn));
}

}  // namespace keyfob
