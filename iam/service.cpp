#include "iam/service.h"

#include "iam/errors.h"
#include "iam/operations.h"
#include "protocol/query.h"
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

Account new_account(AccountId id, Instant now) {
  return {.id = id, .created = now, .alias = {}, .clock = {}, .root_password_last_used = {}};
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

struct Service::Answer {
  HttpReply reply;
  AccountId account;
  std::string action = {};
  std::string error_code = {};
};

Service::Service(Store& store, ServiceOptions options)
    : store_(store),
      options_(std::move(options)),
      entropy_(options_.entropy_seed ? Entropy(*options_.entropy_seed) : Entropy()) {
  for (const auto& account : store_.accounts()) clocks_.set(account.id, account.clock);
}

HttpReply Service::handle(const HttpRequest& request) {
  const auto started = std::chrono::steady_clock::now();
  const auto request_id = entropy_.uuid();
  auto answer = this->answer(request, request_id);
  answer.reply.headers.emplace_back("x-amzn-RequestId", request_id);
  if (on_request) {
    on_request({.request_id = request_id,
                .action = answer.action,
                .account = answer.account,
                .status = answer.reply.status,
                .error_code = answer.error_code,
                .took = std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - started)});
  }
  return std::move(answer.reply);
}

// Identify, dispatch, then run: the order of catalogue §1.5 and §1.7.
Service::Answer Service::answer(const HttpRequest& request, const std::string& request_id) {
  const auto account = options_.authentication.default_account;
  const bool is_post = request.method == "POST";
  if (is_post && request.body.empty() && request.query().empty())
    return {.reply = {.status = 400}, .account = account};
  if (is_post && !is_form(request.header("Content-Type")))
    return {.reply = redirect(request), .account = account};

  const auto form = is_post ? Form::parse(request.body, request.query()) : Form::parse(request.query());
  if (!form) return {.reply = {.status = 400}, .account = account};
  const auto action = form->find("Action");
  if (!action || action->empty()) return {.reply = redirect(request), .account = account};

  const auto fail = [&](const AwsError& error, const char* ns, AccountId of) {
    return Answer{
        .reply = {.status = error.status, .content_type = kXml, .body = error_body(error, ns, request_id)},
        .account = of,
        .action = std::string(*action),
        .error_code = error.code};
  };
  const auto version = form->find("Version");
  const auto service = service_of(version.value_or(""));
  if (!service)
    return fail(errors::invalid_action(*action, version.value_or("NO_VERSION_SPECIFIED")), kFaultXmlns,
                account);
  const auto* operation = find_operation(*service, *action);
  if (operation == nullptr && !is_known_operation(*service, *action)) {
    return fail(errors::invalid_action(*action, *version), kFaultXmlns, account);
  }

  try {
    const auto credential = find_credential(store_, options_.authentication, request);
    const auto now = clocks_.now(credential.account);
    const auto body = operation == nullptr ? Result<std::string>(errors::unsupported_operation(*action))
                                           : run(*operation, *form, request, credential, now, request_id);
    if (!body) return fail(body.error(), xmlns(*service), credential.account);
    Answer answer{.reply = {.status = 200, .content_type = kXml, .body = *body},
                  .account = credential.account,
                  .action = std::string(*action)};
    if (*service == ServiceName::sts) {
      answer.reply.headers.emplace_back("x-amz-sts-extended-request-id", entropy_.id("", 16));
    }
    return answer;
  } catch (const std::exception&) {  // a broken store, or no memory: nothing was kept
    return fail(errors::service_failure(), xmlns(*service), account);
  }
}

Result<std::string> Service::run(const Operation& operation, const Form& form, const HttpRequest& request,
                                 const Credential& credential, Instant now, const std::string& request_id) {
  TRY(const Caller caller,
      authenticate(store_, options_.authentication, request, credential, operation.service, now));

  const auto invocation = operation.begin(operation.input);
  Violations violations(operation.service == ServiceName::sts);
  invocation->read(form, violations);
  CHECK_OK(violations.verdict());

  CHECK_OK(within_transaction(operation, *invocation, caller, now));
  note_key_use(caller, credential.claim, now);
  return success_body(operation, *invocation, request_id);
}

Result<void> Service::within_transaction(const Operation& operation, Invocation& invocation,
                                         const Caller& caller, Instant now) {
  Result<void> result;
  const auto body = [&](Tx& tx) {
    Call call{.caller = caller,
              .now = now,
              .tx = tx,
              .entropy = entropy_,
              .limits = options_.limits,
              .propagation_delay = options_.propagation_delay};
    result = invocation.handle(call);
    return result.has_value() || call.keeps_failure;
  };
  if (operation.access == Access::read) {
    store_.read(caller.account, body);
    return result;
  }
  store_.write(caller.account, [&](Tx& tx) {
    // The account springs into being with the first thing kept of it.
    if (!tx.account()) tx.save(new_account(caller.account, now));
    return body(tx);
  });
  return result;
}

// AWS tells when, where and by which service a key was last used (catalogue §9.2), in whole seconds.
void Service::note_key_use(const Caller& caller, const signature::Claim& claim, Instant now) {
  if (!caller.access_key) return;
  const auto& key = *caller.access_key;
  using std::chrono::floor;
  using std::chrono::seconds;
  const bool noted = key.last_used && floor<seconds>(*key.last_used) == floor<seconds>(now) &&
                     key.last_used_service == claim.service && key.last_used_region == claim.region;
  if (noted) return;
  store_.write(caller.account, [&](Tx& tx) {
    auto stored = tx.access_key(key.access_key_id);
    if (!stored) return false;  // deleted meanwhile, by this very call for one
    stored->last_used = now;
    stored->last_used_service = claim.service;
    stored->last_used_region = claim.region;
    tx.update(*stored);
    return true;
  });
}

void Service::change_clock(AccountId id, const std::function<ClockSetting(ClockSetting, Instant)>& change) {
  const std::lock_guard lock(clock_change_);
  const auto setting = change(clocks_.setting(id), Clocks::machine_time());
  store_.write(id, [&](Tx& tx) {
    auto account = tx.account().value_or(new_account(id, clocks_.now(id)));
    account.clock = setting;
    tx.save(account);
    return true;
  });
  clocks_.set(id, setting);
}

void Service::reset(AccountId account) {
  store_.write(account, [](Tx& tx) {
    tx.clear();
    return true;
  });
  clocks_.set(account, {});
}

void Service::reset_all() {
  for (const auto& account : store_.accounts()) reset(account.id);
}

}  // namespace keyfob
