// Counters in Prometheus's text format: requests and their time by operation and outcome. Safe from any
// thread.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "iam/service.h"

namespace keyfob::server {

class Metrics {
 public:
  void count(const RequestRecord& record);
  std::string text() const;

 private:
  struct Sum {
    std::uint64_t requests = 0;
    Duration time{0};
  };
  mutable std::mutex mutex_;
  // By action and error code. Both come from keyfob's own tables, so no client can make this grow.
  std::map<std::pair<std::string, std::string>, Sum, std::less<>> sums_;
};

}  // namespace keyfob::server
