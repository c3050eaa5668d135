#include "server/log.h"

#include <boost/json.hpp>

#include "iam/call/clocks.h"
#include "protocol/text.h"
#include "server/json_reply.h"

namespace keyfob::server {
namespace {

namespace json = boost::json;

constexpr const char* kNames[] = {"error", "warn", "info", "debug"};

json::string_view view(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

LogLevel log_level(std::string_view name) {
  for (int level = 0; level < 4; ++level) {
    if (kNames[level] == name) return static_cast<LogLevel>(level);
  }
  return LogLevel::info;
}

void Log::failure(std::string_view path, std::string_view cause) const {
  if (writes(LogLevel::error)) write(LogLevel::error, {{"path", view(path)}, {"cause", view(cause)}});
}

void Log::request(const RequestRecord& record) const {
  const auto level = record.status >= 500 ? LogLevel::error : LogLevel::debug;
  if (!writes(level)) return;
  json::object fields{{"requestId", view(record.request_id)},
                      {"account", record.account.str()},
                      {"action", shortened(record.action, 128)},
                      {"status", record.status},
                      {"microseconds", record.took.count()}};
  if (!record.error_code.empty()) fields["error"] = view(record.error_code);
  if (!record.cause.empty()) fields["cause"] = view(record.cause);
  write(level, fields);
}

void Log::write(LogLevel level, const json::object& fields) const {
  const auto time = to_rfc3339(Clocks::machine_time());
  std::string line;
  if (as_json_) {
    json::object object{{"time", time}, {"level", kNames[int(level)]}};
    object.insert(fields.begin(), fields.end());
    line = json::serialize(object);
  } else {
    line = time + " " + kNames[int(level)];
    for (const auto& field : fields)
      line += " " + std::string(field.key()) + "=" + json::serialize(field.value());
  }
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), to_);
}

}  // namespace keyfob::server
