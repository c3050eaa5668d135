// Signature Version 4: what a request's Authorization header, or its presigned query, says and proves
// (aws/authentication.md). Pure functions; the caches inside are per thread. Error texts are AWS's; none
// holds a secret.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "protocol/error.h"
#include "protocol/http.h"
#include "protocol/words.h"

namespace keyfob::signature {

// What a request says of itself before anything is checked; malformed parts are empty.
struct Claim {
  std::string access_key_id;  // empty: no Authorization at all
  std::string session_token;
  std::string region;
  std::string service;
};
Claim claim_of(const HttpRequest& request);

// A whole and well-formed authorization.
struct Authorization {
  bool presigned = false;
  std::string access_key_id;
  std::string date;  // of the scope: YYYYMMDD
  std::string region;
  std::string service;
  std::string terminator;
  std::vector<std::string> signed_headers;  // lower case, as listed
  std::string signature;
  std::string amz_date;  // YYYYMMDDTHHMMSSZ
  Instant signed_at;
};

// MissingAuthenticationToken, IncompleteSignature and unsigned-Host failures.
Result<Authorization> parse(const HttpRequest& request);

// Region, service, terminator and day of the scope; `service` is "iam" or "sts".
Result<void> check_scope(const Authorization& authorization, std::string_view service);

// Within 15 minutes of `now`, both ways.
Result<void> check_time(const Authorization& authorization, Instant now);

// The HMAC, compared in constant time.
Result<void> check_signature(const Authorization& authorization, const HttpRequest& request,
                             const Secret& secret);

// The stages, for tests that want to know where a signature parts from AWS's.
std::string canonical_request(const Authorization& authorization, const HttpRequest& request);
std::string string_to_sign(const Authorization& authorization, std::string_view canonical_request);

}  // namespace keyfob::signature
