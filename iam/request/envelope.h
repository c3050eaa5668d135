// A request as AWS reads it before anybody is asked who calls, and the answer's envelope: which form it is,
// which operation it names, and how what came of it is written (aws/wire.md#success-envelope,
// aws/wire.md#error-envelope, aws/wire.md#dispatch).
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "iam/call/operation.h"
#include "protocol/http.h"
#include "protocol/query.h"

namespace keyfob {

inline constexpr std::string_view kXmlContentType = "text/xml";

// What isn't a form with an Action gets the reply here: a redirect or an empty 400, never XML.
std::variant<Form, HttpReply> read_form(const HttpRequest& request);

// The operation that a form names. The version names the service, as the host does at AWS: keyfob has one
// address for both.
struct Dispatched {
  std::string_view action;  // a view into the form, never empty
  Result<const Operation*> operation;
  const char* xmlns;       // of errors; the service's own as soon as one is named
  bool names_sts = false;  // and so the answer has STS's own request id

  std::span<const MemberSpec> members() const {
    return operation ? (*operation)->input : std::span<const MemberSpec>{};
  }
};
Dispatched dispatch(const Form& form);

std::string success_body(const Operation& operation, const Invocation& invocation,
                         const std::string& request_id);

}  // namespace keyfob
