// May this caller do that? A pure function of compiled documents and a request (aws/authorization.md).
//
// An explicit deny anywhere decides. Without one, some identity policy, the boundary if there is one, and
// some session policy if there are any must each allow. The account's root is not subject to any of this:
// don't ask for it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iam/policy/context.h"
#include "iam/policy/document.h"

namespace keyfob::policy {

enum class Effect { implicit_deny, allow, explicit_deny };

// Which kind of policy had the last word.
enum class Source { identity, boundary, session, trust };

enum class PrincipalKind { root, user, assumed_role, federated_user, service, federated };

struct Principal {
  PrincipalKind kind = PrincipalKind::user;
  // As GetCallerIdentity says it ("arn:aws:sts::A:assumed-role/R/S" for a role session); a service's name
  // ("ec2.amazonaws.com") or a provider's ("arn:aws:iam::A:saml-provider/x") for those kinds.
  std::string_view arn;
  std::string_view account;   // twelve digits; empty for Service
  std::string_view role_arn;  // AssumedRole: the role's own ARN, path included
  std::string_view id = {};   // the unique one of the user or the role, by which a trust policy may name it
};

struct Request {
  std::string_view action;    // "iam:EnableMFADevice"
  std::string_view resource;  // an ARN, or "*" for actions that have no resource
  Principal principal;        // matters for trust policies only
  const Context& context;
};

struct NamedDocument {
  std::string arn = {};  // managed policies; empty for inline ones
  std::string name = {};
  DocumentPtr document = {};
};

struct PolicySet {
  std::vector<NamedDocument> identity = {};  // the caller's inline and managed ones, groups included
  std::optional<NamedDocument> boundary = {};
  std::vector<NamedDocument> session = {};  // that there are some restricts, whatever they say
};

struct Decision {
  Effect effect = Effect::implicit_deny;
  Source source = Source::identity;  // of the deny, or of the allow that is missing
  std::string policy_arn = {};       // of an explicit deny in a managed policy

  bool allowed() const { return effect == Effect::allow; }
};

// One statement that applied to the request, for Simulate…Policy.
struct Match {
  Source source;
  std::size_t policy;     // index in the PolicySet's vector; 0 for the boundary
  std::size_t statement;  // index in the document
  Effect effect;          // Allow or ExplicitDeny
};

// `matches`, when given, receives every statement that applied; without it evaluation stops at the first
// deny.
Decision evaluate(const PolicySet& policies, const Request& request, std::vector<Match>* matches = nullptr);

// How the trust policy's allow came to name the caller; the strongest way wins.
enum class NamedAs {
  nobody,   // no allow
  account,  // through the caller's account: the caller's own policies must allow the call as well
  role,     // the role behind a role session
  caller,   // the very user, session, service or provider, or "*"
};

struct TrustDecision {
  Effect effect = Effect::implicit_deny;
  NamedAs named_as = NamedAs::nobody;
};

// The trust policy alone. The request's action is sts:AssumeRole or a variant of it; resources don't matter.
TrustDecision evaluate_trust(const Document& trust, const Request& request);

// The whole question of sts:AssumeRole: the role's trust policy, then the caller's own policies, where they
// count (always across accounts; within an account only when the trust policy names no more than the
// account). A call by the account's root or by a service passes an empty set, which is then not looked at.
// request.resource is the role's ARN, its account the trusting one.
Decision evaluate_assume_role(const PolicySet& caller, const Document& trust, const Request& request);

// AccessDenied's message (aws/authorization.md#accessdenied-messages).
std::string denied_message(std::string_view caller_arn, std::string_view action, std::string_view resource,
                           const Decision& decision);

// The keys that some condition or variable of these policies asks for and the context lacks, each once
// (MissingContextValues of Simulate…Policy).
std::vector<std::string> missing_context_keys(const PolicySet& policies, const Context& context);

}  // namespace keyfob::policy
