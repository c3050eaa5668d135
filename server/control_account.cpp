// Health, the accounts there are, reset, and the doors for people who come from other emulators.
#include <algorithm>
#include <boost/json.hpp>

#include "server/control_call.h"
#include "server/json_reply.h"

namespace keyfob::server {
namespace {

Result<HttpReply> health(ControlCall&) { return json_reply({{"status", "ok"}, {"version", KEYFOB_VERSION}}); }

Result<HttpReply> localstack_health(ControlCall&) {
  return json_reply({{"services", {{"iam", "running"}, {"sts", "running"}}},
                     {"edition", "keyfob"},
                     {"version", KEYFOB_VERSION}});
}

// Accounts that something is kept of, and the default one, which comes first.
Result<HttpReply> accounts(ControlCall& call) {
  auto known = call.service.store().accounts();
  std::ranges::sort(known, {}, &Account::id);
  const auto default_account = call.service.default_account();
  auto first = std::ranges::find(known, default_account, &Account::id);
  if (first == known.end()) first = known.insert(first, Account{default_account, {}, {}, {}, {}});
  std::rotate(known.begin(), first, first + 1);

  boost::json::array listed;
  for (const auto& account : known) {
    boost::json::object item{{"id", account.id.str()}};
    if (account.alias) item["alias"] = *account.alias;
    listed.push_back(std::move(item));
  }
  return json_reply({{"accounts", std::move(listed)}});
}

Result<HttpReply> reset(ControlCall& call) {
  if (call.all_accounts) {
    call.service.accounts().reset_all();
  } else {
    call.service.accounts().reset(call.account);
  }
  return no_content();
}

Result<HttpReply> moto_reset(ControlCall& call) {
  call.service.accounts().reset_all();
  return json_reply({{"status", "ok"}});
}

constexpr Route kRoutes[] = {
    {"GET", "/_keyfob/health", health},      {"GET", "/_keyfob/accounts", accounts},
    {"POST", "/_keyfob/reset", reset, true}, {"GET", "/_localstack/health", localstack_health},
    {"POST", "/moto-api/reset", moto_reset},
};

}  // namespace

std::span<const Route> account_routes() { return kRoutes; }

}  // namespace keyfob::server
