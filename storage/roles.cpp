#include "protocol/text.h"
#include "storage/reading.h"

namespace keyfob {

#define ROLE_COLUMNS                                                                            \
  "role_id, name, path, created, trust_policy, description, max_session, boundary, last_used, " \
  "last_used_region"

namespace {

Role role_from(Columns& columns) {
  return {.role_id = columns.text(),
          .name = columns.text(),
          .path = columns.text(),
          .created = columns.instant(),
          .trust_policy = columns.text(),
          .description = columns.maybe_text(),
          .max_session_seconds = columns.integer(),
          .boundary = columns.maybe_text(),
          .last_used = columns.maybe_instant(),
          .last_used_region = columns.text()};
}

}  // namespace

std::optional<Role> ReadTx::role(std::string_view name) const {
  return first_of(
      query("SELECT " ROLE_COLUMNS " FROM iam_role WHERE account = $1 AND name_key = $2", fold_case(name)),
      role_from);
}

std::optional<Role> ReadTx::role_by_id(std::string_view role_id) const {
  return first_of(query("SELECT " ROLE_COLUMNS " FROM iam_role WHERE account = $1 AND role_id = $2", role_id),
                  role_from);
}

PageByName<Role> ReadTx::roles(std::string_view path_prefix, std::string_view after_name,
                               std::size_t limit) const {
  return page_by_name(query("SELECT name_key, path, " ROLE_COLUMNS R"(
      FROM iam_role WHERE account = $1 AND name_key > $2
      ORDER BY name_key LIMIT $3)",
                            after_name, rows_for_names(limit)),
                      path_prefix, limit, role_from);
}

std::int64_t ReadTx::count_roles() const { return tally("role"); }

void Tx::add(const Role& role) {
  execute("INSERT INTO iam_role (account, name_key, " ROLE_COLUMNS R"()
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12))",
          fold_case(role.name), role.role_id, role.name, role.path, role.created, role.trust_policy,
          role.description, role.max_session_seconds, role.boundary, role.last_used, role.last_used_region);
  add_to_tally("role", 1);
}

void Tx::update(const Role& role) {
  execute(R"(
      UPDATE iam_role SET trust_policy = $3, description = $4, max_session = $5, boundary = $6,
                          last_used = $7, last_used_region = $8
      WHERE account = $1 AND role_id = $2)",
          role.role_id, role.trust_policy, role.description, role.max_session_seconds, role.boundary,
          role.last_used, role.last_used_region);
}

void Tx::remove_role(std::string_view role_id) {
  add_to_tally("role", -execute("DELETE FROM iam_role WHERE account = $1 AND role_id = $2", role_id));
}

}  // namespace keyfob
