#include "server/metrics.h"

#include <cstdio>
#include <fstream>

#include "iam/operation.h"

namespace keyfob::server {
namespace {

// Bytes of memory in use, as the kernel counts them; 0 where it doesn't say.
std::uint64_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::uint64_t size = 0;
  std::uint64_t resident = 0;
  statm >> size >> resident;
  return resident * 4096;
}

}  // namespace

void Metrics::count(const RequestRecord& record) {
  const KeyView key(record.operation != nullptr ? record.operation->name : "other",
                    record.from_fault ? "fault" : record.error_code);
  const std::lock_guard lock(mutex_);
  auto sum = sums_.find(key);
  if (sum == sums_.end()) sum = sums_.emplace(Key(key), Sum{}).first;
  ++sum->second.requests;
  sum->second.time += record.took;
}

std::string Metrics::text() const {
  std::string requests =
      "# HELP keyfob_requests_total AWS requests answered.\n# TYPE keyfob_requests_total counter\n";
  std::string seconds =
      "# HELP keyfob_request_seconds_total Time spent on them.\n# TYPE keyfob_request_seconds_total "
      "counter\n";
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [key, sum] : sums_) {
      const auto labels = "{action=\"" + key.first + "\",code=\"" + key.second + "\"} ";
      requests += "keyfob_requests_total" + labels + std::to_string(sum.requests) + "\n";
      seconds += "keyfob_request_seconds_total" + labels +
                 std::to_string(std::chrono::duration<double>(sum.time).count()) + "\n";
    }
  }
  return requests + seconds +
         "# HELP keyfob_resident_bytes Memory in use.\n# TYPE keyfob_resident_bytes "
         "gauge\nkeyfob_resident_bytes " +
         std::to_string(resident_bytes()) + "\n";
}

}  // namespace keyfob::server
