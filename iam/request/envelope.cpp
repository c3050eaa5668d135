#include "iam/request/envelope.h"

#include "iam/call/errors.h"
#include "iam/operations.h"
#include "protocol/text.h"
#include "protocol/xml.h"

namespace keyfob {
namespace {

constexpr std::string_view kFormType = "application/x-www-form-urlencoded";
constexpr std::string_view kNowhere =
    "https://aws.amazon.com/iam";  // where AWS sends what it can't read (aws/wire.md#dispatch)

const char* xmlns_of(ServiceName service) { return service == ServiceName::iam ? kIamXmlns : kStsXmlns; }

bool is_form(std::string_view content_type) {
  const auto end = std::min(content_type.find(';'), content_type.size());
  auto type = content_type.substr(0, end);
  while (type.ends_with(' ')) type.remove_suffix(1);
  return iequals(type, kFormType);
}

HttpReply redirect(const HttpRequest& request) {
  std::string location(kNowhere);
  if (request.method == "GET" && !request.query().empty()) location.append("?").append(request.query());
  return {.status = 302, .headers = {{"Location", std::move(location)}}};
}

std::optional<ServiceName> service_of(std::string_view version) {
  if (version == "2010-05-08") return ServiceName::iam;
  if (version == "2011-06-15") return ServiceName::sts;
  return std::nullopt;
}

}  // namespace

std::variant<Form, HttpReply> read_form(const HttpRequest& request) {
  const bool is_post = request.method == "POST";
  // the name is reported, all else of it is a guess (aws/wire.md#dispatch)
  if (!is_post && request.method != "GET") {
    return HttpReply{
        .status = 404, .content_type = kXmlContentType, .body = "<UnknownOperationException/>\n"};
  }
  if (is_post && !is_form(request.header("Content-Type"))) return redirect(request);
  auto form = is_post ? Form::parse(request.body, request.query()) : Form::parse(request.query());
  if (!form) return HttpReply{.status = 400};
  if (form->find("Action").value_or("").empty()) return redirect(request);
  return std::move(*form);
}

Dispatched dispatch(const Form& form) {
  const auto action = *form.find("Action");
  const auto version = form.find("Version");
  const auto service = service_of(version.value_or(""));
  if (!service) {
    return {action, errors::invalid_action(action, version.value_or("NO_VERSION_SPECIFIED")), kFaultXmlns};
  }
  const bool is_sts = *service == ServiceName::sts;
  if (const auto* operation = find_operation(*service, action))
    return {action, operation, xmlns_of(*service), is_sts};
  if (is_known_operation(*service, action))
    return {action, errors::unsupported_operation(action), xmlns_of(*service), is_sts};
  return {action, errors::invalid_action(action, *version), kFaultXmlns};
}

std::string success_body(const Operation& operation, const Invocation& invocation,
                         const std::string& request_id) {
  const std::string name(operation.name);
  XmlDocument document(name + "Response", xmlns_of(operation.service));
  auto root = document.root();
  if (operation.has_result) invocation.render(root.add((name + "Result").c_str()));
  root.add("ResponseMetadata").add("RequestId", request_id);
  return document.str();
}

}  // namespace keyfob
