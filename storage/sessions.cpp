#include "storage/reading.h"

namespace keyfob {

#define SESSION_COLUMNS                                                                        \
  "access_key_id, account, kind, principal_id, name, secret, token, issued, expires, mfa_at, " \
  "source_identity, transitive_tag_keys"

namespace {

// Tag keys hold no line breaks (aws/shapes.md#shapes-of-iam), so a line each.
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

Session session_from(Columns& columns) {
  return {.access_key_id = columns.text(),
          .account = AccountId{columns.integer()},
          .kind = columns.kind<SessionKind>(),
          .principal_id = columns.text(),
          .name = columns.text(),
          .secret = columns.secret(),
          .token = columns.secret(),
          .issued = columns.instant(),
          .expires = columns.instant(),
          .mfa_at = columns.maybe_instant(),
          .source_identity = columns.maybe_text(),
          .transitive_tag_keys = lines_of(columns.view())};
}

}  // namespace

std::optional<Session> ReadTx::session(std::string_view access_key_id) const {
  return first_of(
      db_.query("SELECT " SESSION_COLUMNS " FROM session WHERE access_key_id = $1", access_key_id),
      session_from);
}

std::vector<Session> ReadTx::sessions() const {
  return all_of(query("SELECT " SESSION_COLUMNS " FROM session WHERE account = $1 ORDER BY expires"),
                session_from);
}

void Tx::add(const Session& session) {
  execute(R"(
      INSERT INTO session (account, access_key_id, kind, principal_id, name, secret, token, issued, expires,
                           mfa_at, source_identity, transitive_tag_keys)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12))",
          session.access_key_id, std::int64_t(session.kind), session.principal_id, session.name,
          session.secret, session.token, session.issued, session.expires, session.mfa_at,
          session.source_identity, joined(session.transitive_tag_keys));
}

void Tx::forget_sessions(Instant ended_before) {
  const auto forgotten = all_of(
      query("DELETE FROM session WHERE account = $1 AND expires < $2 RETURNING access_key_id", ended_before),
      [](Columns& columns) { return columns.text(); });
  for (const auto& access_key_id : forgotten) {
    execute("DELETE FROM session_policy WHERE account = $1 AND access_key_id = $2", access_key_id);
    remove_tags(tagged_session(access_key_id));
  }
}

std::vector<SessionPolicy> ReadTx::session_policies(std::string_view access_key_id) const {
  return all_of(query(R"(
      SELECT policy_arn, document FROM session_policy
      WHERE account = $1 AND access_key_id = $2
      ORDER BY position)",
                      access_key_id),
                [](Columns& columns) {
                  return SessionPolicy{.policy_arn = columns.text(), .document = columns.text()};
                });
}

void Tx::add(std::string_view access_key_id, const std::vector<SessionPolicy>& policies) {
  for (std::size_t i = 0; i < policies.size(); ++i) {
    execute(R"(
      INSERT INTO session_policy (account, access_key_id, position, policy_arn, document)
      VALUES ($1, $2, $3, $4, $5))",
            access_key_id, std::int64_t(i), policies[i].policy_arn, policies[i].document);
  }
}

std::int64_t ReadTx::verifications(std::string_view serial_number, std::int64_t slot) const {
  return number_of(
      query("SELECT number FROM verification WHERE account = $1 AND serial_number = $2 AND slot = $3",
            serial_number, slot));
}

void Tx::count_verification(std::string_view serial_number, std::int64_t slot) {
  save({.serial_number = std::string(serial_number),
        .slot = slot,
        .number = verifications(serial_number, slot) + 1});
}

void Tx::save(const Tries& tries) {
  execute(R"(
      INSERT INTO verification (account, serial_number, slot, number) VALUES ($1, $2, $3, $4)
      ON CONFLICT (account, serial_number) DO UPDATE SET slot = excluded.slot, number = excluded.number)",
          tries.serial_number, tries.slot, tries.number);
}

std::vector<Tries> ReadTx::verifications() const {
  return all_of(
      query("SELECT serial_number, slot, number FROM verification WHERE account = $1 ORDER BY serial_number"),
      [](Columns& columns) {
        return Tries{.serial_number = columns.text(), .slot = columns.integer(), .number = columns.integer()};
      });
}

std::vector<std::int64_t> ReadTx::used_codes(std::string_view serial_number) const {
  return all_of(query("SELECT step FROM used_code WHERE account = $1 AND serial_number = $2 ORDER BY step",
                      serial_number),
                [](Columns& columns) { return columns.integer(); });
}

bool ReadTx::is_used_code(std::string_view serial_number, std::int64_t step) const {
  return query("SELECT 1 FROM used_code WHERE account = $1 AND serial_number = $2 AND step = $3",
               serial_number, step)
      .next();
}

void Tx::use_code(std::string_view serial_number, std::int64_t step, std::int64_t oldest_that_matters) {
  execute("DELETE FROM used_code WHERE account = $1 AND serial_number = $2 AND step < $3", serial_number,
          oldest_that_matters);
  execute("INSERT INTO used_code (account, serial_number, step) VALUES ($1, $2, $3)", serial_number, step);
}

}  // namespace keyfob
