// Lists as AWS answers them, a page and a marker at a time (aws/pages.md).
#pragma once

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "iam/call/marker.h"
#include "storage/records.h"

namespace keyfob {

// A page of a list, and the marker that gets the next one: absent when nothing follows.
template <class T>
struct List {
  std::vector<T> items;
  std::optional<std::string> next_marker;
};

namespace detail {

template <class Fetch>
using KeyOf =
    std::conditional_t<std::is_invocable_v<Fetch, std::string, std::size_t>, std::string, std::int64_t>;
template <class Fetch>
using PageOf = std::invoke_result_t<Fetch, KeyOf<Fetch>, std::size_t>;
template <class Fetch>
using ItemOf = typename decltype(PageOf<Fetch>::items)::value_type;

}  // namespace detail

// A list that goes by a stored key: `fetch(after, limit)` reads a page of it from the store, by number or by
// name as its first parameter says. `in` is the operation's input, with `marker` and `max_items`; a marker is
// good for lists of the same `name` alone.
template <class Fetch>
Result<List<detail::ItemOf<Fetch>>> listed(std::string_view name, const auto& in, Fetch fetch) {
  TRY(const auto after, read_marker<detail::KeyOf<Fetch>>(name, in.marker));
  auto page = fetch(after, page_size(in.max_items));
  List<detail::ItemOf<Fetch>> list{.items = std::move(page.items), .next_marker = {}};
  if (page.next) list.next_marker = make_marker(name, *page.next);
  return list;
}

// A list that is short by AWS's quotas, so that it may be read whole: tags of a resource, policies of a role.
// The marker holds a position.
template <class T>
Result<List<T>> listed(std::string_view name, const auto& in, std::vector<T> all) {
  return listed(name, in, [&](std::int64_t after, std::size_t limit) {
    const auto first = std::min(std::size_t(after), all.size());
    const auto last = first + std::min(limit, all.size() - first);
    Page<T> page;
    page.items.assign(std::make_move_iterator(all.begin() + std::ptrdiff_t(first)),
                      std::make_move_iterator(all.begin() + std::ptrdiff_t(last)));
    if (last < all.size()) page.next = std::int64_t(last);
    return page;
  });
}

// A list made of several, one after another. The key of its markers is the letter of the part that the page
// stopped in, and the key in there.
class Parts {
 public:
  // `letters` in the order of the parts.
  static Result<Parts> of(std::string_view name, std::string_view letters, const auto& in) {
    TRY(const std::string key, read_marker<std::string>(name, in.marker));
    return Parts(name, letters, key, page_size(in.max_items));
  }

  // What of a part belongs on this page; `fetch` as in `listed`.
  template <class Fetch>
  std::vector<detail::ItemOf<Fetch>> next(char letter, Fetch fetch) {
    if (next_key_ || letters_.find(letter) < letters_.find(first_)) return {};
    auto page = fetch(letter == first_ ? after<detail::KeyOf<Fetch>>() : detail::KeyOf<Fetch>{}, room_);
    room_ -= page.items.size();
    if (page.next) next_key_ = letter + text_of(*page.next);
    return std::move(page.items);
  }

  std::optional<std::string> next_marker() const {
    if (!next_key_) return std::nullopt;
    return make_marker(name_, *next_key_);
  }

 private:
  Parts(std::string_view name, std::string_view letters, const std::string& key, std::size_t room)
      : name_(name), letters_(letters), first_(key.empty() ? letters[0] : key[0]), room_(room) {
    if (!key.empty()) after_ = key.substr(1);
  }

  template <class Key>
  Key after() const {
    if constexpr (std::is_same_v<Key, std::string>) {
      return after_;
    } else {
      return number_in(after_).value_or(0);
    }
  }
  static std::string text_of(const std::string& key) { return key; }
  static std::string text_of(std::int64_t key) { return std::to_string(key); }

  std::string_view name_;
  std::string_view letters_;
  char first_;         // where this page starts
  std::string after_;  // and the key in there
  std::size_t room_;
  std::optional<std::string> next_key_;
};

// IsTruncated, the list and Marker, in the order of most of AWS's answers. `add(element, item)` adds one.
template <class T, class Add>
void render_list(XmlElement result, const char* name, const List<T>& list, Add add) {
  render_is_truncated(result, list.next_marker);
  auto element = result.add(name);
  for (const auto& item : list.items) add(element, item);
  render_marker(result, list.next_marker);
}

// Everything of a list, page after page.
template <class Fetch, class Use>
void for_each_of(Fetch fetch, Use use) {
  constexpr std::size_t kPage = 1000;
  std::optional<detail::KeyOf<Fetch>> after{std::in_place};
  while (after) {
    auto page = fetch(*after, kPage);
    for (auto& item : page.items) use(item);
    after = std::move(page.next);
  }
}

}  // namespace keyfob
