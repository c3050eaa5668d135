// What all calls share: chance, the accounts' clocks, compiled policies, and how this keyfob was started.
#pragma once

#include "iam/call/clocks.h"
#include "iam/call/entropy.h"
#include "iam/call/limits.h"
#include "iam/policy/cache.h"

namespace keyfob {

struct World {
  Entropy entropy = {};
  Clocks clocks = {};
  policy::Cache documents = policy::Cache();
  Limits limits = {};
  bool enforces_policies = false;
  Duration propagation_delay{0};  // how long a device's change takes to reach STS
};

}  // namespace keyfob
