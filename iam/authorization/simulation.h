// The policy simulator: SimulatePrincipalPolicy and SimulateCustomPolicy ask the engine that enforces
// (aws/authorization.md#simulator). Resource-based policies and organisations are not
// simulated.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "iam/call/call.h"
#include "iam/call/listed.h"
#include "iam/policy/evaluate.h"
#include "protocol/member.h"
#include "protocol/xml.h"

namespace keyfob {

// A condition key that the simulated request has.
struct ContextEntry {
  std::string key_name;
  std::vector<std::string> values;
  bool is_list = false;
};
void read_value(const Form& form, std::string_view name, const Shape& shape, bool required,
                std::vector<ContextEntry>& value, Violations& violations);

struct SimulationQuestion {
  const std::vector<std::string>& action_names;
  const std::vector<std::string>& resource_arns;  // none: "*"
  const std::vector<ContextEntry>& context_entries;
};

struct Simulated {
  std::string action_name;
  std::string resource_name;
  policy::Effect effect;
  std::optional<bool> allowed_by_boundary;  // when there is one
  struct Statement {
    std::string policy_id;
    policy::Position begins, ends;
  };
  std::vector<Statement> matched;
  std::vector<std::string> missing_keys;
};

// InvalidInput for a document that AWS wouldn't take.
Result<std::vector<policy::NamedDocument>> read_policies(const std::vector<std::string>& documents,
                                                         std::string_view list_name);
struct PageWanted {
  std::string_view operation;
  const std::optional<std::string>& marker;
  const std::optional<std::int32_t>& max_items;
};
// Every action on every resource, a page of them: no more is evaluated than is answered.
Result<List<Simulated>> simulate(const policy::PolicySet& policies, policy::Context context,
                                 const SimulationQuestion& question, const PageWanted& wanted);
void render_simulation(XmlElement result, const List<Simulated>& page);

// A user, role or group that policies are asked of, by its ARN.
struct PolicySource {
  policy::PolicySet policies;
  policy::Context context;  // what follows from who it is
};
Result<PolicySource> find_policy_source(const ReadCall& call, const std::string& arn);

// `ContextKeyNames`: what the documents ask for, each once.
std::vector<std::string> context_keys_of(const std::vector<policy::NamedDocument>& documents);
void render_context_keys(XmlElement result, const std::vector<std::string>& keys);

}  // namespace keyfob
