// The emulator without a socket: an AWS Query request in, AWS's answer out. Safe from any thread.
//
// The whole life of a request is `handle` in service.cpp, top to bottom.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <unordered_set>

#include "iam/call/clocks.h"
#include "iam/call/limits.h"
#include "iam/controls/faults.h"
#include "iam/controls/journal.h"
#include "iam/request/authenticate.h"
#include "protocol/http.h"
#include "storage/store.h"

namespace keyfob {

struct ServiceOptions {
  AuthenticationPolicy authentication;
  Limits limits;
  bool enforce_policies = false;
  Duration propagation_delay{0};              // of device changes to STS
  std::optional<std::uint64_t> entropy_seed;  // repeatable chance, for tests
};

// What is known of a request when its answer is ready, for logs, metrics and the journal. No parameter
// values.
struct RequestRecord {
  std::string_view request_id;
  std::string_view action;     // as sent; empty when there was none
  const Operation* operation;  // null when keyfob has none of that name
  AccountId account;
  unsigned status;
  std::string_view error_code;  // empty on success
  std::string_view cause;       // of a failure of keyfob's own, else empty: for the log alone
  Duration took;
  bool from_fault;  // the error is one that a test asked for
};

class Service {
 public:
  Service(Store& store, ServiceOptions options);

  HttpReply handle(const HttpRequest& request);

  Store& store() { return store_; }
  Clocks& clocks() { return clocks_; }
  Entropy& entropy() { return entropy_; }
  Faults& faults() { return faults_; }
  Journal& journal() { return journal_; }
  const ServiceOptions& options() const { return options_; }

  // Called with every request's record, from the thread that handled it.
  std::function<void(const RequestRecord&)> on_request;

  // Sets an account's clock to what `change` makes of the present setting and the machine's time; in the
  // store first.
  void change_clock(AccountId account, const std::function<ClockSetting(ClockSetting, Instant)>& change);
  // The account as a document, and the account replaced by one, wholly or not at all (iam/account/state.h).
  std::string state(AccountId account);
  Result<void> replace_state(AccountId account, std::string_view document);
  // Named copies of the account, its clock included (storage/snapshots.h).
  void take_snapshot(AccountId account, std::string_view name);
  bool restore_snapshot(AccountId account, std::string_view name);  // false: none; throws StoreConflict
  std::vector<std::string> snapshots(AccountId account);
  bool remove_snapshot(AccountId account, std::string_view name);  // false: there was none
  // What the account's root does without a request: kept when it succeeds, forgotten when it fails, unless
  // the failure is one that AWS keeps too (Call::keeps_failure).
  Result<void> as_root(AccountId account, const std::function<Result<void>(Call&)>& body);
  // The account as new; the other accounts are untouched.
  void reset(AccountId account);
  void reset_all();

 private:
  struct Exchange;
  bool read_form(Exchange& exchange) const;
  Result<std::string> answer(Exchange& exchange);
  Result<const Operation*> dispatch(Exchange& exchange);
  void identify(Exchange& exchange);
  Result<std::string> perform(const Operation& operation, Exchange& exchange);
  Result<void> strike(Exchange& exchange);
  void record(const Exchange& exchange, Duration took);
  Result<void> within_transaction(const Operation& operation, Invocation& invocation, Caller& caller,
                                  const Exchange& exchange);
  Call call_of(Tx& tx, const Caller& caller, Instant now, const Circumstances& circumstances);
  void write_to(AccountId account, Instant now, const std::function<bool(Tx&)>& body);
  void spring_into_being(AccountId account, Instant now);
  void note_use(const Caller& caller, const signature::Claim& claim, Instant now);

  Store& store_;
  ServiceOptions options_;
  Entropy entropy_;
  Clocks clocks_;
  Faults faults_;
  Journal journal_;
  policy::Cache documents_;
  std::mutex clock_change_;
  std::shared_mutex known_mutex_;
  std::unordered_set<std::int64_t> known_;  // accounts that are certain to be in the store
};

}  // namespace keyfob
