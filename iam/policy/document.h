// A policy document, checked as AWS checks it and compiled for fast evaluation.
//
// Text that AWS would refuse gives MalformedPolicyDocument (400) with AWS's words
// (aws/policies.md#policy-documents, aws/roles.md#trust-policies). Any text may be passed: not UTF-8, deeply
// nested, huge. Sizes and quotas are the caller's business. A Document never changes and may be shared by
// threads.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/error.h"

namespace keyfob::policy {

enum class DocumentKind {
  identity,  // inline and managed policies, permissions boundaries
  session,   // the Policy parameter of AssumeRole: the same rules as Identity
  trust,     // a role's AssumeRolePolicyDocument: has principals, no resources
};

// A place in a policy's text as SimulatePrincipalPolicy tells it: both from 1.
struct Position {
  unsigned line = 1;
  unsigned column = 1;
};

struct Statement;  // iam/policy/statement.h, for the engine alone

class Document {
 public:
  explicit Document(std::vector<Statement> statements);
  ~Document();
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  const std::vector<Statement>& statements() const { return statements_; }

  std::size_t size() const;                           // statements
  std::string_view sid(std::size_t statement) const;  // empty when it has none
  Position begins(std::size_t statement) const;       // the opening brace
  Position ends(std::size_t statement) const;         // just past the closing brace

  // The condition keys and policy variables the document speaks of, as written, each once, in order of
  // appearance (GetContextKeysFor…Policy).
  std::vector<std::string> context_keys() const;

  // The users and roles named under Principal "AWS" by full ARN or unique id: those AWS wants to exist
  // (`Invalid principal in policy: "AWS":"arn:…"`, aws/roles.md#trust-policies). Account ids, roots and "*"
  // are left out.
  std::vector<std::string> named_principals() const;

 private:
  std::vector<Statement> statements_;
};

using DocumentPtr = std::shared_ptr<const Document>;

Result<DocumentPtr> compile(std::string_view json, DocumentKind kind);

DocumentPtr empty_document();  // without a statement: allows nothing

// What AWS says of a principal that doesn't exist, for a name out of named_principals().
AwsError invalid_principal(std::string_view arn);

}  // namespace keyfob::policy
