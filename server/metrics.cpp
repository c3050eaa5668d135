#include "server/metrics.h"

#include <cstdio>
#include <fstream>

#include "iam/operations.h"

namespace keyfob::server {
namespace {

bool is_ours(std::string_view action) {
  return find_operation(ServiceName::iam, action) != nullptr ||
         find_operation(ServiceName::sts, action) != nullptr;
}

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
  std::pair<std::string, std::string> key(is_ours(record.action) ? record.action : "other",
                                          record.from_fault ? "fault" : record.error_code);
  const std::lock_guard lock(mutex_);
  auto& sum = sums_[std::move(key)];
  ++sum.requests;
  sum.time += record.took;
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
