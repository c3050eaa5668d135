#include <charconv>
#include <utility>

#include "iam/call/lookup.h"
#include "iam/call/marker.h"
#include "iam/call/operation.h"
#include "iam/policies/managed_policies.h"

namespace keyfob::list_entities_for_policy {

constexpr std::string_view kName = "ListEntitiesForPolicy";

struct Input {
  std::string policy_arn;
  std::optional<std::string> entity_filter;
  std::optional<std::string> path_prefix;
  std::optional<std::string> policy_usage_filter;
  std::optional<std::string> marker;
  std::optional<std::int32_t> max_items;
};

struct Entity {
  EntityKind kind;
  std::string id;
  std::string name;
  std::string path;
};

struct Output {
  std::vector<Entity> entities;
  std::optional<std::string> next_marker;
};

template <class Record>
std::optional<Entity> entity(EntityKind kind, const std::string& id, const std::optional<Record>& record) {
  if (!record) return std::nullopt;
  return Entity{.kind = kind, .id = id, .name = record->name, .path = record->path};
}

std::optional<Entity> find_entity(const ReadCall& call, EntityKind kind, const std::string& id) {
  switch (kind) {
    case EntityKind::user:
      return entity(kind, id, call.tx.user_by_id(id));
    case EntityKind::role:
      return entity(kind, id, call.tx.role_by_id(id));
    case EntityKind::group:
      return entity(kind, id, call.tx.group_by_id(id));
  }
  return std::nullopt;
}

// "User", "Role" or "Group"; the filter's other values are of no entity.
bool is_wanted(const Input& in, const Entity& entity) {
  constexpr std::string_view kFilters[] = {"User", "Role", "Group"};
  if (in.entity_filter && *in.entity_filter != kFilters[int(entity.kind)]) return false;
  return entity.path.starts_with(in.path_prefix.value_or("/"));
}

// Attachments first, then the boundaries of users, then those of roles. A marker names the stage ('a', 'u',
// 'r') and the last one seen there. A page that a filter made short is AWS's right as well (catalogue §12).
class Walk {
 public:
  Walk(const ReadCall& call, const Input& in, std::string arn, const std::string& key)
      : call_(call), in_(in), arn_(std::move(arn)), room_(page_size(in.max_items)) {
    if (key.empty()) return;
    first_stage_ = key[0];
    after_ = key.substr(1);
  }

  Output run() {
    if (in_.policy_usage_filter != "PermissionsBoundary") {
      stage('a', [&] {
        std::int64_t after = 0;
        std::from_chars(after_.data(), after_.data() + after_.size(), after);
        return call_.tx.attachments_of(arn_, after, room_);
      });
    }
    if (in_.policy_usage_filter != "PermissionsPolicy") {
      stage('u', [&] { return call_.tx.boundary_uses(arn_, EntityKind::user, after_, room_); });
      stage('r', [&] { return call_.tx.boundary_uses(arn_, EntityKind::role, after_, room_); });
    }
    return std::move(out_);
  }

 private:
  template <class PageOfUses>
  void stage(char name, PageOfUses page_of_uses) {
    if (out_.next_marker || (first_stage_ && *first_stage_ != name)) return;
    first_stage_.reset();
    const auto page = page_of_uses();
    after_.clear();
    room_ -= page.items.size();
    for (const auto& use : page.items) {
      auto entity = find_entity(call_, use.entity_kind, use.entity_id);
      if (entity && is_wanted(in_, *entity)) out_.entities.push_back(std::move(*entity));
      after_ = name == 'a' ? std::to_string(use.number) : use.entity_id;
    }
    if (page.more) out_.next_marker = make_marker(kName, name + std::exchange(after_, {}));
    after_.clear();
  }

  const ReadCall& call_;
  const Input& in_;
  const std::string arn_;
  std::size_t room_;
  std::optional<char> first_stage_;  // of the marker, until it is reached
  std::string after_;
  Output out_;
};

Result<Output> handle(const ReadCall& call, const Input& in) {
  TRY(FoundPolicy found, find_policy(call, in.policy_arn));
  TRY(const std::string key, read_marker(kName, in.marker));
  return Walk(call, in, std::move(found.arn), key).run();
}

void render_kind(XmlElement result, const char* list_name, const char* prefix, EntityKind kind,
                 const std::vector<Entity>& entities) {
  auto list = result.add(list_name);
  for (const auto& entity : entities) {
    if (entity.kind != kind) continue;
    auto member = list.add("member");
    member.add((std::string(prefix) + "Name").c_str(), entity.name);
    member.add((std::string(prefix) + "Id").c_str(), entity.id);
  }
}

void render(XmlElement result, const Output& out) {
  render_kind(result, "PolicyGroups", "Group", EntityKind::group, out.entities);
  render_kind(result, "PolicyUsers", "User", EntityKind::user, out.entities);
  render_kind(result, "PolicyRoles", "Role", EntityKind::role, out.entities);
  render_is_truncated(result, out.next_marker);
  render_marker(result, out.next_marker);
}

std::string resource(const ReadCall&, const Input& in) { return in.policy_arn; }

constexpr MemberSpec input[] = {
    required<&Input::policy_arn>("PolicyArn", shape::kArn),
    optional<&Input::entity_filter>("EntityFilter", shape::kEntityType),
    optional<&Input::path_prefix>("PathPrefix", shape::kPath),
    optional<&Input::policy_usage_filter>("PolicyUsageFilter", shape::kPolicyUsage),
    optional<&Input::marker>("Marker", shape::kMarker),
    optional<&Input::max_items>("MaxItems", shape::kMaxItems),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kInvalidInput, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = kName,
    .input = input,
    .errors = errors,
    .source = "§12",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::list_entities_for_policy
