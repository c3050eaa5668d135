#include "iam/policy/evaluate.h"

#include <algorithm>

#include "iam/policy/statement.h"

namespace keyfob::policy {
namespace {

bool any_matches(const std::vector<Pattern>& patterns, std::string_view text, const Context& context) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const Pattern& pattern) { return pattern.matches(text, context); });
}

bool conditions_hold(const Statement& statement, const Context& context) {
  return std::all_of(statement.conditions.begin(), statement.conditions.end(),
                     [&](const Condition& condition) { return condition.holds(context); });
}

bool covers_action(const Statement& statement, std::string_view lower_action, const Context& context) {
  return (statement.any_action || any_matches(statement.actions, lower_action, context)) !=
         statement.not_action;
}

bool covers_resource(const Statement& statement, const Request& request) {
  const bool listed =
      statement.any_resource || any_matches(statement.resources, request.resource, request.context);
  return listed != statement.not_resource;
}

Effect effect_of(const Statement& statement) { return statement.deny ? Effect::ExplicitDeny : Effect::Allow; }

// What the documents of one kind say, and in which of them a deny stands.
struct Verdict {
  Effect effect = Effect::ImplicitDeny;
  const NamedDocument* denied_by = nullptr;
};

class Evaluation {
 public:
  Evaluation(const Request& request, std::vector<Match>* matches)
      : request_(request), lower_action_(lower(request.action)), matches_(matches) {}

  Verdict ask(const NamedDocument& policy, Source source, std::size_t index) {
    Verdict verdict;
    const auto& statements = policy.document->statements();
    for (std::size_t at = 0; at < statements.size(); ++at) {
      const auto& statement = statements[at];
      if (!matches_ && !statement.deny && verdict.effect != Effect::ImplicitDeny) continue;  // nothing new
      if (!applies(statement)) continue;
      if (matches_) matches_->push_back({source, index, at, effect_of(statement)});
      verdict.effect = std::max(verdict.effect, effect_of(statement));
      if (statement.deny && !verdict.denied_by) verdict.denied_by = &policy;
      if (statement.deny && !matches_) break;
    }
    return verdict;
  }

  Verdict ask(const std::vector<NamedDocument>& policies, Source source) {
    Verdict verdict;
    for (std::size_t index = 0; index < policies.size(); ++index) {
      const auto one = ask(policies[index], source, index);
      verdict.effect = std::max(verdict.effect, one.effect);
      if (!verdict.denied_by) verdict.denied_by = one.denied_by;
      if (verdict.denied_by && !matches_) break;
    }
    return verdict;
  }

 private:
  bool applies(const Statement& statement) const {
    return covers_action(statement, lower_action_, request_.context) &&
           covers_resource(statement, request_) && conditions_hold(statement, request_.context);
  }

  const Request& request_;
  const std::string lower_action_;
  std::vector<Match>* matches_;
};

// One verdict a kind of policy; a kind that isn't there allows.
struct Verdicts {
  Verdict identity, boundary, session;
};

Verdicts ask_all(const PolicySet& policies, const Request& request, std::vector<Match>* matches) {
  Evaluation evaluation(request, matches);
  Verdicts verdicts{{}, {Effect::Allow}, {Effect::Allow}};
  verdicts.identity = evaluation.ask(policies.identity, Source::Identity);
  if (policies.boundary) verdicts.boundary = evaluation.ask(*policies.boundary, Source::Boundary, 0);
  if (!policies.session.empty()) verdicts.session = evaluation.ask(policies.session, Source::Session);
  return verdicts;
}

// Which of several kinds of policy AWS blames isn't documented; the order is that of its evaluation chart
// [guess].
Decision decide(const Verdicts& verdicts) {
  const std::pair<Source, const Verdict*> order[] = {{Source::Identity, &verdicts.identity},
                                                     {Source::Boundary, &verdicts.boundary},
                                                     {Source::Session, &verdicts.session}};
  for (const auto& [source, verdict] : order) {
    if (verdict->denied_by) return {Effect::ExplicitDeny, source, verdict->denied_by->arn};
  }
  for (const auto& [source, verdict] : order) {
    if (verdict->effect == Effect::ImplicitDeny) return {Effect::ImplicitDeny, source};
  }
  return {Effect::Allow};
}

NamedAs named_as(const Principals& principals, const Principal& caller) {
  const auto names = [&](const std::vector<std::string>& list, std::string_view name) {
    return !name.empty() && std::find(list.begin(), list.end(), name) != list.end();
  };
  if (principals.anyone || names(principals.names, caller.arn)) return NamedAs::Caller;
  if (names(principals.names, caller.role_arn)) return NamedAs::Role;
  if (names(principals.names, caller.id))
    return caller.kind == PrincipalKind::User ? NamedAs::Caller : NamedAs::Role;
  if (names(principals.accounts, caller.account)) {
    return caller.kind == PrincipalKind::Root ? NamedAs::Caller : NamedAs::Account;
  }
  return NamedAs::Nobody;
}

std::string_view account_of(std::string_view arn) {
  for (int field = 0; field < 4; ++field) {
    const auto colon = arn.find(':');
    if (colon == arn.npos) return {};
    arn.remove_prefix(colon + 1);
  }
  return arn.substr(0, arn.find(':'));
}

void add_missing(std::vector<std::string>& missing, const DocumentPtr& document, const Context& context) {
  for (auto& key : document->context_keys()) {
    if (!context.find(lower(key)) && std::find(missing.begin(), missing.end(), key) == missing.end()) {
      missing.push_back(std::move(key));
    }
  }
}

std::string_view kind_of_policy(Source source) {
  switch (source) {
    case Source::Identity:
      return "identity-based policy";
    case Source::Boundary:
      return "permissions boundary";
    case Source::Session:
      return "session policy";
    case Source::Trust:
      return "resource-based policy";
  }
  return {};
}

}  // namespace

Decision evaluate(const PolicySet& policies, const Request& request, std::vector<Match>* matches) {
  return decide(ask_all(policies, request, matches));
}

TrustDecision evaluate_trust(const Document& trust, const Request& request) {
  TrustDecision decision;
  const auto action = lower(request.action);
  for (const auto& statement : trust.statements()) {
    const auto named = named_as(statement.principals, request.principal);
    if (named == NamedAs::Nobody || !covers_action(statement, action, request.context) ||
        !conditions_hold(statement, request.context)) {
      continue;
    }
    if (statement.deny) return {Effect::ExplicitDeny, NamedAs::Nobody};
    decision = {Effect::Allow, std::max(decision.named_as, named)};
  }
  return decision;
}

Decision evaluate_assume_role(const PolicySet& caller, const Document& trust, const Request& request) {
  const auto trusted = evaluate_trust(trust, request);
  if (trusted.effect == Effect::ExplicitDeny) return {Effect::ExplicitDeny, Source::Trust};
  const bool has_policies = request.principal.kind == PrincipalKind::User ||
                            request.principal.kind == PrincipalKind::AssumedRole ||
                            request.principal.kind == PrincipalKind::FederatedUser;
  auto own = has_policies ? ask_all(caller, request, nullptr)
                          : Verdicts{{Effect::Allow}, {Effect::Allow}, {Effect::Allow}};
  auto alone = decide(own);
  if (alone.effect == Effect::ExplicitDeny) return alone;
  if (trusted.effect != Effect::Allow) return {Effect::ImplicitDeny, Source::Trust};

  if (request.principal.account == account_of(request.resource)) {
    // Named itself, the caller needs no allow of its own. A role that is named leaves its sessions bound by
    // boundary and session policies; a named user or session isn't bound by their silence either.
    if (trusted.named_as == NamedAs::Caller) return {Effect::Allow};
    if (trusted.named_as == NamedAs::Role) own.identity.effect = Effect::Allow;
  }
  return decide(own);
}

std::string denied_message(std::string_view caller_arn, std::string_view action, std::string_view resource,
                           const Decision& decision) {
  std::string text = "User: ";
  text.append(caller_arn).append(" is not authorized to perform: ").append(action);
  text.append(" on resource: ").append(resource);
  if (decision.source == Source::Trust) return text;  // STS gives no reason (catalogue §10)
  const auto policy = kind_of_policy(decision.source);
  if (decision.effect != Effect::ExplicitDeny) {
    return text.append(" because no ").append(policy).append(" allows the ").append(action).append(" action");
  }
  text.append(decision.source == Source::Identity ? " with an explicit deny in an "
                                                  : " with an explicit deny in a ");
  text.append(policy);
  if (!decision.policy_arn.empty()) text.append(": ").append(decision.policy_arn);
  return text;
}

std::vector<std::string> missing_context_keys(const PolicySet& policies, const Context& context) {
  std::vector<std::string> missing;
  for (const auto& policy : policies.identity) add_missing(missing, policy.document, context);
  if (policies.boundary) add_missing(missing, policies.boundary->document, context);
  for (const auto& policy : policies.session) add_missing(missing, policy.document, context);
  return missing;
}

}  // namespace keyfob::policy
