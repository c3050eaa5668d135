// How values that only AWS has stand in the state document.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "iam/policy/document.h"
#include "protocol/json_members.h"

namespace keyfob {

// An id of AWS's: each kind of thing has its own beginning ("AIDA…").
std::string read_id(const Place& place, const Shape& shape, std::string_view prefix);
boost::json::object id_schema(const Shape& shape, std::string_view prefix);
template <const Shape& S, const std::string_view& Prefix>
struct IdOf {
  static std::string read(const Place& place) { return read_id(place, S, Prefix); }
  static boost::json::value write(std::string_view id) { return JsonForm<std::string>::write(id); }
  static boost::json::object schema(boost::json::object&) { return id_schema(S, Prefix); }
};

// A policy: the object it is, or the text of one. It is written as the text that was sent.
std::string read_policy(const Place& place, policy::DocumentKind kind);
boost::json::object policy_schema(boost::json::object& definitions);
template <policy::DocumentKind Kind>
struct PolicyText {
  static std::string read(const Place& place) { return read_policy(place, Kind); }
  static boost::json::value write(std::string_view text) { return JsonForm<std::string>::write(text); }
  static boost::json::object schema(boost::json::object& definitions) { return policy_schema(definitions); }
};

// Time counted in steps of 30 seconds from 1970, or a number of such steps.
inline constexpr std::int64_t kFarthestStep = 1'000'000'000;  // far from where arithmetic could overflow
using Step = Within<-kFarthestStep, kFarthestStep>;

}  // namespace keyfob
