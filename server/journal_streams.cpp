#include "server/journal_streams.h"

#include <boost/json.hpp>

#include "server/json_reply.h"

namespace keyfob::server {

boost::json::object entry_json(const JournalEntry& entry) {
  boost::json::object parameters;
  for (const auto& [name, value] : entry.parameters) parameters[name] = value;
  boost::json::object object{{"time", to_rfc3339(entry.time)},
                             {"requestId", entry.request_id},
                             {"action", entry.action},
                             {"parameters", std::move(parameters)},
                             {"status", entry.status},
                             {"milliseconds", std::chrono::duration<double, std::milli>(entry.took).count()}};
  if (!entry.caller_arn.empty()) object["callerArn"] = entry.caller_arn;
  if (!entry.error_code.empty()) object["errorCode"] = entry.error_code;
  return object;
}

void JournalStreams::add(AccountId account, std::string action, std::shared_ptr<EventStream> stream) {
  const std::lock_guard lock(mutex_);
  // A reader that left while its account was quiet is noticed here.
  std::erase_if(readers_, [](const Reader& reader) { return !reader.stream->send(""); });
  if (readers_.size() == kMost) readers_.erase(readers_.begin());
  if (!stream->send(": following\n\n")) return;
  readers_.push_back({account, std::move(action), std::move(stream)});
  any_.store(true, std::memory_order_release);
}

void JournalStreams::publish(AccountId account, const JournalEntry& entry) {
  if (!any_.load(std::memory_order_acquire)) return;
  const std::lock_guard lock(mutex_);
  std::string event;  // made once, for the first reader who wants it
  std::erase_if(readers_, [&](const Reader& reader) {
    if (reader.account != account) return false;
    if (!reader.action.empty() && reader.action != entry.action) return false;
    if (event.empty()) event = "data: " + boost::json::serialize(entry_json(entry)) + "\n\n";
    return !reader.stream->send(event);
  });
  any_.store(!readers_.empty(), std::memory_order_release);
}

}  // namespace keyfob::server
