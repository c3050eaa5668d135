#include "server/json_reply.h"

#include <boost/json.hpp>

#include "protocol/json_text.h"

namespace keyfob::server {

constexpr Member kErrorDetail[] = {required<&ErrorShown::Detail::code>("code"),
                                   required<&ErrorShown::Detail::message>("message")};
constexpr Struct ErrorShown::Detail::json{.members = kErrorDetail};
constexpr Member kErrorShown[] = {required<&ErrorShown::error>("error")};
constexpr Struct ErrorShown::json{.name = "Error", .members = kErrorShown};

HttpReply json_reply(const JsonType& type, const void* value, unsigned status) {
  return {.status = status, .content_type = "application/json", .body = json_text(type, value) + "\n"};
}

HttpReply no_content() { return {.status = 204}; }

HttpReply error_reply(const AwsError& error) {
  const ErrorShown shown{.error = {.code = error.code, .message = error.message.value_or("")}};
  return json_reply(JsonTypeOf<ErrorShown>::type, &shown, error.status);
}

AwsError bad_request(std::string message) { return {"BadRequest", 400, std::move(message)}; }
AwsError not_found(std::string message) { return {"NotFound", 404, std::move(message)}; }
AwsError conflict(std::string message) { return {"Conflict", 409, std::move(message)}; }
AwsError body_too_large() { return {"PayloadTooLarge", 413, "The body is larger than 10,000,000 bytes."}; }

Result<void> read_body(const JsonType& type, std::string_view body, void* into) {
  if (body.empty()) return type.read(boost::json::object(), {}, {}, into);
  TRY(const boost::json::value value, parse_json(body, "The body"));
  return type.read(value, {}, {}, into);
}

}  // namespace keyfob::server
