#include "iam/request/service.h"

#include "iam/account/state.h"
#include "iam/authorization/authorization.h"
#include "iam/call/errors.h"
#include "iam/operations.h"
#include "protocol/query.h"
#include "protocol/text.h"
#include "protocol/xml.h"

namespace keyfob {
namespace {

constexpr std::string_view kXml = "text/xml";
constexpr std::string_view kFormType = "application/x-www-form-urlencoded";
constexpr std::string_view kNowhere =
    "https://aws.amazon.com/iam";  // where AWS sends what it can't read (§1.5)

const char* xmlns(ServiceName service) { return service == ServiceName::iam ? kIamXmlns : kStsXmlns; }

bool is_form(std::string_view content_type) {
  const auto end = std::min(content_type.find(';'), content_type.size());
  auto type = content_type.substr(0, end);
  while (type.ends_with(' ')) type.remove_suffix(1);
  return iequals(type, kFormType);
}

HttpReply redirect(const HttpRequest& request) {
  std::string location(kNowhere);
  if (request.method == "GET" && !request.query().empty()) location.append("?").append(request.query());
  return {.status = 302, .headers = {{"Location", std::move(location)}}};
}

// The version names the service, as the host does at AWS: keyfob has one address for both.
std::optional<ServiceName> service_of(std::string_view version) {
  if (version == "2010-05-08") return ServiceName::iam;
  if (version == "2011-06-15") return ServiceName::sts;
  return std::nullopt;
}

// Where the version names no service, the signature's own word is all there is.
ServiceName claimed_service(const signature::Claim& claim) {
  return claim.service == "sts" ? ServiceName::sts : ServiceName::iam;
}

Account new_account(AccountId id, Instant now) {
  return {.id = id, .created = now, .alias = {}, .clock = {}, .root_password_last_used = {}};
}

// Authentication looked the caller up in a transaction of its own: by now it may be changed, or deleted.
Result<void> look_up_again(Tx& tx, Caller& caller) {
  if (caller.user) caller.user = tx.user_by_id(std::string(caller.user->user_id));
  if (caller.role) caller.role = tx.role_by_id(std::string(caller.role->role_id));
  const bool gone =
      (caller.kind == CallerKind::user && !caller.user) || (caller.kind == CallerKind::role && !caller.role);
  if (gone) return errors::unknown_access_key();
  return {};
}

bool is_same_second(const std::optional<Instant>& then, Instant now) {
  using std::chrono::floor;
  using std::chrono::seconds;
  return then && floor<seconds>(*then) == floor<seconds>(now);
}

bool is_noted(const AccessKey& key, const signature::Claim& claim, Instant now) {
  return is_same_second(key.last_used, now) && key.last_used_service == claim.service &&
         key.last_used_region == claim.region;
}
bool is_noted(const Role& role, const signature::Claim& claim, Instant now) {
  return is_same_second(role.last_used, now) && role.last_used_region == claim.region;
}

// False when it was deleted meanwhile, by this very call for one.
bool note_key_use(Tx& tx, const std::string& access_key_id, const signature::Claim& claim, Instant now) {
  auto key = tx.access_key(access_key_id);
  if (!key) return false;
  key->last_used = now;
  key->last_used_service = claim.service;
  key->last_used_region = claim.region;
  tx.update(*key);
  return true;
}
bool note_role_use(Tx& tx, const std::string& role_id, const signature::Claim& claim, Instant now) {
  auto role = tx.role_by_id(role_id);
  if (!role) return false;
  role->last_used = now;
  role->last_used_region = claim.region;
  tx.update(*role);
  return true;
}

// The success envelope of catalogue §1.2.
std::string success_body(const Operation& operation, const Invocation& invocation,
                         const std::string& request_id) {
  const std::string name(operation.name);
  XmlDocument document(name + "Response", xmlns(operation.service));
  auto root = document.root();
  if (operation.has_result) invocation.render(root.add((name + "Result").c_str()));
  root.add("ResponseMetadata").add("RequestId", request_id);
  return document.str();
}

}  // namespace

// One request on its way: what each step learned is there for the next, and for the records.
struct Service::Exchange {
  const HttpRequest& request;
  std::string request_id;
  AccountId account;  // the default one until the credential says otherwise
  Credential credential = {};
  Instant now = {};
  std::optional<Form> form = {};
  std::string_view action = {};          // a view into the form
  const Operation* operation = nullptr;  // none when dispatch refused
  const char* xmlns = kFaultXmlns;
  std::string caller_arn = {};
  std::optional<Fault> fault = {};
  HttpReply reply = {};
  std::string error_code = {};
  std::string cause = {};  // of a failure of keyfob's own
};

Service::Service(Store& store, ServiceOptions options)
    : store_(store),
      options_(std::move(options)),
      entropy_(options_.entropy_seed ? Entropy(*options_.entropy_seed) : Entropy()) {
  for (const auto& account : store_.accounts()) clocks_.set(account.id, account.clock);
}

HttpReply Service::handle(const HttpRequest& request) {
  const auto started = std::chrono::steady_clock::now();
  Exchange exchange{
      .request = request, .request_id = entropy_.uuid(), .account = options_.authentication.default_account};
  if (read_form(exchange)) {
    auto body = answer(exchange);
    if (body) {
      exchange.reply.body = std::move(*body);
    } else {
      const auto& error = body.error();
      exchange.error_code = error.code;
      exchange.reply.status = error.status;
      exchange.reply.body = error_body(error, exchange.xmlns, exchange.request_id);
    }
    exchange.reply.content_type = kXml;
  }
  exchange.reply.headers.emplace_back("x-amzn-RequestId", exchange.request_id);
  record(exchange, std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - started));
  return std::move(exchange.reply);
}

// False when the reply is ready: what isn't a form with an Action is not answered in XML (catalogue §1.5).
bool Service::read_form(Exchange& exchange) const {
  const auto& request = exchange.request;
  const bool is_post = request.method == "POST";
  if (!is_post && request.method != "GET") {  // the name is reported, all else of it is a guess (§1.5)
    exchange.reply = {.status = 404, .content_type = kXml, .body = "<UnknownOperationException/>\n"};
    return false;
  }
  if (is_post && !is_form(request.header("Content-Type"))) {
    exchange.reply = redirect(request);
    return false;
  }
  exchange.form = is_post ? Form::parse(request.body, request.query()) : Form::parse(request.query());
  if (!exchange.form) {
    exchange.reply.status = 400;
    return false;
  }
  exchange.action = exchange.form->find("Action").value_or("");
  if (exchange.action.empty()) exchange.reply = redirect(request);
  return !exchange.action.empty();
}

// Identify, authenticate, dispatch, validate, fail where a test asked for it, run: the order of catalogue
// §1.7. Dispatch is looked at first all the same: it says which service the signature must be for, and a
// request that it refuses must prove itself too.
Result<std::string> Service::answer(Exchange& exchange) {
  const auto operation = dispatch(exchange);
  try {
    identify(exchange);
    if (operation) return perform(**operation, exchange);
    CHECK_OK(check_proof(options_.authentication, exchange.request, exchange.credential,
                         claimed_service(exchange.credential.claim), exchange.now));
    return operation.error();
  } catch (const std::exception& error) {  // a broken store, or no memory
    exchange.cause = error.what();
    return errors::service_failure();
  }
}

Result<const Operation*> Service::dispatch(Exchange& exchange) {
  const auto version = exchange.form->find("Version");
  const auto service = service_of(version.value_or(""));
  if (!service) return errors::invalid_action(exchange.action, version.value_or("NO_VERSION_SPECIFIED"));
  const auto* operation = find_operation(*service, exchange.action);
  if (operation == nullptr && !is_known_operation(*service, exchange.action)) {
    return errors::invalid_action(exchange.action, *version);
  }
  exchange.xmlns = xmlns(*service);
  if (*service == ServiceName::sts) {
    exchange.reply.headers.emplace_back("x-amz-sts-extended-request-id", entropy_.id("", 16));
  }
  if (operation == nullptr) return errors::unsupported_operation(exchange.action);
  exchange.operation = operation;
  return operation;
}

void Service::identify(Exchange& exchange) {
  exchange.credential = find_credential(store_, options_.authentication, exchange.request);
  exchange.account = exchange.credential.account;
  exchange.now = clocks_.now(exchange.account);
}

Result<std::string> Service::perform(const Operation& operation, Exchange& exchange) {
  TRY(Caller caller, authenticate(store_, options_.authentication, exchange.request, exchange.credential,
                                  operation, exchange.now));
  exchange.caller_arn = caller.arn();
  spring_into_being(caller.account, exchange.now);

  const auto invocation = operation.begin(operation.input);
  Violations violations(operation.service == ServiceName::sts);
  invocation->read(*exchange.form, violations);
  CHECK_OK(violations.verdict());

  CHECK_OK(strike(exchange));
  CHECK_OK(within_transaction(operation, *invocation, caller, exchange));
  note_use(caller, exchange.credential.claim, exchange.now);
  return success_body(operation, *invocation, exchange.request_id);
}

// What a test asked to go wrong: an error instead of the call, a wait, or a lost connection before or after
// it.
Result<void> Service::strike(Exchange& exchange) {
  exchange.fault = faults_.strike(exchange.account, exchange.action, [&] { return entropy_.fraction(); });
  if (!exchange.fault) return {};
  const auto& fault = *exchange.fault;
  exchange.reply.delay = fault.delay;
  exchange.reply.drop = fault.drop != Drop::none;
  if (!fault.code.empty()) return AwsError{fault.code, fault.status, fault.message};
  if (fault.drop == Drop::before) return errors::service_failure();  // nobody will read it
  return {};
}

void Service::record(const Exchange& exchange, Duration took) {
  if (on_request) {
    on_request({.request_id = exchange.request_id,
                .action = exchange.action,
                .operation = exchange.operation,
                .account = exchange.account,
                .status = exchange.reply.status,
                .error_code = exchange.error_code,
                .cause = exchange.cause,
                .took = took,
                .from_fault = exchange.fault && exchange.fault->replaces_call()});
  }
  if (exchange.action.empty()) return;
  journal_.add(exchange.account, {.time = exchange.now,
                                  .request_id = exchange.request_id,
                                  .action = shortened(exchange.action, 128),
                                  .caller_arn = exchange.caller_arn,
                                  .parameters = masked_parameters(*exchange.form),
                                  .status = exchange.reply.status,
                                  .error_code = exchange.error_code,
                                  .took = took});
}

Result<void> Service::within_transaction(const Operation& operation, Invocation& invocation, Caller& caller,
                                         const Exchange& exchange) {
  const Circumstances circumstances{.source_ip = exchange.request.peer,
                                    .user_agent = exchange.request.header("User-Agent"),
                                    .region = exchange.credential.claim.region,
                                    .secure = exchange.request.secure};
  Result<void> result;
  const auto body = [&](Tx& tx) {
    result = look_up_again(tx, caller);
    if (!result) return false;
    auto call = call_of(tx, caller, exchange.now, circumstances);
    result = authorize(call, operation, invocation);
    if (result) result = invocation.handle(call);
    return result.has_value() || call.keeps_failure;
  };
  if (operation.access == Access::read) {
    store_.read(caller.account, body);
    return result;
  }
  write_to(caller.account, exchange.now, body);
  return result;
}

Result<void> Service::as_root(AccountId account, const std::function<Result<void>(Call&)>& body) {
  const Caller root{.account = account};
  const Circumstances nowhere;
  const auto now = clocks_.now(account);
  Result<void> result;
  write_to(account, now, [&](Tx& tx) {
    auto call = call_of(tx, root, now, nowhere);
    result = body(call);
    return result.has_value() || call.keeps_failure;
  });
  return result;
}

Call Service::call_of(Tx& tx, const Caller& caller, Instant now, const Circumstances& circumstances) {
  return {.caller = caller,
          .now = now,
          .tx = tx,
          .entropy = entropy_,
          .limits = options_.limits,
          .clocks = clocks_,
          .documents = documents_,
          .circumstances = circumstances,
          .enforces_policies = options_.enforce_policies,
          .propagation_delay = options_.propagation_delay};
}

// With its first use, be it a mere look: when it was created must not change from one look to the next.
void Service::spring_into_being(AccountId account, Instant now) {
  {
    const std::shared_lock lock(known_mutex_);
    if (known_.contains(account.number())) return;
  }
  const std::unique_lock lock(known_mutex_);  // also while it is written: a reset may not come in between
  bool there = false;
  store_.read(account, [&](Tx& tx) { there = tx.account().has_value(); });
  if (!there) write_to(account, now, [](Tx&) { return true; });
  known_.insert(account.number());
}

void Service::write_to(AccountId account, Instant now, const std::function<bool(Tx&)>& body) {
  store_.write(account, [&](Tx& tx) {
    if (!tx.account()) tx.save(new_account(account, now));
    return body(tx);
  });
}

// AWS tells when, where and by which service a key was last used (catalogue §9.2), and when and where a role
// was (§9.7), in whole seconds.
void Service::note_use(const Caller& caller, const signature::Claim& claim, Instant now) {
  const bool key_noted = !caller.access_key || is_noted(*caller.access_key, claim, now);
  const bool role_noted = !caller.role || is_noted(*caller.role, claim, now);
  if (key_noted && role_noted) return;
  try {
    store_.write(caller.account, [&](Tx& tx) {
      return (!key_noted && note_key_use(tx, caller.access_key->access_key_id, claim, now)) ||
             (!role_noted && note_role_use(tx, caller.role->role_id, claim, now));
    });
  } catch (const std::exception&) {
    // The call itself has been kept: to fail it now would be a lie.
  }
}

void Service::change_clock(AccountId id, const std::function<ClockSetting(ClockSetting, Instant)>& change) {
  const std::lock_guard lock(clock_change_);
  const auto setting = change(clocks_.setting(id), Clocks::machine_time());
  store_.write(id, [&](Tx& tx) {
    auto account = tx.account().value_or(new_account(id, Clocks::time_of(setting, Clocks::machine_time())));
    account.clock = setting;
    tx.save(account);
    return true;
  });
  clocks_.set(id, setting);
}

std::string Service::state(AccountId account) {
  std::string document;
  store_.read(account, [&](Tx& tx) { document = export_state(tx); });
  return document;
}

Result<void> Service::replace_state(AccountId account, std::string_view document) {
  const std::lock_guard lock(clock_change_);
  Result<void> result;
  ClockSetting clock;
  store_.write(account, [&](Tx& tx) {
    result = import_state(tx, entropy_, clocks_.now(account), document);
    if (result) clock = tx.account()->clock;
    return result.has_value();
  });
  if (result) clocks_.set(account, clock);
  return result;
}

void Service::take_snapshot(AccountId account, std::string_view name) {
  write_to(account, clocks_.now(account), [&](Tx& tx) {
    tx.snapshots().take(name);
    return true;
  });
}

bool Service::restore_snapshot(AccountId account, std::string_view name) {
  const std::lock_guard lock(clock_change_);
  bool restored = false;
  ClockSetting clock;
  store_.write(account, [&](Tx& tx) {
    restored = tx.snapshots().restore(name);
    if (restored) clock = tx.account()->clock;
    return restored;
  });
  if (restored) clocks_.set(account, clock);
  return restored;
}

std::vector<std::string> Service::snapshots(AccountId account) {
  std::vector<std::string> names;
  store_.read(account, [&](Tx& tx) { names = tx.snapshots().names(); });
  return names;
}

bool Service::remove_snapshot(AccountId account, std::string_view name) {
  bool removed = false;
  store_.write(account, [&](Tx& tx) { return removed = tx.snapshots().remove(name); });
  return removed;
}

void Service::reset(AccountId account) {
  const std::lock_guard lock(clock_change_);
  {
    const std::unique_lock known_lock(known_mutex_);
    store_.write(account, [](Tx& tx) {
      tx.snapshots().clear();
      tx.clear();
      return true;
    });
    known_.erase(account.number());
  }
  clocks_.set(account, {});
  faults_.clear(account);
  journal_.clear(account);
}

void Service::reset_all() {
  for (const auto& account : store_.accounts()) reset(account.id);
  // An account that nothing was kept of may have these all the same.
  faults_.clear();
  journal_.clear();
}

}  // namespace keyfob
