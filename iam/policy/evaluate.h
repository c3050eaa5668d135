// May this caller do that? A pure function of compiled documents and a request (catalogue §13).
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

enum class Effect { ImplicitDeny, Allow, ExplicitDeny };

// Which kind of policy had the last word.
enum class Source { Identity, Boundary, Session, Trust };

enum class PrincipalKind { Root, User, AssumedRole, FederatedUser, Service, Federated };

struct Principal {
  PrincipalKind kind = PrincipalKind::User;
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
  std::vector<NamedDocument> session = {};  // their mere presence restricts
};

struct Decision {
  Effect effect = Effect::ImplicitDeny;
  Source source = Source::Identity;  // of the deny, or of the allow that is missing
  std::string policy_arn = {};       // of an explicit deny in a managed policy

  bool allowed() const { return effect == Effect::Allow; }
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
  Nobody,   // no allow
  Account,  // through the caller's account: the caller's own policies must allow the call as well
  Role,     // the role behind a role session
  Caller,   // the very user, session, service or provider, or "*"
};

struct TrustDecision {
  Effect effect = Effect::ImplicitDeny;
  NamedAs named_as = NamedAs::Nobody;
};

// The trust policy alone. The request's action is sts:AssumeRole or one of its kin; resources don't matter.
TrustDecision evaluate_trust(const Document& trust, const Request& request);

// The whole question of sts:AssumeRole: the role's trust policy, then the caller's own policies, where they
// count (always across accounts; within an account only when the trust policy names no more than the
// account). A call by the account's root or by a service passes an empty set, which is then not looked at.
// request.resource is the role's ARN, its account the trusting one.
Decision evaluate_assume_role(const PolicySet& caller, const Document& trust, const Request& request);

// AccessDenied's message (catalogue §13.4).
std::string denied_message(std::string_view caller_arn, std::string_view action, std::string_view resource,
                           const Decision& decision);

// The keys that some condition or variable of these policies asks for and the context lacks, each once
// (MissingContextValues of Simulate…Policy).
std::vector<std::string> missing_context_keys(const PolicySet& policies, const Context& context);

}  // namespace keyfob::policy
