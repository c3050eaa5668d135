#include "iam/authorization/simulation.h"

#include <algorithm>
#include <numeric>

#include "iam/authorization/authorization.h"
#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/names.h"
#include "protocol/text.h"

namespace keyfob {
namespace {

// "iam:ListUsers", or with wildcards; AWS simulates single actions only.
bool is_action_name(std::string_view name) {
  const auto colon = name.find(':');
  return colon != std::string_view::npos && colon > 0 && colon + 1 < name.size() &&
         name.find_first_of("*? ") == std::string_view::npos;
}

const policy::NamedDocument& policy_of(const policy::PolicySet& policies, const policy::Match& match) {
  return match.source == policy::Source::boundary ? *policies.boundary : policies.identity[match.policy];
}

// A managed policy goes by its name, as an inline one does.
std::string policy_id(const policy::NamedDocument& document) {
  return document.name.empty() ? document.arn.substr(document.arn.rfind('/') + 1) : document.name;
}

// Of the boundary AWS tells no statements, only what it came to.
std::vector<Simulated::Statement> matched_statements(const policy::PolicySet& policies,
                                                     const std::vector<policy::Match>& matches) {
  std::vector<Simulated::Statement> statements;
  for (const auto& match : matches) {
    if (match.source == policy::Source::boundary) continue;
    const auto& document = policy_of(policies, match);
    statements.push_back({.policy_id = policy_id(document),
                          .begins = document.document->begins(match.statement),
                          .ends = document.document->ends(match.statement)});
  }
  return statements;
}

bool boundary_allows(const policy::PolicySet& policies, const policy::Request& request) {
  const policy::PolicySet boundary_alone{.identity = {*policies.boundary}};
  return policy::evaluate(boundary_alone, request).allowed();
}

void describe(const std::vector<ContextEntry>& entries, policy::Context& context) {
  for (const auto& entry : entries) {
    if (entry.is_list || entry.values.size() != 1) {
      context.set_list(entry.key_name, entry.values);
    } else {
      context.set(entry.key_name, entry.values.front());
    }
  }
}

Simulated simulate_one(const policy::PolicySet& policies, const policy::Context& context,
                       const std::string& action, const std::string& resource,
                       const std::vector<std::string>& missing_keys) {
  const policy::Request request{.action = action, .resource = resource, .principal = {}, .context = context};
  std::vector<policy::Match> matches;
  const auto decision = policy::evaluate(policies, request, &matches);
  return {.action_name = action,
          .resource_name = resource,
          .effect = decision.effect,
          .allowed_by_boundary =
              policies.boundary ? std::optional(boundary_allows(policies, request)) : std::nullopt,
          .matched = matched_statements(policies, matches),
          .missing_keys = missing_keys};
}

void add_position(XmlElement statement, const char* name, policy::Position position) {
  auto element = statement.add(name);
  element.add("Line", std::int64_t{position.line});
  element.add("Column", std::int64_t{position.column});
}

void render_strings(XmlElement parent, const char* name, const std::vector<std::string>& texts) {
  auto list = parent.add(name);
  for (const auto& text : texts) list.add("member", text);
}

const char* decision_word(policy::Effect effect) {
  switch (effect) {
    case policy::Effect::allow:
      return "allowed";
    case policy::Effect::explicit_deny:
      return "explicitDeny";
    case policy::Effect::implicit_deny:
      break;
  }
  return "implicitDeny";
}

}  // namespace

void read_value(const Form& form, std::string_view name, const Shape& shape, bool,
                std::vector<ContextEntry>& value, Violations& violations) {
  const auto list = form.list(name);
  if (!list) return violations.add_malformed(list.error());
  for (std::size_t i = 0; i < list->elements.size(); ++i) {
    const auto path = element_path(name, i);
    ContextEntry entry;
    for (const auto& field : shape.element->fields) {
      if (field.shape->type == ShapeType::list) {
        const auto inside =
            std::string(name) + ".member." + std::to_string(i + 1) + "." + std::string(field.name);
        read_strings(form, inside, path + member_path(field.name), *field.shape, field.required, entry.values,
                     violations);
        continue;
      }
      auto text = read_field(list->elements[i], field, path, violations);
      if (field.name == "ContextKeyName") {
        entry.key_name = std::move(text);
      } else {
        entry.is_list = text.ends_with("List");
      }
    }
    value.push_back(std::move(entry));
  }
}

Result<std::vector<policy::NamedDocument>> read_policies(const std::vector<std::string>& documents,
                                                         std::string_view list_name) {
  std::vector<policy::NamedDocument> policies;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    auto document = policy::compile(documents[i], policy::DocumentKind::identity);
    auto name = std::string(list_name) + "." + std::to_string(i + 1);
    if (!document) return AwsError{kind::kInvalidInput, "Invalid policy: " + name};  // a guess
    policies.push_back({.arn = {}, .name = std::move(name), .document = std::move(*document)});
  }
  return policies;
}

Result<List<Simulated>> simulate(const policy::PolicySet& policies, policy::Context context,
                                 const SimulationQuestion& question, const PageWanted& wanted) {
  for (const auto& action : question.action_names) {
    if (!is_action_name(action))
      return AwsError{kind::kInvalidInput, "Invalid Action Name: " + action};  // a guess
  }
  describe(question.context_entries, context);

  static const std::vector<std::string> kAnything{"*"};
  const auto& resources = question.resource_arns.empty() ? kAnything : question.resource_arns;
  std::vector<std::size_t> pairs(question.action_names.size() * resources.size());
  std::iota(pairs.begin(), pairs.end(), std::size_t{0});
  TRY(const auto page, listed(wanted.operation, wanted, std::move(pairs)));

  List<Simulated> results{.items = {}, .next_marker = page.next_marker};
  const auto missing = policy::missing_context_keys(policies, context);
  for (const auto pair : page.items) {
    results.items.push_back(simulate_one(policies, context, question.action_names[pair / resources.size()],
                                         resources[pair % resources.size()], missing));
  }
  return results;
}

// The order of elements is the model's: a guess.
void render_simulation(XmlElement result, const List<Simulated>& page) {
  auto list = result.add("EvaluationResults");
  for (const auto& simulated : page.items) {
    auto member = list.add("member");
    member.add("EvalActionName", simulated.action_name);
    member.add("EvalResourceName", simulated.resource_name);
    member.add("EvalDecision", decision_word(simulated.effect));
    auto matched = member.add("MatchedStatements");
    for (const auto& statement : simulated.matched) {
      auto element = matched.add("member");
      element.add("SourcePolicyId", statement.policy_id);
      add_position(element, "StartPosition", statement.begins);
      add_position(element, "EndPosition", statement.ends);
    }
    render_strings(member, "MissingContextValues", simulated.missing_keys);
    if (simulated.allowed_by_boundary) {
      member.add("PermissionsBoundaryDecisionDetail")
          .add("AllowedByPermissionsBoundary", *simulated.allowed_by_boundary);
    }
  }
  render_is_truncated(result, page.next_marker);
  render_marker(result, page.next_marker);
}

Result<PolicySource> find_policy_source(const ReadCall& call, const std::string& arn) {
  const auto parts = parse_iam_arn(arn);
  const bool own = parts && parts->account == call.account().str();
  PolicySource source;
  source.context.set("aws:PrincipalArn", arn);
  if (own && parts->type == "user") {
    TRY(const User user, find_user(call, std::string(parts->name)));
    if (user_arn(call.account(), user) != arn) return errors::no_such_user(parts->name);
    source.policies.identity = policies_of_user(call, user.user_id);
    source.policies.boundary = boundary_document(call, user.boundary);
    source.context.set("aws:username", user.name);
    source.context.set("aws:userid", user.user_id);
  } else if (own && parts->type == "role") {
    TRY(const Role role, find_role(call, std::string(parts->name)));
    if (role_arn(call.account(), role) != arn) return errors::no_such_role(parts->name);
    source.policies.identity = policies_of_entity(call, role.role_id);
    source.policies.boundary = boundary_document(call, role.boundary);
  } else if (own && parts->type == "group") {
    TRY(const Group group, find_group(call, std::string(parts->name)));
    if (group_arn(call.account(), group) != arn) return errors::no_such_group(parts->name);
    source.policies.identity = policies_of_entity(call, group.group_id);
  } else {
    return AwsError{kind::kInvalidInput, "Invalid Entity Arn: " + arn};  // a guess
  }
  return source;
}

std::vector<std::string> context_keys_of(const std::vector<policy::NamedDocument>& documents) {
  return policy::missing_context_keys({.identity = documents}, policy::Context());
}

void render_context_keys(XmlElement result, const std::vector<std::string>& keys) {
  render_strings(result, "ContextKeyNames", keys);
}

}  // namespace keyfob
