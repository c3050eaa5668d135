// A page of a list that is short by AWS's quotas, so that it may be read whole: tags of a resource, policies
// of a role. The marker holds a position (catalogue §12). Long lists go by a stored key instead
// (storage/tx.h).
#pragma once

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iam/call/marker.h"

namespace keyfob {

template <class T>
struct Slice {
  std::vector<T> items;
  std::optional<std::string> next_marker;
};

template <class T>
Result<Slice<T>> slice(std::vector<T> all, std::string_view operation,
                       const std::optional<std::string>& marker,
                       const std::optional<std::int32_t>& max_items) {
  TRY(const std::int64_t after, read_number_marker(operation, marker));
  const auto size = std::int64_t(all.size());
  const auto first = std::min(after, size);
  const auto last = std::min(first + std::int64_t(page_size(max_items)), size);

  Slice<T> page;
  page.items.assign(std::make_move_iterator(all.begin() + first),
                    std::make_move_iterator(all.begin() + last));
  if (last < size) page.next_marker = make_marker(operation, std::to_string(last));
  return page;
}

}  // namespace keyfob
