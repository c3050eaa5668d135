#include "storage/account_tables.h"
#include "storage/reading.h"
#include "storage/store.h"

namespace keyfob {

#define ACCOUNT_COLUMNS "id, created, alias, clock_offset, clock_frozen_at, root_password_last_used"

namespace {

Account account_from(Columns& columns) {
  return {.id = AccountId{columns.integer()},
          .created = columns.instant(),
          .alias = columns.maybe_text(),
          .clock = {.offset = Duration{columns.integer()}, .frozen_at = columns.maybe_instant()},
          .root_password_last_used = columns.maybe_instant()};
}

}  // namespace

std::vector<Account> all_accounts(Connection& connection) {
  return all_of(connection.query("SELECT " ACCOUNT_COLUMNS " FROM account"), account_from);
}

std::optional<Account> ReadTx::account() const {
  return first_of(query("SELECT " ACCOUNT_COLUMNS " FROM account WHERE id = $1"), account_from);
}

void Tx::save(const Account& account) {
  execute("INSERT INTO account (" ACCOUNT_COLUMNS R"() VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (id) DO UPDATE SET
        created = excluded.created,
        alias = excluded.alias,
        clock_offset = excluded.clock_offset,
        clock_frozen_at = excluded.clock_frozen_at,
        root_password_last_used = excluded.root_password_last_used)",
          account.created, account.alias, std::int64_t{account.clock.offset.count()}, account.clock.frozen_at,
          account.root_password_last_used);
}

std::optional<AccountId> ReadTx::account_with_alias(std::string_view alias) const {
  return first_of(db_.query("SELECT id FROM account WHERE alias = $1", alias),
                  [](Columns& columns) { return AccountId{columns.integer()}; });
}

std::int64_t ReadTx::tally(std::string_view kind) const {
  return number_of(query("SELECT number FROM tally WHERE account = $1 AND kind = $2", kind));
}

void Tx::add_to_tally(std::string_view kind, std::int64_t number) {
  if (number == 0) return;
  execute(R"(
      INSERT INTO tally (account, kind, number) VALUES ($1, $2, $3)
      ON CONFLICT (account, kind) DO UPDATE SET number = tally.number + excluded.number)",
          kind, number);
}

void Tx::clear() {
#define DELETE_ALL(table, account) "DELETE FROM " #table " WHERE " #account " = $1",
  static constexpr const char* kDeletes[] = {KEYFOB_ACCOUNT_TABLES(DELETE_ALL)};
  for (const char* sql : kDeletes) execute(sql);
}

std::optional<CredentialReport> ReadTx::credential_report() const {
  return first_of(query("SELECT requested, content FROM credential_report WHERE account = $1"),
                  [](Columns& columns) {
                    return CredentialReport{.requested = columns.instant(), .content = columns.text()};
                  });
}

void Tx::save(const CredentialReport& report) {
  execute(R"(
      INSERT INTO credential_report (account, requested, content) VALUES ($1, $2, $3)
      ON CONFLICT (account) DO UPDATE SET requested = excluded.requested, content = excluded.content)",
          report.requested, report.content);
}

}  // namespace keyfob
