// The compiled form of one statement: what the engine walks through.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "iam/policy/condition.h"
#include "iam/policy/document.h"
#include "iam/policy/pattern.h"

namespace keyfob::policy {

// The Principal element of a trust policy.
struct Principals {
  bool anyone = false;                     // "AWS": "*"
  std::vector<std::string> accounts = {};  // named by id or by their root's ARN
  std::vector<std::string> names = {};     // ARNs, services, providers
};

struct Statement {
  std::string sid = {};
  bool deny = false;
  bool not_action = false;
  bool not_resource = false;
  bool any_action = false;              // some action is "*"
  bool any_resource = false;            // some resource is "*"
  std::vector<Pattern> actions = {};    // in lower case
  std::vector<Pattern> resources = {};  // none in a trust policy
  Principals principals = {};           // of a trust policy
  std::vector<Condition> conditions = {};
  Position begin = {};
  Position end = {};
};

}  // namespace keyfob::policy
