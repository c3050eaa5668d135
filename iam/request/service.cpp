#include "iam/request/service.h"

#include "iam/authorization/authorization.h"
#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/request/envelope.h"
#include "iam/request/last_use.h"
#include "protocol/text.h"
#include "protocol/xml.h"

namespace keyfob {

// Whose the request is, and when: the account's time, read once.
struct Service::Identity {
  Credential credential;
  Instant now;

  AccountId account() const { return credential.account; }
};

// What came of a request.
struct Service::Outcome {
  Result<std::string> body;
  std::string caller_arn = {};  // none when the caller wasn't accepted
  std::optional<Fault> fault = {};
  std::string cause = {};  // of a failure of keyfob's own

  unsigned status() const { return body ? 200 : body.error().status; }
  std::string error_code() const { return body ? std::string() : std::string(body.error().code); }
};

namespace {

// Where the version names no service, the signature's own word is all there is.
ServiceName claimed_service(const signature::Claim& claim) {
  return claim.service == "sts" ? ServiceName::sts : ServiceName::iam;
}

// Between the two visits to the store the caller may have been changed, or deleted.
Result<void> look_up_again(ReadTx& tx, Caller& caller) {
  if (caller.user) caller.user = tx.user_by_id(std::string(caller.user->user_id));
  if (caller.role) caller.role = tx.role_by_id(std::string(caller.role->role_id));
  const bool gone =
      (caller.kind == CallerKind::user && !caller.user) || (caller.kind == CallerKind::role && !caller.role);
  if (gone) return errors::unknown_access_key();
  return {};
}

// Every violation of the input's shapes in one message (aws/errors.md#validation-errors).
Result<std::unique_ptr<Invocation>> validate(const Operation& operation, const Form& form) {
  auto invocation = operation.begin(operation.input);
  Violations violations(operation.service == ServiceName::sts);
  invocation->read(form, violations);
  CHECK_OK(violations.verdict());
  return invocation;
}

Duration since(std::chrono::steady_clock::time_point began) {
  return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - began);
}

// What a test asked to go wrong instead of the call.
AwsError error_of(const Fault& fault) {
  if (!fault.code.empty()) return {fault.code, fault.status, fault.message};
  return errors::service_failure();  // the connection is dropped: nobody will read it
}

}  // namespace

Service::Service(Store& store, ServiceOptions options)
    : store_(store),
      authentication_(std::move(options.authentication)),
      world_{.entropy = options.entropy_seed ? Entropy(*options.entropy_seed) : Entropy(),
             .limits = options.limits,
             .enforces_policies = options.enforce_policies,
             .propagation_delay = options.propagation_delay},
      accounts_(store, world_, faults_, journal_) {}

HttpReply Service::handle(const HttpRequest& request) {
  const auto began = std::chrono::steady_clock::now();
  const auto request_id = world_.entropy.uuid();
  auto read = read_form(request);
  if (auto* reply = std::get_if<HttpReply>(&read)) {
    reply->headers.emplace_back("x-amzn-RequestId", request_id);
    tell({.request_id = request_id,
          .account = default_account(),
          .status = reply->status,
          .took = since(began)});
    return std::move(*reply);
  }
  const auto& form = std::get<Form>(read);
  // Looked at before authentication, as it says which service a signature must be for; what it refuses is
  // told only to a request that proves itself.
  const auto dispatched = dispatch(form);
  const auto sts_request_id = dispatched.names_sts ? world_.entropy.id("", 16) : std::string();

  Identity identity{.credential = {.account = default_account()}, .now = {}};
  auto outcome = Outcome{.body = errors::service_failure()};
  try {
    identity = identify(request);
    outcome = perform(request, form, dispatched, identity, request_id);
  } catch (const std::exception& error) {  // a broken store, or no memory
    outcome.cause = error.what();
  }

  HttpReply reply{.status = outcome.status(), .content_type = kXmlContentType};
  reply.body = outcome.body ? std::move(*outcome.body)
                            : error_body(outcome.body.error(), dispatched.xmlns, request_id);
  if (dispatched.names_sts) reply.headers.emplace_back("x-amz-sts-extended-request-id", sts_request_id);
  reply.headers.emplace_back("x-amzn-RequestId", request_id);
  if (outcome.fault) {
    reply.delay = outcome.fault->delay;
    reply.drop = outcome.fault->drop != Drop::none;
  }

  const auto error_code = outcome.error_code();
  const auto took = since(began);
  tell({.request_id = request_id,
        .action = dispatched.action,
        .operation = dispatched.operation ? *dispatched.operation : nullptr,
        .account = identity.account(),
        .status = reply.status,
        .error_code = error_code,
        .cause = outcome.cause,
        .took = took,
        .from_fault = outcome.fault && outcome.fault->replaces_call()});
  journal_.add(identity.account(), {.time = identity.now,
                                    .request_id = request_id,
                                    .action = shortened(dispatched.action, 128),
                                    .caller_arn = std::move(outcome.caller_arn),
                                    .parameters = shown_parameters(form, dispatched.members()),
                                    .status = reply.status,
                                    .error_code = error_code,
                                    .took = took});
  return reply;
}

void Service::tell(const RequestRecord& record) const {
  if (on_request) on_request(record);
}

// The first of two visits to the store: the credential and whose it is, in one look. Root has neither key nor
// session, and costs none.
Service::Identity Service::identify(const HttpRequest& request) {
  auto credential = find_credential(store_, authentication_, request);
  const auto now = world_.clocks.now(credential.account);
  return {.credential = std::move(credential), .now = now};
}

// Authenticate, validate, fail where a test asked for it, act, render: the order of
// aws/errors.md#order-of-checks.
Service::Outcome Service::perform(const HttpRequest& request, const Form& form, const Dispatched& dispatched,
                                  const Identity& identity, const std::string& request_id) {
  const auto& [credential, now] = identity;
  if (!dispatched.operation) {
    const auto proof =
        check_proof(authentication_, request, credential, claimed_service(credential.claim), now);
    return {.body = proof ? dispatched.operation.error() : proof.error()};
  }
  const auto& operation = **dispatched.operation;
  auto caller = authenticate(authentication_, request, credential, operation, now);
  if (!caller) return {.body = caller.error()};
  const auto caller_arn = caller->arn();

  const auto invocation = validate(operation, form);
  if (!invocation) return {.body = invocation.error(), .caller_arn = caller_arn};

  const auto fault =
      faults_.strike(credential.account, operation.name, [&] { return world_.entropy.fraction(); });
  if (fault && fault->replaces_call())
    return {.body = error_of(*fault), .caller_arn = caller_arn, .fault = fault};

  const auto done = act(request, operation, **invocation, identity, std::move(*caller));
  if (!done) return {.body = done.error(), .caller_arn = caller_arn, .fault = fault};
  return {
      .body = success_body(operation, **invocation, request_id), .caller_arn = caller_arn, .fault = fault};
}

// The second visit: makes sure of the account, looks the caller up again, authorises, acts and notes the use,
// all of it kept or nothing. It is one that reads where nothing is to be written.
Result<void> Service::act(const HttpRequest& request, const Operation& operation, Invocation& invocation,
                          const Identity& identity, Caller caller) {
  const auto& claim = identity.credential.claim;
  const auto now = identity.now;
  const Circumstances circumstances{.source_ip = request.peer,
                                    .user_agent = request.header("User-Agent"),
                                    .region = claim.region,
                                    .secure = request.secure};
  Result<void> result;
  if (operation.reads && is_noted(caller, claim, now)) {
    bool account_exists = false;
    store_.read(caller.account, [&](ReadTx& tx) {
      account_exists = tx.account().has_value();
      if (!account_exists) return;
      result = look_up_again(tx, caller);
      const ReadCall call{caller, now, tx, world_, circumstances};
      if (result) result = authorize(call, operation, invocation);
      if (result) result = invocation.handle(call);
    });
    if (account_exists) return result;
  }
  store_.write(caller.account, [&](Tx& tx) {
    existing_account(tx, now);
    result = look_up_again(tx, caller);
    Call call{{caller, now, tx, world_, circumstances}, tx};
    if (result) result = authorize(call, operation, invocation);
    if (result) result = invocation.handle(call);
    if (result) note_use(tx, caller, claim, now);
    return result.has_value() || call.keeps_failure;
  });
  return result;
}

}  // namespace keyfob
