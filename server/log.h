// keyfob's log: lines on standard error, as text or as JSON objects. No secret ever comes here: callers pass
// names, counts and ids, never parameter values. Safe from any thread; a line is written whole.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdio>
#include <string_view>

#include "iam/request/service.h"

namespace keyfob::server {

enum class LogLevel { error, warn, info, debug };

class Log {
 public:
  Log(LogLevel level, bool as_json, std::FILE* to = stderr) : level_(level), as_json_(as_json), to_(to) {}

  bool writes(LogLevel level) const { return level <= level_; }
  void request(const RequestRecord& record) const;  // at error for failures of keyfob, at debug for all
  // What went wrong in keyfob itself, and on the way to what.
  void failure(std::string_view path, std::string_view cause) const;

 private:
  void write(LogLevel level, const boost::json::object& fields) const;

  LogLevel level_;
  bool as_json_;
  std::FILE* to_;
};

LogLevel log_level(std::string_view name);

}  // namespace keyfob::server
