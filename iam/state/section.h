// A section of the state document: the users, the roles, the report, … Each subject has its own in its
// folder: a struct with a table of its members (protocol/json_members.h), a function that gathers such things
// from the store and one that stores one of them. `state_list` or `state_item` ties them together, and a line
// at the end of this file makes the section part of the document.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "iam/call/entropy.h"
#include "protocol/json_members.h"
#include "storage/tx.h"

namespace keyfob {

// What storing takes beside the thing itself.
struct Importing {
  Tx& tx;
  Entropy& entropy;
  Instant now;  // for dates that were left out

  // A unique id of AWS's, made up where there is none.
  std::string id(const std::optional<std::string>& id, std::string_view prefix) const {
    return id ? *id : entropy.id(prefix, 17);
  }
};

struct StateSection {
  JsonMember member;  // of the document
  bool is_list;
  void (*gather)(ReadTx& tx, const std::function<void(boost::json::object)>& found);
  void (*store)(const Importing& importing, const Place& place);  // one thing
  // What can only be done when all of the section's things are there.
  void (*settle)(Tx& tx) = nullptr;
};

// What a gathering function calls for each thing it finds.
template <class T>
using Found = std::function<void(const T&)>;

namespace state_detail {

template <class Function>
struct StoredBy;
template <class T>
struct StoredBy<void (*)(const Importing&, const T&, const Place&)> {
  using type = T;
};

template <auto Gather, auto Store, class Form>
constexpr StateSection section(std::string_view name, std::string_view meaning) {
  using Thing = typename StoredBy<decltype(Store)>::type;
  return {.member = {.name = name, .meaning = meaning, .schema = Form::schema, .contains = json_kind<Thing>},
          .is_list = false,
          .gather =
              [](ReadTx& tx, const std::function<void(boost::json::object)>& found) {
                Gather(tx, [&](const Thing& thing) { found(to_json(thing)); });
              },
          .store = [](const Importing& importing,
                      const Place& place) { Store(importing, from_json<Thing>(place), place); }};
}

}  // namespace state_detail

// A list: void Gather(ReadTx&, const Found<T>&), void Store(const Importing&, const T&, const Place&).
template <auto Gather, auto Store>
constexpr StateSection state_list(std::string_view name, std::string_view meaning) {
  using Thing = typename state_detail::StoredBy<decltype(Store)>::type;
  auto section = state_detail::section<Gather, Store, ListOf<JsonForm<Thing>>>(name, meaning);
  section.is_list = true;
  return section;
}

// What an account has one of, or none: Gather finds it once at most.
template <auto Gather, auto Store>
constexpr StateSection state_item(std::string_view name, std::string_view meaning) {
  using Thing = typename state_detail::StoredBy<decltype(Store)>::type;
  return state_detail::section<Gather, Store, JsonForm<Thing>>(name, meaning);
}

// In the order in which they are written and stored: what is named comes before what names it.
extern const StateSection managed_policies_state, groups_state, users_state, memberships_state, roles_state,
    devices_state, sessions_state, code_tries_state, credential_report_state;
inline constexpr const StateSection* kStateSections[] = {
    &managed_policies_state, &groups_state,   &users_state,      &memberships_state,      &roles_state,
    &devices_state,          &sessions_state, &code_tries_state, &credential_report_state};

}  // namespace keyfob
