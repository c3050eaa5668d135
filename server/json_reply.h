// JSON in and out of the control API (contract §3): camelCase, times in RFC 3339 UTC, one shape of error.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

#include "protocol/error.h"
#include "protocol/http.h"
#include "protocol/words.h"

namespace keyfob::server {

HttpReply json_reply(const boost::json::value& value, unsigned status = 200);
HttpReply no_content();
// {"error":{"code":…,"message":…}}
HttpReply error_reply(const AwsError& error);

// The control API's own errors.
AwsError bad_request(std::string message);
AwsError not_found(std::string message);
AwsError conflict(std::string message);
AwsError body_too_large();

// A request's body as an object; an empty body is an empty object, and a member that is null is as good as
// absent.
Result<boost::json::object> parse_object(std::string_view body);

// Members of an object: absent, of the wanted type, or a 400 that names the member.
Result<std::string> text_member(const boost::json::object& object, std::string_view name);
Result<std::string> text_member(const boost::json::object& object, std::string_view name,
                                std::string fallback);
// The time a parameter or member of that name says.
Result<Instant> to_time(std::string_view name, std::string_view text);
Result<bool> flag_member(const boost::json::object& object, std::string_view name);  // false when absent
Result<double> number_member(const boost::json::object& object, std::string_view name);
// A number within bounds, or the fallback when the member is absent.
Result<double> number_member(const boost::json::object& object, std::string_view name, double fallback,
                             double least, double most);
Result<std::int64_t> integer_member(const boost::json::object& object, std::string_view name,
                                    std::int64_t fallback, std::int64_t least, std::int64_t most);

}  // namespace keyfob::server
