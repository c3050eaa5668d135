#include "storage/sqlite.h"
#include "storage/tx.h"

namespace keyfob {

#define SESSION_COLUMNS "access_key_id, account, user_id, secret, token, issued, expires, mfa_at"

namespace {

Session session_from(const Rows& row) {
  return {.access_key_id = row.text(0),
          .account = AccountId{row.integer(1)},
          .user_id = row.text(2),
          .secret = Secret{row.text(3)},
          .token = Secret{row.text(4)},
          .issued = row.instant(5),
          .expires = row.instant(6),
          .mfa_at = row.maybe_instant(7)};
}

}  // namespace

std::optional<Session> Tx::session(std::string_view access_key_id) {
  auto rows = db_.query("SELECT " SESSION_COLUMNS " FROM session WHERE access_key_id = ?", access_key_id);
  if (!rows.next()) return std::nullopt;
  return session_from(rows);
}

std::vector<Session> Tx::sessions() {
  std::vector<Session> sessions;
  auto rows =
      db_.query("SELECT " SESSION_COLUMNS " FROM session WHERE account = ? ORDER BY expires", account_key());
  while (rows.next()) sessions.push_back(session_from(rows));
  return sessions;
}

std::vector<std::int64_t> Tx::used_codes(std::string_view serial_number) {
  std::vector<std::int64_t> steps;
  auto rows = db_.query("SELECT step FROM used_code WHERE account = ? AND serial_number = ? ORDER BY step",
                        account_key(), serial_number);
  while (rows.next()) steps.push_back(rows.integer(0));
  return steps;
}

void Tx::add(const Session& session) {
  // A day past its end a session is nothing but an unknown key.
  db_.execute("DELETE FROM session WHERE account = ? AND expires < ?", account_key(),
              session.issued - std::chrono::hours{24});
  db_.execute("INSERT INTO session (" SESSION_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
              session.access_key_id, account_key(), session.user_id, session.secret, session.token,
              session.issued, session.expires, session.mfa_at);
}

std::int64_t Tx::verifications(std::string_view serial_number, std::int64_t slot) {
  auto rows =
      db_.query("SELECT number FROM verification WHERE account = ? AND serial_number = ? AND slot = ?",
                account_key(), serial_number, slot);
  return rows.next() ? rows.integer(0) : 0;
}

void Tx::count_verification(std::string_view serial_number, std::int64_t slot) {
  const auto number = verifications(serial_number, slot) + 1;
  db_.execute(
      "INSERT OR REPLACE INTO verification (account, serial_number, slot, number) VALUES (?, ?, ?, ?)",
      account_key(), serial_number, slot, number);
}

bool Tx::is_used_code(std::string_view serial_number, std::int64_t step) {
  return db_
      .query("SELECT 1 FROM used_code WHERE account = ? AND serial_number = ? AND step = ?", account_key(),
             serial_number, step)
      .next();
}

void Tx::use_code(std::string_view serial_number, std::int64_t step, std::int64_t oldest_that_matters) {
  db_.execute("DELETE FROM used_code WHERE account = ? AND serial_number = ? AND step < ?", account_key(),
              serial_number, oldest_that_matters);
  db_.execute("INSERT INTO used_code (account, serial_number, step) VALUES (?, ?, ?)", account_key(),
              serial_number, step);
}

}  // namespace keyfob
