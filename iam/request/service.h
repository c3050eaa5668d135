// The emulator without a socket: an AWS Query request in, AWS's answer out. Safe from any thread.
//
// The whole life of a request is `handle` in service.cpp, top to bottom. What a test does to an account is
// Accounts' (iam/account/accounts.h).
#pragma once

#include <functional>
#include <optional>

#include "iam/account/accounts.h"
#include "iam/call/world.h"
#include "iam/controls/faults.h"
#include "iam/controls/journal.h"
#include "iam/request/authenticate.h"
#include "protocol/http.h"
#include "storage/store.h"

namespace keyfob {

struct ServiceOptions {
  AuthenticationPolicy authentication = {};
  Limits limits = {};
  bool enforce_policies = false;
  Duration propagation_delay{0};                   // of device changes to STS
  std::optional<std::uint64_t> entropy_seed = {};  // repeatable chance, for tests
};

// What is known of a request when its answer is ready, for logs and metrics. No parameter values.
struct RequestRecord {
  std::string_view request_id;
  std::string_view action = {};          // as sent; empty when there was none
  const Operation* operation = nullptr;  // null when keyfob has none of that name
  AccountId account;
  unsigned status;
  std::string_view error_code = {};  // empty on success
  std::string_view cause = {};       // of a failure of keyfob's own, else empty: for the log alone
  Duration took;
  bool from_fault = false;  // the error is one that a test asked for
};

struct Dispatched;

class Service {
 public:
  Service(Store& store, ServiceOptions options);

  HttpReply handle(const HttpRequest& request);

  Store& store() { return store_; }
  Clocks& clocks() { return world_.clocks; }
  Entropy& entropy() { return world_.entropy; }
  Faults& faults() { return faults_; }
  Journal& journal() { return journal_; }
  Accounts& accounts() { return accounts_; }
  AccountId default_account() const { return authentication_.default_account; }

  // Called with every request's record, from the thread that handled it.
  std::function<void(const RequestRecord&)> on_request;

 private:
  struct Identity;
  struct Outcome;
  Identity identify(const HttpRequest& request);
  Outcome perform(const HttpRequest& request, const Form& form, const Dispatched& dispatched,
                  const Identity& identity, const std::string& request_id);
  Result<void> act(const HttpRequest& request, const Operation& operation, Invocation& invocation,
                   const Identity& identity, Caller caller);
  void tell(const RequestRecord& record) const;

  Store& store_;
  AuthenticationPolicy authentication_;
  World world_;
  Faults faults_;
  Journal journal_;
  Accounts accounts_;
};

}  // namespace keyfob
