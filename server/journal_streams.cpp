#include "server/journal_streams.h"

namespace keyfob::server {

constexpr Member kShownRequest[] = {
    required<&ShownRequest::time>("time"),
    required<&ShownRequest::request_id>("requestId"),
    required<&ShownRequest::action>("action"),
    required<&ShownRequest::parameters>("parameters", "Codes and passwords are masked."),
    required<&ShownRequest::status>("status"),
    required<&ShownRequest::milliseconds>("milliseconds"),
    optional<&ShownRequest::caller_arn>("callerArn", "Missing when the caller was not accepted."),
    optional<&ShownRequest::error_code>("errorCode", "Missing on success."),
};
constexpr Struct ShownRequest::json{.name = "Request", .members = kShownRequest};

ShownRequest shown_request(const JournalEntry& entry) {
  const auto unless_empty = [](const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
  };
  return {.time = entry.time,
          .request_id = entry.request_id,
          .action = entry.action,
          .parameters = entry.parameters,
          .status = entry.status,
          .milliseconds = std::chrono::duration<double, std::milli>(entry.took).count(),
          .caller_arn = unless_empty(entry.caller_arn),
          .error_code = unless_empty(entry.error_code)};
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
    if (event.empty()) event = "data: " + json_text(shown_request(entry)) + "\n\n";
    return !reader.stream->send(event);
  });
  any_.store(!readers_.empty(), std::memory_order_release);
}

}  // namespace keyfob::server
