#include "storage/sqlite.h"
#include "storage/tx.h"

namespace keyfob {
namespace {

Account account_from(const Rows& row) {
  return {.id = AccountId{row.integer(0)},
          .created = row.instant(1),
          .alias = row.maybe_text(2),
          .clock = {.offset = Duration{row.integer(3)}, .frozen_at = row.maybe_instant(4)},
          .root_password_last_used = row.maybe_instant(5)};
}

}  // namespace

#define ACCOUNT_COLUMNS "id, created, alias, clock_offset, clock_frozen_at, root_password_last_used"

std::vector<Account> all_accounts(Database& database) {
  std::vector<Account> accounts;
  auto rows = database.query("SELECT " ACCOUNT_COLUMNS " FROM account");
  while (rows.next()) accounts.push_back(account_from(rows));
  return accounts;
}

std::optional<Account> Tx::account() {
  auto rows = db_.query("SELECT " ACCOUNT_COLUMNS " FROM account WHERE id = ?", account_key());
  if (!rows.next()) return std::nullopt;
  return account_from(rows);
}

void Tx::save(const Account& account) {
  // Not REPLACE: it would take another account's row away, were the alias its own.
  db_.execute("INSERT INTO account (" ACCOUNT_COLUMNS
              ") VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET created = excluded.created,"
              " alias = excluded.alias, clock_offset = excluded.clock_offset,"
              " clock_frozen_at = excluded.clock_frozen_at,"
              " root_password_last_used = excluded.root_password_last_used",
              account_key(), account.created, account.alias, std::int64_t{account.clock.offset.count()},
              account.clock.frozen_at, account.root_password_last_used);
}

std::optional<AccountId> Tx::account_with_alias(std::string_view alias) {
  auto rows = db_.query("SELECT id FROM account WHERE alias = ?", alias);
  if (!rows.next()) return std::nullopt;
  return AccountId{rows.integer(0)};
}

std::int64_t Tx::tally(std::string_view kind) {
  auto rows = db_.query("SELECT number FROM tally WHERE account = ? AND kind = ?", account_key(), kind);
  return rows.next() ? rows.integer(0) : 0;
}

void Tx::clear() {
  // The tally last: the triggers of the others write to it.
  static constexpr const char* kDeletes[] = {
      "DELETE FROM user WHERE account = ?",
      "DELETE FROM role WHERE account = ?",
      "DELETE FROM user_group WHERE account = ?",
      "DELETE FROM membership WHERE account = ?",
      "DELETE FROM inline_policy WHERE account = ?",
      "DELETE FROM managed_policy WHERE account = ?",
      "DELETE FROM policy_version WHERE account = ?",
      "DELETE FROM attachment WHERE account = ?",
      "DELETE FROM device WHERE account = ?",
      "DELETE FROM past_device WHERE account = ?",
      "DELETE FROM tag WHERE account = ?",
      "DELETE FROM access_key WHERE account = ?",
      "DELETE FROM login_profile WHERE account = ?",
      "DELETE FROM credential_report WHERE account = ?",
      "DELETE FROM session WHERE account = ?",
      "DELETE FROM verification WHERE account = ?",
      "DELETE FROM used_code WHERE account = ?",
      "DELETE FROM tally WHERE account = ?",
      "DELETE FROM account WHERE id = ?",
  };
  for (const char* sql : kDeletes) db_.execute(sql, account_key());
}

std::optional<CredentialReport> Tx::credential_report() {
  auto rows = db_.query("SELECT requested, content FROM credential_report WHERE account = ?", account_key());
  if (!rows.next()) return std::nullopt;
  return CredentialReport{.requested = rows.instant(0), .content = rows.text(1)};
}

void Tx::save(const CredentialReport& report) {
  db_.execute("INSERT OR REPLACE INTO credential_report (account, requested, content) VALUES (?, ?, ?)",
              account_key(), report.requested, report.content);
}

}  // namespace keyfob
