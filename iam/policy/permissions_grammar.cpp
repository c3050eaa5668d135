// The grammar of policies that grant: identity policies, boundaries, session policies
// (aws/policies.md#policy-documents).
#include <algorithm>
#include <array>
#include <set>

#include "iam/policy/condition.h"
#include "iam/policy/grammar.h"

namespace keyfob::policy::grammar {
namespace {

namespace json = boost::json;
using Statements = std::vector<const json::object*>;

constexpr const char* kSyntax = "Syntax errors in policy.";
constexpr const char* kLegacy = "The policy failed legacy parsing";

bool all_of(const json::object& object, auto known) {
  return std::all_of(object.begin(), object.end(), [&](auto& member) { return known(member.key()); });
}

bool is_top_element(std::string_view name) {
  return name == "Version" || name == "Id" || name == "Statement";
}

bool is_statement_element(std::string_view name) {
  constexpr std::array kElements{"Sid",         "Effect",    "Action",       "NotAction", "Resource",
                                 "NotResource", "Principal", "NotPrincipal", "Condition"};
  return std::find(kElements.begin(), kElements.end(), name) != kElements.end();
}

bool is_text(const json::object& object, std::string_view element, auto accepted) {
  const auto* value = object.if_contains(element);
  return !value || (value->is_string() && accepted(std::string_view(value->get_string())));
}

bool anything(std::string_view) { return true; }

bool is_statement(const json::object& statement) {
  const auto is_effect = [](std::string_view effect) {
    return lower(effect) == "allow" || lower(effect) == "deny";
  };
  const auto* condition = statement.if_contains("Condition");
  return all_of(statement, is_statement_element) && statement.contains("Effect") &&
         is_text(statement, "Effect", is_effect) && is_text(statement, "Sid", anything) &&
         is_either(statement, "Action", "NotAction") && is_either(statement, "Resource", "NotResource") &&
         (!condition || is_condition_block(*condition));
}

bool is_policy(const json::value& document, const Statements& statements) {
  if (!document.is_object()) return false;
  const auto is_version = [](std::string_view version) {
    return version == "2008-10-17" || version == "2012-10-17";
  };
  return all_of(document.get_object(), is_top_element) &&
         is_text(document.get_object(), "Version", is_version) &&
         is_text(document.get_object(), "Id", anything) && !statements.empty() &&
         std::all_of(statements.begin(), statements.end(), [](auto* each) { return is_statement(*each); });
}

// AWS's older parser checks the case of Effect, and dates.
bool passes_legacy_parser(const json::object& statement) {
  const auto& effect = statement.at("Effect").get_string();
  if (effect != "Allow" && effect != "Deny") return false;
  const auto* block = statement.if_contains("Condition");
  if (!block) return true;
  for (const auto& [name, lines] : block->get_object()) {
    const auto op = parse_operator(name);
    if (!op || op->test != Test::date) continue;
    for (const auto& line : lines.get_object()) {
      const auto dates = texts(line.value());
      if (!std::all_of(dates.begin(), dates.end(), [](auto& date) { return parse_moment(date); }))
        return false;
    }
  }
  return true;
}

// What stands between colons, but for those inside a policy variable.
std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> fields(1);
  bool in_variable = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at, 2) == "${") in_variable = text.find('}', at) != text.npos;
    if (text[at] == '}') in_variable = false;
    if (text[at] == ':' && !in_variable) {
      fields.emplace_back();
    } else {
      fields.back() += text[at];
    }
  }
  return fields;
}

// Fields are missing where two colons stand together, the service is empty, or the account is no account: AWS
// was seen to refuse ${…} and <ACCOUNT_ID> there, but takes other words [guess: what exactly it takes].
bool passes_legacy_parser(std::string_view resource) {
  if (resource == "*") return true;
  const auto fields = split(resource);
  if (fields.size() < 6 && resource.find("::") != resource.npos) return false;
  if (fields.size() > 2 && fields[2].empty()) return false;
  return fields.size() < 6 || fields[4].find_first_of("${}<>") == std::string::npos;
}

bool is_partition(std::string_view name) {
  constexpr std::array kPartitions{"aws",       "aws-cn",    "aws-us-gov", "aws-iso",
                                   "aws-iso-b", "aws-iso-e", "aws-iso-f",  "aws-eusc"};
  return name == "*" || std::find(kPartitions.begin(), kPartitions.end(), name) != kPartitions.end();
}

// Missing fields shown as "*", as AWS shows (and takes) them.
std::string as_full_arn(const std::vector<std::string>& fields) {
  std::string arn = "arn";
  for (std::size_t index = 1; index < std::max<std::size_t>(fields.size(), 6); ++index) {
    arn += ':' + (index < fields.size() ? fields[index] : "*");
  }
  return arn;
}

Fault fault_of_iam_path(std::string_view path) {
  constexpr std::array kStarts{
      "user/",   "federated-user/", "role/",         "group/",         "instance-profile/",
      "mfa/",    "policy/",         "sms-mfa/",      "saml-provider/", "server-certificate/",
      "report/", "oidc-provider/",  "access-report/"};
  const auto starts = [&](const char* start) { return path.starts_with(start); };
  if (path == "*" || path == "root" || std::any_of(kStarts.begin(), kStarts.end(), starts)) return {};
  return "IAM resource path must either be \"*\", root, or start with user/, federated-user/, role/, group/, "
         "instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, "
         "report/, "
         "access-report/.";
}

Fault fault_of_resource(const std::string& resource) {
  if (resource == "*") return {};
  const auto fields = split(resource);
  if (fields.size() == 1) return "Resource " + resource + " must be in ARN format or \"*\".";
  if (!is_partition(fields[1])) {
    return "Partition \"" + fields[1] + "\" is not valid for resource \"" + as_full_arn(fields) + "\".";
  }
  if (fields.size() == 2) return "Resource vendor must be fully qualified and cannot contain regexes.";
  const bool no_region = fields.size() > 4 && fields[3].empty();
  const auto path = fields.size() > 5 ? std::string_view(fields[5]) : std::string_view();
  if (fields[2] == "s3" && !no_region && !path.starts_with("accesspoint/")) {
    return "Resource " + resource + " can not contain region information.";
  }
  if (fields[2] != "iam") return {};
  if (!no_region) return "IAM resource " + resource + " cannot contain region information.";
  return fault_of_iam_path(path);
}

// The first statement's fault stands; of several in one list AWS tells the least in text order.
struct ResourceFaults {
  Fault format = {};
  bool legacy = false;
};

ResourceFaults faults_of_resources(const Statements& statements) {
  ResourceFaults faults;
  for (const auto* element : {"Resource", "NotResource"}) {
    for (const auto* statement : statements) {
      auto resources = texts(*statement, element);
      std::sort(resources.begin(), resources.end());
      for (const auto& resource : resources) {
        if (!faults.format) faults.format = fault_of_resource(resource);
      }
      if (faults.format) continue;
      faults.legacy |= !std::all_of(resources.begin(), resources.end(),
                                    [](const std::string& each) { return passes_legacy_parser(each); });
    }
  }
  return faults;
}

Fault fault_of_sids(const Statements& statements) {
  std::set<std::string> seen;
  for (const auto* statement : statements) {
    for (const auto& sid : texts(*statement, "Sid")) {
      const auto is_alphanumeric = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      };
      if (!std::all_of(sid.begin(), sid.end(),
                       is_alphanumeric)) {  // [report]; its place among the stages: [guess]
        return "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular "
               "expression "
               "[0-9A-Za-z]*";
      }
      if (!sid.empty() && !seen.insert(sid).second)
        return "Statement IDs (SID) in a single policy must be unique.";
    }
  }
  return {};
}

bool every_statement_has(const Statements& statements, std::string_view element, std::string_view opposite) {
  return std::all_of(statements.begin(), statements.end(), [&](const json::object* each) {
    return !texts(*each, element).empty() || !texts(*each, opposite).empty();
  });
}

Fault fault_of_action(const std::string& action) {
  if (action == "*") return {};
  const auto parts = split(action);
  if (parts.size() == 1) return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
  if (parts.size() > 2) return "Actions/Condition can contain only one colon.";
  const auto is_vendor_character = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '.';
  };
  const auto& vendor = parts[0];
  if (vendor.empty() || (vendor != "*" && !std::all_of(vendor.begin(), vendor.end(), is_vendor_character))) {
    return "Vendor " + vendor + " is not valid";
  }
  return {};
}

Fault fault_of_actions(const Statements& statements) {
  for (const auto* element : {"Action", "NotAction"}) {
    for (const auto* statement : statements) {
      for (const auto& action : texts(*statement, element)) {
        if (auto fault = fault_of_action(action)) return fault;
      }
    }
  }
  return {};
}

}  // namespace

Fault fault_of_permissions(const json::value& document, DocumentKind kind) {
  const auto statements = statements_of(document);
  if (!is_policy(document, statements)) return kSyntax;
  // Reported of identity policies alone; session policies of 2008 pass [guess].
  if (kind == DocumentKind::identity && !is_2012(document.get_object())) {
    return "Policy document must be version 2012-10-17 or greater.";
  }
  const auto old_parser = [](const json::object* statement) { return passes_legacy_parser(*statement); };
  if (!std::all_of(statements.begin(), statements.end(), old_parser)) return kLegacy;
  const auto resources = faults_of_resources(statements);
  if (resources.legacy) return kLegacy;
  for (const auto* statement : statements) {  // [report]; its place among the stages: [guess]
    if (statement->contains("Principal") || statement->contains("NotPrincipal")) {
      return "Policy document should not specify a principal.";
    }
  }
  if (auto fault = fault_of_sids(statements)) return fault;
  if (!every_statement_has(statements, "Action", "NotAction"))
    return "Policy statement must contain actions.";
  if (!every_statement_has(statements, "Resource", "NotResource"))
    return "Policy statement must contain resources.";
  if (resources.format) return resources.format;
  return fault_of_actions(statements);
}

}  // namespace keyfob::policy::grammar
