// keyfob's log: lines on standard error, as text or as JSON objects. No secret ever comes here: callers pass
// names, counts and ids, never parameter values. Safe from any thread; a line is written whole.
#pragma once

#include <boost/json/fwd.hpp>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "iam/service.h"

namespace keyfob::server {

enum class LogLevel { error, warn, info, debug };

class Log {
 public:
  Log(LogLevel level, bool as_json) : level_(level), as_json_(as_json) {}

  bool writes(LogLevel level) const { return level <= level_; }
  void line(LogLevel level, std::string_view message) const;
  void request(const RequestRecord& record) const;  // at info for failures of keyfob, at debug for all

 private:
  void write(LogLevel level, const boost::json::object& fields) const;

  LogLevel level_;
  bool as_json_;
};

LogLevel log_level(std::string_view name);

}  // namespace keyfob::server
