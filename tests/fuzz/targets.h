// What the fuzzers throw bytes at. Each takes any input and must neither crash, hang nor leak.
#pragma once

#include <string_view>

namespace keyfob::fuzz {

void query_form(std::string_view input);      // form decoding, lists, validation
void whole_request(std::string_view input);   // a body into Service::handle, with a store behind it
void signed_request(std::string_view input);  // an Authorization header and a query string
void policy_document(std::string_view input);

}  // namespace keyfob::fuzz
