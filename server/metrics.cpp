#include "server/metrics.h"

#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iterator>

#include "iam/call/operation.h"

namespace keyfob::server {
namespace {

// Bytes of memory in use, as the kernel counts them; 0 where it doesn't say.
std::uint64_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::uint64_t size = 0;
  std::uint64_t resident = 0;
  statm >> size >> resident;
  return resident * std::uint64_t(sysconf(_SC_PAGESIZE));
}

std::string head(std::string_view name, std::string_view help, std::string_view type) {
  std::string text("# HELP ");
  text.append(name).append(" ").append(help).append("\n# TYPE ");
  return text.append(name).append(" ").append(type).append("\n");
}

std::string seconds(std::chrono::nanoseconds time) {
  return std::to_string(std::chrono::duration<double>(time).count());
}

std::string store_text(const Store::Totals& totals) {
  auto text = head("keyfob_devices", "MFA devices of all accounts.", "gauge");
  for (std::size_t kind = 0; kind < totals.devices.size(); ++kind) {
    text += "keyfob_devices{type=\"" + std::string(kDeviceTypes[kind]) + "\"} " +
            std::to_string(totals.devices[kind]) + "\n";
  }
  text += head("keyfob_sessions", "Temporary credentials that are remembered.", "gauge") +
          "keyfob_sessions " + std::to_string(totals.sessions) + "\n";
  auto transactions = head("keyfob_store_transactions_total", "Transactions of the store.", "counter");
  auto time = head("keyfob_store_seconds_total", "Time spent in them.", "counter");
  for (const auto& [kind, usage] : {std::pair{"read", totals.reads}, std::pair{"write", totals.writes}}) {
    const auto label = "{kind=\"" + std::string(kind) + "\"} ";
    transactions += "keyfob_store_transactions_total" + label + std::to_string(usage.transactions) + "\n";
    time += "keyfob_store_seconds_total" + label + seconds(usage.time) + "\n";
  }
  return text + transactions + time;
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

std::string Metrics::text(Store& store) const {
  auto requests = head("keyfob_requests_total", "AWS requests answered.", "counter");
  auto time = head("keyfob_request_seconds_total", "Time spent on them.", "counter");
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [key, sum] : sums_) {
      const auto labels = "{action=\"" + key.first + "\",code=\"" + key.second + "\"} ";
      requests += "keyfob_requests_total" + labels + std::to_string(sum.requests) + "\n";
      time += "keyfob_request_seconds_total" + labels + seconds(sum.time) + "\n";
    }
  }
  return requests + time + store_text(store.totals()) +
         head("keyfob_resident_bytes", "Memory in use.", "gauge") + "keyfob_resident_bytes " +
         std::to_string(resident_bytes()) + "\n";
}

}  // namespace keyfob::server
