// The policy engine as a filter: one JSON request a line in, one JSON decision a line out. What the
// differential test drives (tests/sdk/policy_differential).
//
//   {"identity":[{…}],"boundary":{…},"session":[{…}],"trust":{…},"action":"iam:GetUser","resource":"arn:…",
//    "principal":{"kind":"User","arn":"arn:…","account":"123456789012","roleArn":""},
//    "context":{"aws:username":"bob","aws:TagKeys":["a","b"]}}
//
// Documents may be objects or text. With "trust" the question is sts:AssumeRole's. Answers:
//   {"result":"Allowed"}  {"result":"ImplicitlyDenied","message":"User: …"}  {"error":"Syntax errors in
//   policy."}
#include <boost/json.hpp>
#include <iostream>
#include <string>

#include "iam/policy/evaluate.h"

namespace {

namespace json = boost::json;
using namespace keyfob;
using namespace keyfob::policy;

struct Refused {
  std::string why;
};

std::string text(const json::value& value) {
  return value.is_string() ? std::string(std::string_view(value.get_string())) : json::serialize(value);
}

std::string member(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value ? text(*value) : std::string();
}

NamedDocument read(const json::value& source, DocumentKind kind) {
  auto document = compile(text(source), kind);
  if (!document) throw Refused{document.error().message.value_or("")};
  return {.document = std::move(*document)};
}

std::vector<NamedDocument> read_all(const json::object& line, std::string_view name, DocumentKind kind) {
  std::vector<NamedDocument> documents;
  if (const auto* list = line.if_contains(name)) {
    for (const auto& each : list->as_array()) documents.push_back(read(each, kind));
  }
  return documents;
}

Context read_context(const json::object& line) {
  Context context;
  for (const auto& [key, value] : line.at("context").as_object()) {
    if (value.is_array()) {
      std::vector<std::string> values;
      for (const auto& each : value.get_array()) values.push_back(text(each));
      context.set_list(key, values);
    } else {
      context.set(key, text(value));
    }
  }
  return context;
}

PrincipalKind kind_of(std::string_view name) {
  if (name == "Root") return PrincipalKind::root;
  if (name == "AssumedRole") return PrincipalKind::assumed_role;
  if (name == "FederatedUser") return PrincipalKind::federated_user;
  if (name == "Service") return PrincipalKind::service;
  return name == "Federated" ? PrincipalKind::federated : PrincipalKind::user;
}

json::object answer(const json::object& line) {
  PolicySet policies{.identity = read_all(line, "identity", DocumentKind::identity),
                     .session = read_all(line, "session", DocumentKind::session)};
  if (const auto* boundary = line.if_contains("boundary"))
    policies.boundary = read(*boundary, DocumentKind::identity);

  const auto& caller = line.at("principal").as_object();
  const auto arn = member(caller, "arn"), account = member(caller, "account"),
             role = member(caller, "roleArn");
  const auto action = member(line, "action"), resource = member(line, "resource");
  const auto context = read_context(line);
  const Request request{action, resource, {kind_of(member(caller, "kind")), arn, account, role}, context};

  const auto* trust = line.if_contains("trust");
  const auto decision =
      trust ? evaluate_assume_role(policies, *read(*trust, DocumentKind::trust).document, request)
            : evaluate(policies, request);
  if (decision.allowed()) return {{"result", "Allowed"}};
  return {{"result", decision.effect == Effect::explicit_deny ? "ExplicitlyDenied" : "ImplicitlyDenied"},
          {"message", denied_message(arn, action, resource, decision)}};
}

}  // namespace

int main() {
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) {
    json::object result;
    try {
      result = answer(json::parse(line).as_object());
    } catch (const Refused& refused) {
      result = {{"error", refused.why}};
    } catch (const std::exception& error) {
      result = {{"error", std::string("not a request: ") + error.what()}};
    }
    std::cout << result << std::endl;
  }
}
