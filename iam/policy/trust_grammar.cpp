// The grammar of a role's trust policy (aws/roles.md#trust-policies). Its texts differ from those of other
// policies. Those that aren't recorded are another product's imitation of AWS, and so is the order of the
// checks: [clone], weak.
#include <algorithm>
#include <array>
#include <set>

#include "iam/policy/context.h"
#include "iam/policy/grammar.h"
#include "iam/policy/principals.h"
#include "protocol/words.h"

namespace keyfob::policy::grammar {
namespace {

namespace json = boost::json;

constexpr const char* kSyntax = "Syntax error in policy.";

std::string_view text_member(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

// "arn:aws:iam::123456789012:user/path/name": an account, and a kind of principal with a name.
bool is_principal_arn(std::string_view arn) {
  const auto after_partition = arn.starts_with("arn:aws") ? arn.find(':', 4) : arn.npos;
  if (after_partition == arn.npos) return false;
  auto rest = arn.substr(after_partition + 1);
  const bool iam = rest.starts_with("iam::"), sts = rest.starts_with("sts::");
  if (!iam && !sts) return false;
  rest.remove_prefix(5);
  if (rest.size() < 14 || rest[12] != ':' || !AccountId::parse(rest.substr(0, 12))) return false;
  rest.remove_prefix(13);
  if (rest.find_first_of("*?:") != rest.npos) return false;  // no wildcards inside a principal
  const auto named = [&](std::string_view kind) {
    return rest.starts_with(kind) && rest.size() > kind.size();
  };
  if (sts) return named("assumed-role/") || named("federated-user/");
  return rest == "root" || named("user/") || named("role/");
}

bool is_service(std::string_view name) {
  return name.ends_with(".amazonaws.com") || name.ends_with(".amazonaws.com.cn") ||
         name.ends_with(".amazon.com");
}

bool is_principal(std::string_view kind, std::string_view name) {
  if (kind == "Service") return is_service(name);
  if (kind == "Federated") return !name.empty();
  return name == "*" || AccountId::parse(name) || is_principal_arn(name) || is_unique_id(name);
}

Fault fault_of_principal(const json::value& principal) {
  if (principal.is_string()) return "Principal must be a JSON object.";
  if (!principal.is_object()) return kSyntax;
  if (principal.get_object().empty()) return "Missing required field Principal cannot be empty!";
  for (const auto& [kind, names] : principal.get_object()) {
    if (kind != "AWS" && kind != "Service" && kind != "Federated") {
      return "Invalid principal in policy: \"" + std::string(kind) + "\"";
    }
    if (!is_text_or_texts(names)) return kSyntax;
    for (const auto& name : texts(names)) {
      if (is_principal(kind, name)) continue;
      // AWS writes the kind of service principals in capitals.
      return "Invalid principal in policy: \"" + (kind == "Service" ? "SERVICE" : std::string(kind)) +
             "\":\"" + name + "\"";
    }
  }
  return {};
}

// Wildcards are refused as well, sts:* included [report].
bool is_trust_action(std::string_view action) {
  constexpr std::array kActions{"sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity",
                                "sts:tagsession", "sts:setsourceidentity",  "sts:setcontext"};
  return std::find(kActions.begin(), kActions.end(), lower(action)) != kActions.end();
}

Fault fault_of_actions(const json::object& statement) {
  if (!is_either(statement, "Action", "NotAction")) return kSyntax;
  auto actions = texts(statement, "Action");
  if (actions.empty()) actions = texts(statement, "NotAction");
  if (actions.empty()) return "Missing required field Action";
  if (!std::all_of(actions.begin(), actions.end(), is_trust_action)) {
    return "AssumeRole policy may only specify STS AssumeRole actions.";
  }
  return {};
}

Fault fault_of_statement(const json::object& statement) {
  constexpr std::array kElements{"Sid",         "Effect",    "Action",       "NotAction", "Resource",
                                 "NotResource", "Principal", "NotPrincipal", "Condition"};
  for (const auto& [name, value] : statement) {
    if (std::find(kElements.begin(), kElements.end(), name) == kElements.end()) return kSyntax;  // [guess]
  }
  const auto effect = text_member(statement, "Effect");
  if (effect.empty()) return "Missing required field Effect";
  if (effect != "Allow" && effect != "Deny") return "Invalid effect: " + std::string(effect);
  if (statement.contains("NotPrincipal")) {
    return effect == "Allow" ? "Allow with NotPrincipal is not allowed."
                             : "AssumeRole policy must not contain NotPrincipal field.";
  }
  const auto* principal = statement.if_contains("Principal");
  if (!principal) return "Missing required field Principal";
  if (auto fault = fault_of_principal(*principal)) return fault;
  const auto* condition = statement.if_contains("Condition");
  if (condition && !is_condition_block(*condition)) return kSyntax;
  if (auto fault = fault_of_actions(statement)) return fault;
  if (statement.contains("Resource")) return "Has prohibited field Resource";
  if (statement.contains("NotResource")) return "AssumeRole policy must not contain resources.";
  return {};
}

}  // namespace

Fault fault_of_trust(const json::value& document) {
  if (!document.is_object()) return std::string(fault_of_text(DocumentKind::trust));
  const auto& object = document.get_object();
  if (const auto version = text_member(object, "Version");
      object.contains("Version") && version != "2008-10-17" && version != "2012-10-17") {
    return "The policy must contain a valid version string";
  }
  const auto statements = statements_of(document);
  if (statements.empty()) return "Could not parse the policy: Statement is empty!";
  std::set<std::string_view> sids;
  for (const auto* statement : statements) {
    if (auto fault = fault_of_statement(*statement)) return fault;
    const auto sid = text_member(*statement, "Sid");
    if (!sid.empty() && !sids.insert(sid).second) return "The Statement Ids in the policy are not unique";
  }
  return {};
}

}  // namespace keyfob::policy::grammar
