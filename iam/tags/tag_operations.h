// Tag…, Untag… and List…Tags of users, roles, policies and virtual MFA devices (aws/tags.md),
// each written once. `errors` is a constexpr array: what the service model declares for that operation.
#pragma once

#include <string>
#include <vector>

#include "iam/call/operation.h"
#include "iam/tags/tag_list.h"
#include "iam/tags/tag_rules.h"

namespace keyfob::tag_operations {

// What can be tagged: how a request names it, how it is found, whose the tags are.
struct TagInput {
  std::string name;
  std::vector<Tag> tags;
};

struct UntagInput {
  std::string name;
  std::vector<std::string> tag_keys;
};

struct ListInput {
  std::string name;
  std::optional<std::string> marker;
  std::optional<std::int32_t> max_items;
};

template <class Taggable>
Result<void> handle_tag(Call& call, const TagInput& in) {
  CHECK_OK(rules::check_tags(in.tags, Taggable::kCaseSensitive));
  TRY(const Tagged tagged, Taggable::find(call, in.name));
  return rules::add_tags(call, tagged, in.tags);
}

// Keys that aren't there are no error (aws/tags.md#untagging).
template <class Taggable>
Result<void> handle_untag(Call& call, const UntagInput& in) {
  TRY(const Tagged tagged, Taggable::find(call, in.name));
  for (const auto& key : in.tag_keys) call.tx.remove_tag(tagged, key);
  return {};
}

// A marker belongs to the tags of one kind of thing.
template <class Taggable>
Result<List<Tag>> handle_list(const ReadCall& call, const ListInput& in) {
  TRY(const Tagged tagged, Taggable::find(call, in.name));
  return listed(Taggable::kMember, in, call.tx.tags(tagged));
}

template <class Taggable>
std::string resource_of(const ReadCall& call, const auto& in) {
  return Taggable::resource(call, in.name);
}

template <class Taggable>
inline constexpr MemberSpec kTagInput[] = {
    required<&TagInput::name>(Taggable::kMember, Taggable::kShape),
    required<&TagInput::tags>("Tags", shape::kTagList),
};

template <class Taggable>
inline constexpr MemberSpec kUntagInput[] = {
    required<&UntagInput::name>(Taggable::kMember, Taggable::kShape),
    required<&UntagInput::tag_keys>("TagKeys", shape::kTagKeyList),
};

template <class Taggable>
inline constexpr MemberSpec kListInput[] = {
    required<&ListInput::name>(Taggable::kMember, Taggable::kShape),
    optional<&ListInput::marker>("Marker", shape::kMarker),
    optional<&ListInput::max_items>("MaxItems", shape::kMaxItems),
};

template <class Taggable>
constexpr Operation tag(std::string_view name, std::span<const ErrorKind> errors, std::string_view source) {
  return define<&handle_tag<Taggable>, &resource_of<Taggable, TagInput>>(
      {.name = name, .input = kTagInput<Taggable>, .errors = errors, .source = source});
}

template <class Taggable>
constexpr Operation untag(std::string_view name, std::span<const ErrorKind> errors, std::string_view source) {
  return define<&handle_untag<Taggable>, &resource_of<Taggable, UntagInput>>(
      {.name = name, .input = kUntagInput<Taggable>, .errors = errors, .source = source});
}

template <class Taggable>
constexpr Operation list(std::string_view name, std::span<const ErrorKind> errors, std::string_view source) {
  return define<&handle_list<Taggable>, &resource_of<Taggable, ListInput>, &render_tag_list>(
      {.name = name, .input = kListInput<Taggable>, .errors = errors, .source = source});
}

}  // namespace keyfob::tag_operations
