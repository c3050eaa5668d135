#include "protocol/text.h"
#include "storage/sqlite.h"
#include "storage/tx.h"

namespace keyfob {
namespace {

std::string folded(const Tagged& resource, std::string_view key) {
  return resource.case_sensitive ? std::string(key) : fold_case(key);
}

}  // namespace

Tagged tagged_device(std::string_view serial_number) {
  return {"device:" + std::string(serial_number), true};
}
Tagged tagged_user(std::string_view user_id) { return {"user:" + std::string(user_id), false}; }
Tagged tagged_role(std::string_view role_id) { return {"role:" + std::string(role_id), false}; }
Tagged tagged_policy(std::string_view policy_id) { return {"policy:" + std::string(policy_id), true}; }
Tagged tagged_session(std::string_view access_key_id) {
  return {"session:" + std::string(access_key_id), false};
}

std::vector<Tag> Tx::tags(const Tagged& resource) {
  std::vector<Tag> tags;
  auto rows = db_.query("SELECT key, value FROM tag WHERE account = ? AND resource = ? ORDER BY key",
                        account_key(), resource.resource);
  while (rows.next()) tags.push_back({.key = rows.text(0), .value = rows.text(1)});
  return tags;
}

void Tx::set_tag(const Tagged& resource, const Tag& tag) {
  const auto key = folded(resource, tag.key);
  db_.execute("INSERT OR REPLACE INTO tag (account, resource, key_fold, key, value) VALUES (?, ?, ?, ?, ?)",
              account_key(), resource.resource, std::string_view(key), tag.key, tag.value);
}

void Tx::set_tags(const Tagged& resource, std::span<const Tag> tags) {
  for (const auto& tag : tags) set_tag(resource, tag);
}

void Tx::remove_tag(const Tagged& resource, std::string_view key) {
  const auto fold = folded(resource, key);
  db_.execute("DELETE FROM tag WHERE account = ? AND resource = ? AND key_fold = ?", account_key(),
              resource.resource, std::string_view(fold));
}

void Tx::remove_tags(const Tagged& resource) {
  db_.execute("DELETE FROM tag WHERE account = ? AND resource = ?", account_key(), resource.resource);
}

}  // namespace keyfob
