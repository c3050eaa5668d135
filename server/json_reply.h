// JSON in and out of the control API (docs/control-api.md): camelCase, times in RFC 3339 UTC, one shape of
// error.
#pragma once

#include <string>
#include <string_view>

#include "protocol/error.h"
#include "protocol/http.h"
#include "server/json_members.h"

namespace keyfob::server {

HttpReply json_reply(const JsonType& type, const void* value, unsigned status = 200);
HttpReply no_content();

// {"error":{"code":…,"message":…}}
struct ErrorShown {
  struct Detail {
    std::string code, message;
    static const Struct json;
  } error;
  static const Struct json;
};
HttpReply error_reply(const AwsError& error);

// The control API's own errors.
AwsError bad_request(std::string message);
AwsError not_found(std::string message);
AwsError conflict(std::string message);
AwsError body_too_large();

// A request's body; an empty one is an empty object.
Result<void> read_body(const JsonType& type, std::string_view body, void* into);

}  // namespace keyfob::server
