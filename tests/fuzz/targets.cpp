#include "tests/fuzz/targets.h"

#include <algorithm>
#include <cstdlib>

#include "iam/policy/document.h"
#include "iam/policy/principals.h"
#include "protocol/query.h"
#include "protocol/signature.h"
#include "protocol/text.h"
#include "tests/unit/emulator.h"

namespace keyfob::fuzz {

void query_form(std::string_view input) {
  const auto form = Form::parse(input);
  if (!form) return;
  for (const auto& [name, value] : form->parameters()) {
    if (!is_utf8(name) || !is_utf8(value)) std::abort();
  }
  (void)form->list("Tags");
  (void)form->list("TagKeys");
}

void whole_request(std::string_view input) {
  static Emulator emulator;
  const auto reply = emulator.send(input);
  if (reply.status >= 500) std::abort();
}

void signed_request(std::string_view input) {
  const auto header = input.substr(0, input.find('\n'));  // the header's line, then the query
  const std::string target = "/?" + std::string(input.substr(std::min(header.size() + 1, input.size())));
  const HeaderField headers[] = {
      {"Host", "127.0.0.1"}, {"X-Amz-Date", "20261124T000000Z"}, {"Authorization", header}};
  for (const auto used : {std::size_t{2}, std::size_t{3}}) {
    const HttpRequest request{
        .method = "GET", .target = target, .body = {}, .headers = {headers, used}, .peer = {}};
    (void)signature::claim_of(request);
    const auto authorization = signature::parse(request);
    if (!authorization) continue;
    (void)signature::check_scope(*authorization, "iam");
    (void)signature::check_time(*authorization, Instant{});
    (void)signature::check_signature(*authorization, request, Secret{"secret"});
  }
}

void policy_document(std::string_view input) {
  (void)policy::compile(input, policy::DocumentKind::identity);
  if (!policy::compile(input, policy::DocumentKind::trust)) return;
  const auto same = [](const std::string& name) { return name; };
  if (policy::with_principals(input, same) != input) std::abort();
}

}  // namespace keyfob::fuzz
