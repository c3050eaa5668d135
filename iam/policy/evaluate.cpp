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

Effect effect_of(const Statement& statement) {
  return statement.deny ? Effect::explicit_deny : Effect::allow;
}

// What the documents of one kind say, and in which of them a deny stands.
struct Verdict {
  Effect effect = Effect::implicit_deny;
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
      if (!matches_ && !statement.deny && verdict.effect != Effect::implicit_deny) continue;  // nothing new
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
  Verdicts verdicts{{}, {Effect::allow}, {Effect::allow}};
  verdicts.identity = evaluation.ask(policies.identity, Source::identity);
  if (policies.boundary) verdicts.boundary = evaluation.ask(*policies.boundary, Source::boundary, 0);
  if (!policies.session.empty()) verdicts.session = evaluation.ask(policies.session, Source::session);
  return verdicts;
}

// Which of several kinds of policy AWS blames isn't documented; the order is that of its evaluation chart
// [guess].
Decision decide(const Verdicts& verdicts) {
  const std::pair<Source, const Verdict*> order[] = {{Source::identity, &verdicts.identity},
                                                     {Source::boundary, &verdicts.boundary},
                                                     {Source::session, &verdicts.session}};
  for (const auto& [source, verdict] : order) {
    if (verdict->denied_by) return {Effect::explicit_deny, source, verdict->denied_by->arn};
  }
  for (const auto& [source, verdict] : order) {
    if (verdict->effect == Effect::implicit_deny) return {Effect::implicit_deny, source};
  }
  return {Effect::allow};
}

NamedAs named_as(const Principals& principals, const Principal& caller) {
  const auto names = [&](const std::vector<std::string>& list, std::string_view name) {
    return !name.empty() && std::find(list.begin(), list.end(), name) != list.end();
  };
  if (principals.anyone || names(principals.names, caller.arn)) return NamedAs::caller;
  if (names(principals.names, caller.role_arn)) return NamedAs::role;
  if (names(principals.names, caller.id))
    return caller.kind == PrincipalKind::user ? NamedAs::caller : NamedAs::role;
  if (names(principals.accounts, caller.account)) {
    return caller.kind == PrincipalKind::root ? NamedAs::caller : NamedAs::account;
  }
  return NamedAs::nobody;
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
    case Source::identity:
      return "identity-based policy";
    case Source::boundary:
      return "permissions boundary";
    case Source::session:
      return "session policy";
    case Source::trust:
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
    if (named == NamedAs::nobody || !covers_action(statement, action, request.context) ||
        !conditions_hold(statement, request.context)) {
      continue;
    }
    if (statement.deny) return {Effect::explicit_deny, NamedAs::nobody};
    decision = {Effect::allow, std::max(decision.named_as, named)};
  }
  return decision;
}

Decision evaluate_assume_role(const PolicySet& caller, const Document& trust, const Request& request) {
  const auto trusted = evaluate_trust(trust, request);
  if (trusted.effect == Effect::explicit_deny) return {Effect::explicit_deny, Source::trust};
  const bool has_policies = request.principal.kind == PrincipalKind::user ||
                            request.principal.kind == PrincipalKind::assumed_role ||
                            request.principal.kind == PrincipalKind::federated_user;
  auto own = has_policies ? ask_all(caller, request, nullptr)
                          : Verdicts{{Effect::allow}, {Effect::allow}, {Effect::allow}};
  auto alone = decide(own);
  if (alone.effect == Effect::explicit_deny) return alone;
  if (trusted.effect != Effect::allow) return {Effect::implicit_deny, Source::trust};

  if (request.principal.account == account_of(request.resource)) {
    // Named itself, the caller needs no allow of its own. A role that is named leaves its sessions bound by
    // boundary and session policies; a named user or session isn't bound by their silence either.
    if (trusted.named_as == NamedAs::caller) return {Effect::allow};
    if (trusted.named_as == NamedAs::role) own.identity.effect = Effect::allow;
  }
  return decide(own);
}

std::string denied_message(std::string_view caller_arn, std::string_view action, std::string_view resource,
                           const Decision& decision) {
  std::string text = "User: ";
  text.append(caller_arn).append(" is not authorized to perform: ").append(action);
  text.append(" on resource: ").append(resource);
  if (decision.source == Source::trust) return text;  // STS gives no reason (aws/sts.md#assumerole)
  const auto policy = kind_of_policy(decision.source);
  if (decision.effect != Effect::explicit_deny) {
    return text.append(" because no ").append(policy).append(" allows the ").append(action).append(" action");
  }
  text.append(decision.source == Source::identity ? " with an explicit deny in an "
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
