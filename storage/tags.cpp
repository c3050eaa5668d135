#include "protocol/text.h"
#include "storage/reading.h"

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

std::vector<Tag> ReadTx::tags(const Tagged& resource) const {
  return all_of(query("SELECT key, value FROM tag WHERE account = $1 AND resource = $2 ORDER BY key",
                      resource.resource),
                [](Columns& columns) { return Tag{.key = columns.text(), .value = columns.text()}; });
}

void Tx::set_tag(const Tagged& resource, const Tag& tag) {
  execute(R"(
      INSERT INTO tag (account, resource, key_fold, key, value) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (account, resource, key_fold) DO UPDATE SET key = excluded.key, value = excluded.value)",
          resource.resource, folded(resource, tag.key), tag.key, tag.value);
}

void Tx::set_tags(const Tagged& resource, std::span<const Tag> tags) {
  for (const auto& tag : tags) set_tag(resource, tag);
}

void Tx::remove_tag(const Tagged& resource, std::string_view key) {
  execute("DELETE FROM tag WHERE account = $1 AND resource = $2 AND key_fold = $3", resource.resource,
          folded(resource, key));
}

void Tx::remove_tags(const Tagged& resource) {
  execute("DELETE FROM tag WHERE account = $1 AND resource = $2", resource.resource);
}

}  // namespace keyfob
