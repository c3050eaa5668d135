// Put, Get, List and Delete of the policies inside a user, a role or a group (catalogue §9.6), each written
// once. `errors` is a constexpr array: what the service model declares for that operation.
#pragma once

#include <string>
#include <vector>

#include "iam/entities.h"
#include "iam/operation.h"
#include "iam/slice.h"

namespace keyfob::inline_policies {

struct PutInput {
  std::string entity_name;
  std::string policy_name;
  std::string document;
};

struct NameInput {
  std::string entity_name;
  std::string policy_name;
};

struct ListInput {
  std::string entity_name;
  std::optional<std::string> marker;
  std::optional<std::int32_t> max_items;
};

struct GetOutput {
  std::string entity_name;
  std::string policy_name;
  std::string document;
};

// Checks the document, and that the owner's policies together stay within the quota: white space isn't
// counted.
Result<void> put(Call& call, std::string_view owner, const PutInput& in, std::string_view entity_word,
                 std::int64_t quota);
Result<GetOutput> get(Call& call, std::string_view owner, std::string entity_name, const NameInput& in,
                      std::string_view entity_word);
Result<void> remove(Call& call, std::string_view owner, const NameInput& in, std::string_view entity_word);
std::vector<std::string> names(Call& call, std::string_view owner);

void render_get(XmlElement result, const char* entity_member, const GetOutput& out);
void render_list(XmlElement result, const Slice<std::string>& page);

// --- The operations, for each kind of entity ---

template <class Entity>
Result<void> handle_put(Call& call, const PutInput& in) {
  TRY(const auto entity, Entity::find(call, in.entity_name));
  return put(call, Entity::id(entity), in, Entity::kWord, Entity::kInlineQuota);
}

template <class Entity>
Result<GetOutput> handle_get(Call& call, const NameInput& in) {
  TRY(const auto entity, Entity::find(call, in.entity_name));
  return get(call, Entity::id(entity), entity.name, in, Entity::kWord);
}

template <class Entity>
Result<void> handle_delete(Call& call, const NameInput& in) {
  TRY(const auto entity, Entity::find(call, in.entity_name));
  return remove(call, Entity::id(entity), in, Entity::kWord);
}

// A marker belongs to the policies of one kind of owner: "user", "role", "group".
template <class Entity>
Result<Slice<std::string>> handle_list(Call& call, const ListInput& in) {
  TRY(const auto entity, Entity::find(call, in.entity_name));
  return slice(names(call, Entity::id(entity)), Entity::kWord, in.marker, in.max_items);
}

template <class Entity>
std::string resource_of(Call& call, const auto& in) {
  return Entity::resource(call, in.entity_name);
}

template <class Entity>
void render_get_of(XmlElement result, const GetOutput& out) {
  render_get(result, Entity::kMember.data(), out);
}

// The older operations name a user as one that exists: up to 128 characters.
template <class Entity>
inline constexpr const Shape& kNameShape =
    Entity::kKind == EntityKind::user ? shape::kExistingUserName : Entity::kShape;

template <class Entity>
inline constexpr MemberSpec kPutInput[] = {
    required<&PutInput::entity_name>(Entity::kMember, kNameShape<Entity>),
    required<&PutInput::policy_name>("PolicyName", shape::kPolicyName),
    required<&PutInput::document>("PolicyDocument", shape::kPolicyDocument),
};

template <class Entity>
inline constexpr MemberSpec kNameInput[] = {
    required<&NameInput::entity_name>(Entity::kMember, kNameShape<Entity>),
    required<&NameInput::policy_name>("PolicyName", shape::kPolicyName),
};

template <class Entity>
inline constexpr MemberSpec kListInput[] = {
    required<&ListInput::entity_name>(Entity::kMember, kNameShape<Entity>),
    optional<&ListInput::marker>("Marker", shape::kMarker),
    optional<&ListInput::max_items>("MaxItems", shape::kMaxItems),
};

template <class Entity>
constexpr Operation put_operation(std::string_view name, std::span<const ErrorKind> errors) {
  return define<&handle_put<Entity>, &resource_of<Entity, PutInput>>({.name = name,
                                                                      .access = Access::write,
                                                                      .input = kPutInput<Entity>,
                                                                      .errors = errors,
                                                                      .source = "§9.6"});
}

template <class Entity>
constexpr Operation get_operation(std::string_view name, std::span<const ErrorKind> errors) {
  return define<&handle_get<Entity>, &resource_of<Entity, NameInput>, &render_get_of<Entity>>(
      {.name = name, .input = kNameInput<Entity>, .errors = errors, .source = "§9.6"});
}

template <class Entity>
constexpr Operation list_operation(std::string_view name, std::span<const ErrorKind> errors) {
  return define<&handle_list<Entity>, &resource_of<Entity, ListInput>, &render_list>(
      {.name = name, .input = kListInput<Entity>, .errors = errors, .source = "§9.6, §12"});
}

template <class Entity>
constexpr Operation delete_operation(std::string_view name, std::span<const ErrorKind> errors) {
  return define<&handle_delete<Entity>, &resource_of<Entity, NameInput>>({.name = name,
                                                                          .access = Access::write,
                                                                          .input = kNameInput<Entity>,
                                                                          .errors = errors,
                                                                          .source = "§9.6"});
}

}  // namespace keyfob::inline_policies
