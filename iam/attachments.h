// Attach, Detach and ListAttached of managed policies to a user, a role or a group, each written once.
// `errors` is a constexpr array: what the service model declares for that operation.
#pragma once

#include <string>
#include <vector>

#include "iam/entities.h"
#include "iam/operation.h"
#include "iam/slice.h"

namespace keyfob::attachments {

struct Input {
  std::string entity_name;
  std::string policy_arn;
};

struct ListInput {
  std::string entity_name;
  std::optional<std::string> path_prefix;
  std::optional<std::string> marker;
  std::optional<std::int32_t> max_items;
};

// Attaching what is attached does nothing.
Result<void> attach(Call& call, EntityKind kind, std::string_view entity_id, std::string_view quota_word,
                    const std::string& policy_arn);
Result<void> detach(Call& call, std::string_view entity_id, const std::string& policy_arn);
// ARNs of what is attached, below a path.
std::vector<std::string> attached(Call& call, std::string_view entity_id, std::string_view path_prefix);
// `AttachedPolicies`, its members with name and ARN.
void render_attached(XmlElement result, std::span<const std::string> arns,
                     const char* name = "AttachedPolicies");
void render_list(XmlElement result, const Slice<std::string>& page);

// --- The operations, for each kind of entity ---

template <class Entity>
Result<void> handle_attach(Call& call, const Input& in) {
  TRY(const auto entity, Entity::find(call, in.entity_name));
  return attach(call, Entity::kKind, Entity::id(entity), Entity::kQuotaWord, in.policy_arn);
}

template <class Entity>
Result<void> handle_detach(Call& call, const Input& in) {
  TRY(const auto entity, Entity::find(call, in.entity_name));
  return detach(call, Entity::id(entity), in.policy_arn);
}

template <class Entity>
Result<Slice<std::string>> handle_list(Call& call, const ListInput& in) {
  TRY(const auto entity, Entity::find(call, in.entity_name));
  return slice(attached(call, Entity::id(entity), in.path_prefix.value_or("/")), Entity::kQuotaWord,
               in.marker, in.max_items);
}

template <class Entity>
std::string resource_of(Call& call, const auto& in) {
  return Entity::resource(call, in.entity_name);
}

template <class Entity>
inline constexpr MemberSpec kInput[] = {
    required<&Input::entity_name>(Entity::kMember, Entity::kShape),
    required<&Input::policy_arn>("PolicyArn", shape::kArn),
};

template <class Entity>
inline constexpr MemberSpec kListInput[] = {
    required<&ListInput::entity_name>(Entity::kMember, Entity::kShape),
    optional<&ListInput::path_prefix>("PathPrefix", shape::kPolicyPath),
    optional<&ListInput::marker>("Marker", shape::kMarker),
    optional<&ListInput::max_items>("MaxItems", shape::kMaxItems),
};

template <class Entity>
constexpr Operation attach_operation(std::string_view name, std::span<const ErrorKind> errors) {
  return define<&handle_attach<Entity>, &resource_of<Entity, Input>>({.name = name,
                                                                      .access = Access::write,
                                                                      .input = kInput<Entity>,
                                                                      .errors = errors,
                                                                      .evidence = Evidence::documented});
}

template <class Entity>
constexpr Operation detach_operation(std::string_view name, std::span<const ErrorKind> errors) {
  return define<&handle_detach<Entity>, &resource_of<Entity, Input>>({.name = name,
                                                                      .access = Access::write,
                                                                      .input = kInput<Entity>,
                                                                      .errors = errors,
                                                                      .evidence = Evidence::documented});
}

template <class Entity>
constexpr Operation list_operation(std::string_view name, std::span<const ErrorKind> errors) {
  return define<&handle_list<Entity>, &resource_of<Entity, ListInput>, &render_list>(
      {.name = name, .input = kListInput<Entity>, .errors = errors, .evidence = Evidence::documented});
}

}  // namespace keyfob::attachments
