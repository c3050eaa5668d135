#include "server/json_reply.h"

#include <boost/json.hpp>
#include <cmath>

#include "protocol/json_text.h"

namespace keyfob::server {

namespace json = boost::json;

HttpReply json_reply(const json::value& value, unsigned status) {
  return {.status = status, .content_type = "application/json", .body = json::serialize(value) + "\n"};
}

HttpReply no_content() { return {.status = 204}; }

HttpReply error_reply(const AwsError& error) {
  return json_reply({{"error", {{"code", error.code}, {"message", error.message.value_or("")}}}},
                    error.status);
}

AwsError bad_request(std::string message) { return {"BadRequest", 400, std::move(message)}; }
AwsError not_found(std::string message) { return {"NotFound", 404, std::move(message)}; }
AwsError conflict(std::string message) { return {"Conflict", 409, std::move(message)}; }
AwsError body_too_large() { return {"PayloadTooLarge", 413, "The body is larger than 10,000,000 bytes."}; }

Result<json::object> parse_object(std::string_view body) {
  if (body.empty()) return json::object{};
  TRY(json::value value, parse_json(body, "The body"));
  if (!value.is_object()) return bad_request("The body must be a JSON object.");
  json::object members;
  for (auto& [name, member] : value.get_object()) {
    if (!member.is_null()) members.emplace(name, std::move(member));
  }
  return members;
}

Result<std::string> text_member(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(json::string_view(name.data(), name.size()));
  if (value == nullptr || !value->is_string()) {
    return bad_request("\"" + std::string(name) + "\" is required and must be a string.");
  }
  return std::string(value->get_string());
}

Result<std::string> text_member(const json::object& object, std::string_view name, std::string fallback) {
  if (!object.contains(json::string_view(name.data(), name.size()))) return fallback;
  return text_member(object, name);
}

Result<Instant> to_time(std::string_view name, std::string_view text) {
  const auto at = from_iso8601(text);
  if (!at) return bad_request("\"" + std::string(name) + "\" must be a time like 2026-01-01T00:00:00Z.");
  return *at;
}

Result<bool> flag_member(const json::object& object, std::string_view name) {
  const auto* member = object.if_contains(json::string_view(name.data(), name.size()));
  if (member == nullptr) return false;
  if (!member->is_bool()) return bad_request("\"" + std::string(name) + "\" must be true or false.");
  return member->get_bool();
}

Result<double> number_member(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(json::string_view(name.data(), name.size()));
  if (value == nullptr || !value->is_number()) {
    return bad_request("\"" + std::string(name) + "\" is required and must be a number.");
  }
  return value->to_number<double>();
}

Result<double> number_member(const json::object& object, std::string_view name, double fallback, double least,
                             double most) {
  if (!object.contains(json::string_view(name.data(), name.size()))) return fallback;
  TRY(const double value, number_member(object, name));
  if (!(value >= least && value <= most))
    return bad_request("\"" + std::string(name) + "\" is out of range.");
  return value;
}

Result<std::int64_t> integer_member(const json::object& object, std::string_view name, std::int64_t fallback,
                                    std::int64_t least, std::int64_t most) {
  TRY(const double value, number_member(object, name, double(fallback), double(least), double(most)));
  if (value != std::floor(value)) return bad_request("\"" + std::string(name) + "\" must be an integer.");
  return std::int64_t(value);
}

}  // namespace keyfob::server
