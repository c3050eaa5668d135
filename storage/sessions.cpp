#include "storage/sqlite.h"
#include "storage/tx.h"

namespace keyfob {

#define SESSION_COLUMNS                                                                       \
  "access_key_id, account, kind, principal_id, name, secret, token, issued, expires, mfa_at," \
  " source_identity, transitive_tag_keys"

namespace {

// Tag keys hold no line breaks (catalogue §4), so a line each.
std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text.append(line).append("\n");
  return text;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    lines.emplace_back(text.substr(0, text.find('\n')));
    text.remove_prefix(lines.back().size() + 1);
  }
  return lines;
}

Session session_from(const Rows& row) {
  return {.access_key_id = row.text(0),
          .account = AccountId{row.integer(1)},
          .kind = static_cast<SessionKind>(row.integer(2)),
          .principal_id = row.text(3),
          .name = row.text(4),
          .secret = Secret{row.text(5)},
          .token = Secret{row.text(6)},
          .issued = row.instant(7),
          .expires = row.instant(8),
          .mfa_at = row.maybe_instant(9),
          .source_identity = row.maybe_text(10),
          .transitive_tag_keys = lines_of(row.text(11))};
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

void Tx::forget_sessions(Instant ended_before) {
  db_.execute("DELETE FROM session WHERE account = ? AND expires < ?", account_key(), ended_before);
}

void Tx::add(const Session& session) {
  const auto transitive = joined(session.transitive_tag_keys);
  db_.execute("INSERT INTO session (" SESSION_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              session.access_key_id, account_key(), std::int64_t(session.kind), session.principal_id,
              session.name, session.secret, session.token, session.issued, session.expires, session.mfa_at,
              session.source_identity, std::string_view(transitive));
}

std::vector<SessionPolicy> Tx::session_policies(std::string_view access_key_id) {
  std::vector<SessionPolicy> policies;
  auto rows =
      db_.query("SELECT policy_arn, document FROM session_policy WHERE access_key_id = ? ORDER BY position",
                access_key_id);
  while (rows.next()) policies.push_back({.policy_arn = rows.text(0), .document = rows.text(1)});
  return policies;
}

void Tx::add(std::string_view access_key_id, const std::vector<SessionPolicy>& policies) {
  for (std::size_t i = 0; i < policies.size(); ++i) {
    db_.execute(
        "INSERT INTO session_policy (account, access_key_id, position, policy_arn, document)"
        " VALUES (?, ?, ?, ?, ?)",
        account_key(), access_key_id, std::int64_t(i), policies[i].policy_arn, policies[i].document);
  }
}

std::int64_t Tx::verifications(std::string_view serial_number, std::int64_t slot) {
  auto rows =
      db_.query("SELECT number FROM verification WHERE account = ? AND serial_number = ? AND slot = ?",
                account_key(), serial_number, slot);
  return rows.next() ? rows.integer(0) : 0;
}

void Tx::count_verification(std::string_view serial_number, std::int64_t slot) {
  save({.serial_number = std::string(serial_number),
        .slot = slot,
        .number = verifications(serial_number, slot) + 1});
}

void Tx::save(const Tries& tries) {
  db_.execute(
      "INSERT OR REPLACE INTO verification (account, serial_number, slot, number) VALUES (?, ?, ?, ?)",
      account_key(), tries.serial_number, tries.slot, tries.number);
}

std::vector<Tx::Tries> Tx::verifications() {
  std::vector<Tries> all;
  auto rows = db_.query(
      "SELECT serial_number, slot, number FROM verification WHERE account = ? ORDER BY serial_number",
      account_key());
  while (rows.next())
    all.push_back({.serial_number = rows.text(0), .slot = rows.integer(1), .number = rows.integer(2)});
  return all;
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
