#include "iam/policy/document.h"

#include <algorithm>
#include <boost/json.hpp>

#include "iam/policy/grammar.h"
#include "iam/policy/position.h"
#include "iam/policy/principals.h"
#include "iam/policy/statement.h"

namespace keyfob::policy {
namespace {

namespace json = boost::json;

std::vector<Pattern> compile_actions(const std::vector<std::string>& actions) {
  std::vector<Pattern> patterns;
  for (const auto& action : actions)
    patterns.emplace_back(action, Pattern::Syntax{.variables = false, .lower = true});
  return patterns;
}

// AWS shows "arn:aws:iam" as "arn:aws:iam:*:*:*" in its errors; that it matches so as well is a guess.
std::string with_all_fields(std::string resource) {
  auto colons = std::count(resource.begin(), resource.end(), ':');
  for (; resource != "*" && colons < 5; ++colons) resource += ":*";
  return resource;
}

std::vector<Pattern> compile_resources(const std::vector<std::string>& resources, bool variables) {
  std::vector<Pattern> patterns;
  for (const auto& resource : resources) {
    patterns.emplace_back(with_all_fields(resource), Pattern::Syntax{.variables = variables});
  }
  return patterns;
}

// An account's root stands for the account.
void add_aws_principal(Principals& principals, const std::string& name) {
  const auto root = name.ends_with(":root") ? name.size() - 17 : std::string::npos;
  if (name == "*") {
    principals.anyone = true;
  } else if (root != std::string::npos) {
    principals.accounts.push_back(name.substr(root, 12));
  } else if (name.size() == 12) {
    principals.accounts.push_back(name);
  } else {
    principals.names.push_back(name);
  }
}

Principals compile_principals(const json::object& statement) {
  Principals principals;
  const auto* element = statement.if_contains("Principal");
  if (!element) return principals;
  for (const auto& [kind, names] : element->get_object()) {
    for (const auto& name : grammar::texts(names)) {
      if (kind == "AWS") {
        add_aws_principal(principals, name);
      } else {
        principals.names.push_back(name);
      }
    }
  }
  return principals;
}

std::vector<Condition> compile_conditions(const json::object& statement, bool variables) {
  std::vector<Condition> conditions;
  const auto* block = statement.if_contains("Condition");
  if (!block) return conditions;
  for (const auto& [name, lines] : block->get_object()) {
    for (const auto& [key, values] : lines.get_object()) {
      Condition condition{.op = *parse_operator(name),
                          .key = std::string(std::string_view(key)),
                          .lower_key = lower(key),
                          .operands = {}};
      for (const auto& value : grammar::texts(values)) {
        condition.operands.push_back(compile_operand(condition.op, value, variables));
      }
      conditions.push_back(std::move(condition));
    }
  }
  return conditions;
}

bool has(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

Statement compile_statement(const json::object& source, bool variables) {
  Statement statement;
  if (const auto sid = grammar::texts(source, "Sid"); !sid.empty()) statement.sid = sid.front();
  statement.deny = grammar::texts(source, "Effect").front() == "Deny";
  statement.not_action = source.contains("NotAction");
  statement.not_resource = source.contains("NotResource");
  const auto actions = grammar::texts(source, statement.not_action ? "NotAction" : "Action");
  const auto resources = grammar::texts(source, statement.not_resource ? "NotResource" : "Resource");
  statement.any_action = has(actions, "*");
  statement.any_resource = has(resources, "*");
  statement.actions = compile_actions(actions);
  statement.resources = compile_resources(resources, variables);
  statement.principals = compile_principals(source);
  statement.conditions = compile_conditions(source, variables);
  return statement;
}

AwsError malformed(std::string text) { return {kind::kMalformedPolicyDocument, std::move(text)}; }

void add_once(std::vector<std::string>& list, const std::string& text) {
  if (!text.empty() && !has(list, text)) list.push_back(text);
}

void add_variables(std::vector<std::string>& list, const Pattern& pattern) {
  for (const auto& name : pattern.variables()) add_once(list, name);
}

}  // namespace

Document::Document(std::vector<Statement> statements) : statements_(std::move(statements)) {}
Document::~Document() = default;

std::size_t Document::size() const { return statements_.size(); }
std::string_view Document::sid(std::size_t statement) const { return statements_[statement].sid; }
Position Document::begins(std::size_t statement) const { return statements_[statement].begin; }
Position Document::ends(std::size_t statement) const { return statements_[statement].end; }

std::vector<std::string> Document::context_keys() const {
  std::vector<std::string> keys;
  for (const auto& statement : statements_) {
    for (const auto& resource : statement.resources) add_variables(keys, resource);
    for (const auto& condition : statement.conditions) {
      add_once(keys, condition.key);
      for (const auto& operand : condition.operands) {
        if (const auto* pattern = std::get_if<Pattern>(&operand)) add_variables(keys, *pattern);
      }
    }
  }
  return keys;
}

std::vector<std::string> Document::named_principals() const {
  std::vector<std::string> names;
  for (const auto& statement : statements_) {
    for (const auto& name : statement.principals.names) {
      if (name.find(":user/") != name.npos || name.find(":role/") != name.npos || is_unique_id(name))
        add_once(names, name);
    }
  }
  return names;
}

Result<DocumentPtr> compile(std::string_view text, DocumentKind kind) {
  json::monotonic_resource memory;
  boost::system::error_code error;
  const auto document = json::parse(text, error, &memory, {});  // no deeper than 32
  if (error) return malformed(std::string(grammar::fault_of_text(kind)));
  auto fault = kind == DocumentKind::trust ? grammar::fault_of_trust(document)
                                           : grammar::fault_of_permissions(document, kind);
  if (fault) return malformed(std::move(*fault));

  std::vector<Statement> statements;
  const auto positions = statement_positions(text);
  for (const auto* source : grammar::statements_of(document)) {
    auto statement = compile_statement(*source, grammar::is_2012(document.get_object()));
    if (statements.size() < positions.size()) {
      std::tie(statement.begin, statement.end) = positions[statements.size()];
    }
    statements.push_back(std::move(statement));
  }
  return std::make_shared<const Document>(std::move(statements));
}

DocumentPtr empty_document() { return std::make_shared<const Document>(std::vector<Statement>()); }

AwsError invalid_principal(std::string_view arn) {
  return malformed("Invalid principal in policy: \"AWS\":\"" + std::string(arn) + "\"");
}

}  // namespace keyfob::policy
