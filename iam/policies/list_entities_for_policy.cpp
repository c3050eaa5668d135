#include "iam/call/listed.h"
#include "iam/call/lookup.h"
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

// Attachments first, then the boundaries of users, then those of roles. A page that a filter made short is
// AWS's right as well (aws/pages.md#page-size).
Result<List<Entity>> handle(const ReadCall& call, const Input& in) {
  TRY(const FoundPolicy found, find_policy(call, in.policy_arn));
  TRY(Parts parts, Parts::of(kName, "aur", in));
  List<Entity> list;
  const auto add = [&](EntityKind kind, const std::string& id) {
    auto entity = find_entity(call, kind, id);
    if (entity && is_wanted(in, *entity)) list.items.push_back(std::move(*entity));
  };
  if (in.policy_usage_filter != "PermissionsBoundary") {
    const auto attachments = parts.next('a', [&](std::int64_t after, std::size_t room) {
      return call.tx.attachments_of(found.arn, after, room);
    });
    for (const auto& attachment : attachments) add(attachment.entity_kind, attachment.entity_id);
  }
  if (in.policy_usage_filter != "PermissionsPolicy") {
    const auto users = parts.next('u', [&](const std::string& after, std::size_t room) {
      return call.tx.boundary_users(found.arn, after, room);
    });
    for (const auto& id : users) add(EntityKind::user, id);
    const auto roles = parts.next('r', [&](const std::string& after, std::size_t room) {
      return call.tx.boundary_roles(found.arn, after, room);
    });
    for (const auto& id : roles) add(EntityKind::role, id);
  }
  list.next_marker = parts.next_marker();
  return list;
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

void render(XmlElement result, const List<Entity>& entities) {
  render_kind(result, "PolicyGroups", "Group", EntityKind::group, entities.items);
  render_kind(result, "PolicyUsers", "User", EntityKind::user, entities.items);
  render_kind(result, "PolicyRoles", "Role", EntityKind::role, entities.items);
  render_is_truncated(result, entities.next_marker);
  render_marker(result, entities.next_marker);
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
    .source = "pages.md",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::list_entities_for_policy
