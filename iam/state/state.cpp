#include "iam/state/state.h"

#include <boost/json.hpp>

#include "iam/call/clocks.h"
#include "iam/state/section.h"
#include "protocol/json_text.h"

namespace keyfob {
namespace account_state {

namespace json = boost::json;

constexpr std::int64_t kVersion = 1;
struct VersionForm {
  static std::int64_t read(const Place& place) {
    if (place.integer() != kVersion) place.fail("must be " + std::to_string(kVersion));
    return kVersion;
  }
  static json::value write(std::int64_t version) { return version; }
  static json::object schema(json::object&) { return {{"const", kVersion}}; }
};

struct AccountForm : JsonForm<std::string> {
  static json::object schema(json::object&) { return {{"type", "string"}, {"pattern", "^[0-9]{12}$"}}; }
};

struct Clock {
  std::int64_t offset = 0;
  std::optional<Instant> frozen_at;
};
constexpr auto kFarthestOffset = std::int64_t{(kLatestTime - kEarliestTime).count()};
constexpr JsonMember kClockMembers[] = {
    optional<&Clock::offset, Within<-kFarthestOffset, kFarthestOffset>>("offsetMicroseconds",
                                                                        "Ahead of the machine's time."),
    optional<&Clock::frozen_at>("frozenAt", "It is stopped here."),
};
constexpr JsonKind kClock{.name = "clock", .members = kClockMembers};

// What stands in the document beside its sections.
struct Head {
  std::int64_t version = kVersion;
  std::optional<std::string> account;
  std::optional<Instant> created;
  std::optional<std::string> alias;
  std::optional<Instant> root_password_last_used;
  std::optional<Clock> clock;
};
constexpr JsonMember kHeadMembers[] = {
    ignored("$schema", "For editors: where this schema lies."),
    optional<&Head::version, VersionForm>("version", "Of this format."),
    optional<&Head::account, AccountForm>(
        "account", "Where the document came from: it goes into an account of that number alone."),
    optional<&Head::created>("createDate", "When the account was made.", "now"),
    optional<&Head::alias, Shaped<shape::kAccountAlias>>("alias", "The account's alias."),
    optional<&Head::root_password_last_used>("rootPasswordLastUsed", "When root signed in last."),
    optional<&Head::clock>("clock", "The account's time.", "it stays as it is"),
};
constexpr JsonKind kHead{.name = "account", .members = kHeadMembers};

}  // namespace account_state

template <>
const JsonKind& json_kind<account_state::Clock>() {
  return account_state::kClock;
}
template <>
const JsonKind& json_kind<account_state::Head>() {
  return account_state::kHead;
}

namespace account_state {

// The head's members and the sections together.
const JsonKind& document_kind() {
  static const auto members = [] {
    std::vector<JsonMember> all(std::begin(kHeadMembers), std::end(kHeadMembers));
    for (const auto* section : kStateSections) all.push_back(section->member);
    return all;
  }();
  static const JsonKind kind{
      .name = "state",
      .meaning =
          "What GET /_keyfob/state writes and PUT /_keyfob/state and --fixture read. Nearly everything may "
          "be "
          "left out: it is made up as AWS would make it. Members that are not described here are refused.",
      .members = members};
  return kind;
}

Head gather_head(ReadTx& tx) {
  const auto account = tx.account();
  // The clock is always there: importing it brings the machine's time back, where that was the time.
  const auto setting = account ? account->clock : ClockSetting{};
  Head head;
  head.account = tx.account_id().str();
  head.clock = Clock{.offset = setting.offset.count(), .frozen_at = setting.frozen_at};
  if (account) {
    head.created = account->created;
    head.alias = account->alias;
    head.root_password_last_used = account->root_password_last_used;
  }
  return head;
}

ClockSetting checked_setting(const Clock& clock, const Place& place) {
  const ClockSetting setting{.offset = Duration{clock.offset}, .frozen_at = clock.frozen_at};
  if (!is_tellable(Clocks::machine_time() + setting.offset))
    place["offsetMicroseconds"].fail("leads out of the years 1970 to 9998");
  if (!is_tellable(setting.frozen_at.value_or(kEarliestTime)))
    place["frozenAt"].fail("must be in the years 1970 to 9998");
  return setting;
}

void store_head(const Importing& importing, const Head& head, const Place& place) {
  auto& tx = importing.tx;
  if (head.account && *head.account != tx.account_id().str())
    place["account"].fail("is another account, whose ARNs are in the document");
  const auto before = tx.account();
  const auto clock =
      head.clock ? checked_setting(*head.clock, place["clock"]) : (before ? before->clock : ClockSetting{});
  tx.clear();
  if (head.alias && tx.account_with_alias(*head.alias)) place["alias"].fail("is another account's alias");
  tx.save(Account{.id = tx.account_id(),
                  .created = head.created.value_or(importing.now),
                  .alias = head.alias,
                  .clock = clock,
                  .root_password_last_used = head.root_password_last_used});
}

void store_section(const Importing& importing, const StateSection& section, const Place& place) {
  if (!place) return;
  if (section.is_list) {
    for (std::size_t i = 0; i < place.array().size(); ++i) section.store(importing, place[i]);
  } else {
    section.store(importing, place);
  }
  if (section.settle) section.settle(importing.tx);
}

void store_document(const Importing& importing, const Place& place) {
  if (place.object().empty()) place.fail("is empty; {\"version\":1} is an account without anything");
  store_head(importing, from_json<Head>(place), place);
  for (const auto* section : kStateSections) store_section(importing, *section, place[section->member.name]);
  expect_known_members(document_kind(), place);
}

void append_section(std::string& text, ReadTx& tx, const StateSection& section) {
  const auto begin = ",\"" + std::string(section.member.name) + "\":";
  if (section.is_list) text += begin + "[";
  bool any = false;
  section.gather(tx, [&](const json::object& thing) {
    if (any) text += ",";
    if (!section.is_list) text += begin;
    text += json::serialize(thing);
    any = true;
  });
  if (section.is_list) text += "]";
}

}  // namespace account_state

std::string export_state(ReadTx& tx) {
  auto text = boost::json::serialize(to_json(account_state::gather_head(tx)));
  text.pop_back();  // the sections follow inside
  for (const auto* section : kStateSections) account_state::append_section(text, tx, *section);
  return text + "}\n";
}

Result<void> import_state(Tx& tx, Entropy& entropy, Instant now, std::string_view document) {
  TRY(const boost::json::value value, parse_json(document, "The document"));
  try {
    account_state::store_document({.tx = tx, .entropy = entropy, .now = now}, Place(value));
  } catch (const Wrong& wrong) {
    return AwsError{"BadRequest", 400, wrong.message};
  }
  return {};
}

boost::json::object state_schema() {
  boost::json::object schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                             {"title", "The state of a keyfob account"}};
  boost::json::object definitions;
  for (auto& [name, value] : object_schema(account_state::document_kind(), definitions))
    schema.emplace(name, std::move(value));
  schema["$defs"] = std::move(definitions);
  return schema;
}

}  // namespace keyfob
