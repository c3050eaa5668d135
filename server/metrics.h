// Prometheus's text format: requests and their time by operation and outcome, the store's work, devices,
// sessions and memory. Safe from any thread.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "iam/request/service.h"

namespace keyfob::server {

class Metrics {
 public:
  void count(const RequestRecord& record);
  std::string text(Store& store) const;

 private:
  struct Sum {
    std::uint64_t requests = 0;
    Duration time{0};
  };
  mutable std::mutex mutex_;
  using Key = std::pair<std::string, std::string>;  // action, error code
  using KeyView = std::pair<std::string_view, std::string_view>;
  // Lets a key be found by views of its parts, without making strings.
  struct Less {
    using is_transparent = void;
    static KeyView view(const Key& key) { return key; }
    static KeyView view(const KeyView& key) { return key; }
    bool operator()(const auto& a, const auto& b) const { return view(a) < view(b); }
  };
  // Both parts come from keyfob's own tables, so no client can make this grow.
  std::map<Key, Sum, Less> sums_;
};

}  // namespace keyfob::server
