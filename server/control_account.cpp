// Health, the accounts there are, reset, and the paths that people know from other emulators.
#include <algorithm>

#include "server/control_call.h"
#include "server/control_words.h"

namespace keyfob::server {
namespace account_calls {

constexpr const char* kOk[] = {"ok"};
constexpr const char* kEdition[] = {"keyfob"};

struct Health {
  std::string status = "ok";
  std::string version = KEYFOB_VERSION;
  static const Struct json;
};
constexpr Member kHealth[] = {required<&Health::status>("status", {}, {.words = kOk}),
                              required<&Health::version>("version")};
constexpr Struct Health::json{.name = "Health", .members = kHealth};

struct LocalStackHealth {
  std::vector<std::pair<std::string, std::string>> services = {{"iam", "running"}, {"sts", "running"}};
  std::string edition = "keyfob";
  std::string version = KEYFOB_VERSION;
  static const Struct json;
};
constexpr Member kLocalStackHealth[] = {
    required<&LocalStackHealth::services>("services"),
    required<&LocalStackHealth::edition>("edition", {}, {.words = kEdition}),
    required<&LocalStackHealth::version>("version")};
constexpr Struct LocalStackHealth::json{.members = kLocalStackHealth};

struct ShownAccount {
  std::string id;
  std::optional<std::string> alias;
  static const Struct json;
};
constexpr Member kShownAccount[] = {required<&ShownAccount::id>("id", {}, kAccountIdBounds),
                                    optional<&ShownAccount::alias>("alias")};
constexpr Struct ShownAccount::json{.members = kShownAccount};

struct Accounts {
  std::vector<ShownAccount> accounts;
  static const Struct json;
};
constexpr Member kAccounts[] = {required<&Accounts::accounts>("accounts")};
constexpr Struct Accounts::json{.members = kAccounts};

struct MotoReset {
  std::string status = "ok";
  static const Struct json;
};
constexpr Member kMotoReset[] = {required<&MotoReset::status>("status", {}, {.words = kOk})};
constexpr Struct MotoReset::json{.members = kMotoReset};

Result<Health> health(ControlCall&) { return Health{}; }

Result<LocalStackHealth> localstack_health(ControlCall&) { return LocalStackHealth{}; }

// Accounts that something is kept of, and the default one, which comes first.
Result<Accounts> accounts(ControlCall& call) {
  auto known = call.service.store().accounts();
  std::ranges::sort(known, {}, &Account::id);
  const auto default_account = call.service.default_account();
  auto first = std::ranges::find(known, default_account, &Account::id);
  if (first == known.end()) first = known.insert(first, Account{default_account, {}, {}, {}, {}});
  std::rotate(known.begin(), first, first + 1);

  Accounts listed;
  for (const auto& account : known) listed.accounts.push_back({account.id.str(), account.alias});
  return listed;
}

Result<void> reset(ControlCall& call) {
  if (call.all_accounts) {
    call.service.accounts().reset_all();
  } else {
    call.service.accounts().reset(call.account);
  }
  return {};
}

Result<MotoReset> moto_reset(ControlCall& call) {
  call.service.accounts().reset_all();
  return MotoReset{};
}

constexpr Route kRoutes[] = {
    route<&health>({.method = "GET",
                    .path = "/_keyfob/health",
                    .id = "health",
                    .section = &section::kHealthAndReset,
                    .summary = "Whether the server is there.",
                    .is_public = true,
                    .takes_any_query = true,
                    .answers = "It is."}),
    route<&reset>({.method = "POST",
                   .path = "/_keyfob/reset",
                   .id = "reset",
                   .section = &section::kHealthAndReset,
                   .summary = "Makes the account as new, its clock, faults, journal and snapshots too.",
                   .takes_all = true}),
    route<&localstack_health>({.method = "GET",
                               .path = "/_localstack/health",
                               .id = "localstackHealth",
                               .section = &section::kHealthAndReset,
                               .summary = "LocalStack's health call.",
                               .is_public = true,
                               .takes_any_query = true,
                               .answers = "The services are running."}),
    route<&moto_reset>({.method = "POST",
                        .path = "/moto-api/reset",
                        .id = "motoReset",
                        .section = &section::kHealthAndReset,
                        .summary = "Moto's reset call: all accounts as new.",
                        .takes_any_query = true,
                        .answers = "Done."}),
    route<&accounts>({.method = "GET",
                      .path = "/_keyfob/accounts",
                      .id = "accounts",
                      .section = &section::kAccounts,
                      .summary = "The accounts that something is kept of, the default one first.",
                      .answers = "The accounts."}),
};

}  // namespace account_calls

std::span<const Route> account_routes() { return account_calls::kRoutes; }

}  // namespace keyfob::server
