#include "iam/state.h"

#include <boost/json.hpp>

#include "iam/names.h"
#include "protocol/shape.h"
#include "totp/base32.h"
#include "totp/code.h"

namespace keyfob {
namespace {

namespace json = boost::json;

constexpr std::int64_t kVersion = 1;
constexpr std::int64_t kFarthestDrift = 1'000'000'000;  // steps; far from where arithmetic could overflow

// Dates keep their microseconds, so that what is imported equals what was exported.
std::string date(Instant at) {
  auto text = to_iso8601(at);
  const auto micros = (at - std::chrono::floor<std::chrono::seconds>(at)).count();
  if (micros != 0) text.insert(text.size() - 1, "." + std::to_string(1'000'000 + micros).substr(1));
  return text;
}

// --- Out ---

void put(json::object& object, const char* name, const std::optional<Instant>& at) {
  if (at) object[name] = date(*at);
}

json::array tags_json(const std::vector<Tag>& tags) {
  json::array list;
  for (const auto& tag : tags) list.push_back({{"key", tag.key}, {"value", tag.value}});
  return list;
}

json::object key_json(const AccessKey& key) {
  json::object object{{"accessKeyId", key.access_key_id},
                      {"secretAccessKey", key.secret.reveal()},
                      {"status", key.active ? "Active" : "Inactive"},
                      {"createDate", date(key.created)}};
  if (key.last_used) {
    object["lastUsed"] = {
        {"date", date(*key.last_used)}, {"service", key.last_used_service}, {"region", key.last_used_region}};
  }
  return object;
}

json::object user_json(Tx& tx, const User& user) {
  json::object object{{"userName", user.name},
                      {"userId", user.user_id},
                      {"path", user.path},
                      {"createDate", date(user.created)},
                      {"tags", tags_json(tx.tags(tagged_user(user.user_id)))}};
  put(object, "passwordLastUsed", user.password_last_used);
  if (user.boundary) object["permissionsBoundary"] = *user.boundary;
  json::array keys;
  for (const auto& key : tx.access_keys_of(user.user_id)) keys.push_back(key_json(key));
  object["accessKeys"] = std::move(keys);
  if (const auto profile = tx.login_profile(user.user_id)) {
    object["loginProfile"] = {{"password", profile->password.reveal()},
                              {"createDate", date(profile->created)},
                              {"passwordChanged", date(profile->password_changed)},
                              {"passwordResetRequired", profile->password_reset_required}};
  }
  return object;
}

constexpr const char* kDeviceTypes[] = {"virtual", "hardware", "fido"};

json::object device_json(Tx& tx, const Device& device) {
  json::object object{{"serialNumber", device.serial_number},
                      {"type", kDeviceTypes[int(device.kind)]},
                      {"seed", totp::base32_encode(device.seed.reveal())},
                      {"drift", device.drift},
                      {"tags", tags_json(tx.tags(tagged_device(device.serial_number)))}};
  if (!device.label.empty()) object["label"] = device.label;
  if (device.last_pair) object["lastPair"] = *device.last_pair;
  if (device.owner == tx.account_id().str()) {
    object["root"] = true;
  } else if (device.owner) {
    if (const auto user = tx.user_by_id(*device.owner)) object["userName"] = user->name;
  }
  put(object, "enableDate", device.enabled);
  put(object, "ownerChanged", device.owner_changed);
  if (device.previous_owner) object["previousOwner"] = *device.previous_owner;
  if (!device.certifications.empty()) {
    json::object certifications;
    for (const auto& [key, value] : device.certifications) certifications[key] = value;
    object["certifications"] = std::move(certifications);
  }
  json::array used;
  for (const auto step : tx.used_codes(device.serial_number)) used.push_back(step);
  if (!used.empty()) object["usedCodes"] = std::move(used);
  return object;
}

json::object session_json(const Session& session) {
  json::object object{{"accessKeyId", session.access_key_id},
                      {"userId", session.user_id},
                      {"secretAccessKey", session.secret.reveal()},
                      {"sessionToken", session.token.reveal()},
                      {"issued", date(session.issued)},
                      {"expiration", date(session.expires)}};
  put(object, "mfaAt", session.mfa_at);
  return object;
}

template <class Visit>
void for_each_user(Tx& tx, Visit visit) {
  std::string last_seen;
  for (bool more = true; more;) {
    const auto page = tx.users("/", std::string(last_seen), 1000, last_seen);
    for (const auto& user : page.items) visit(user);
    more = page.more;
  }
}

// --- In ---

// What is wrong with a document, and where. Thrown inside this file alone.
struct Wrong {
  std::string message;
};

// A place in the document: its value and how to name it.
class Place {
 public:
  Place(const json::value* value, std::string path) : value_(value), path_(std::move(path)) {}

  explicit operator bool() const { return value_ != nullptr && !value_->is_null(); }
  [[noreturn]] void fail(const std::string& why) const {
    throw Wrong{(path_.empty() ? "the document" : path_) + ": " + why};
  }

  Place operator[](const char* name) const {
    if (!value_->is_object()) fail("must be an object");
    return {value_->get_object().if_contains(name), path_.empty() ? name : path_ + "." + name};
  }
  std::vector<Place> items() const {
    std::vector<Place> items;
    if (!*this) return items;
    if (!value_->is_array()) fail("must be an array");
    const auto& array = value_->get_array();
    for (std::size_t i = 0; i < array.size(); ++i)
      items.emplace_back(&array[i], path_ + "[" + std::to_string(i) + "]");
    return items;
  }
  std::vector<std::pair<std::string, std::string>> entries() const {
    std::vector<std::pair<std::string, std::string>> entries;
    if (!*this) return entries;
    if (!value_->is_object()) fail("must be an object");
    for (const auto& [key, value] : value_->get_object()) {
      entries.emplace_back(key, Place(&value, path_ + "." + std::string(key)).text());
    }
    return entries;
  }

  std::string text() const {
    if (!*this) fail("is required");
    if (!value_->is_string()) fail("must be a string");
    return std::string(value_->get_string());
  }
  std::string text(const std::string& otherwise) const { return *this ? text() : otherwise; }
  std::optional<std::string> maybe_text() const { return *this ? std::optional(text()) : std::nullopt; }
  // A text of that shape.
  std::string text(const Shape& shape) const {
    auto value = text();
    const auto length = std::int64_t(value.size());
    if (length < shape.min || length > shape.max || (shape.accepts != nullptr && !shape.accepts(value))) {
      fail("is not what AWS allows here (" + std::string(shape.pattern) + ")");
    }
    return value;
  }
  bool boolean(bool otherwise) const {
    if (!*this) return otherwise;
    if (!value_->is_bool()) fail("must be true or false");
    return value_->get_bool();
  }
  std::int64_t integer(std::int64_t otherwise) const {
    if (!*this) return otherwise;
    if (!value_->is_int64()) fail("must be an integer");
    return value_->get_int64();
  }
  std::int64_t step(std::int64_t otherwise) const {
    const auto value = integer(otherwise);
    if (value < -kFarthestDrift || value > kFarthestDrift) fail("is out of range");
    return value;
  }
  std::optional<Instant> maybe_date() const {
    if (!*this) return std::nullopt;
    const auto at = from_iso8601(text());
    if (!at) fail("must be a time like 2026-01-01T00:00:00Z");
    return at;
  }
  Instant date(Instant otherwise) const { return maybe_date().value_or(otherwise); }

 private:
  const json::value* value_;
  std::string path_;
};

class Importer {
 public:
  Importer(Tx& tx, Entropy& entropy, Instant now) : tx_(tx), entropy_(entropy), now_(now) {}

  void run(const Place& document) {
    if (document["version"].integer(kVersion) != kVersion) document["version"].fail("must be 1");
    const auto clock = this->clock(document["clock"]);
    tx_.clear();
    tx_.save(Account{.id = tx_.account_id(),
                     .created = document["createDate"].date(now_),
                     .alias = alias(document["alias"]),
                     .clock = clock,
                     .root_password_last_used = document["rootPasswordLastUsed"].maybe_date()});
    for (const auto& user : document["users"].items()) add_user(user);
    for (const auto& device : document["devices"].items()) add_device(device);
    for (const auto& session : document["sessions"].items()) add_session(session);
  }

 private:
  // A document without a clock leaves the account's as it stands.
  ClockSetting clock(const Place& place) {
    if (!place) return tx_.account() ? tx_.account()->clock : ClockSetting{};
    return {.offset = Duration{place["offsetMicroseconds"].integer(0)},
            .frozen_at = place["frozenAt"].maybe_date()};
  }

  std::optional<std::string> alias(const Place& place) {
    if (!place) return std::nullopt;
    auto alias = place.text(shape::kAccountAlias);
    if (tx_.account_with_alias(alias)) place.fail("is another account's alias");
    return alias;
  }

  void add_tags(const Place& place, const Tagged& resource) {
    for (const auto& tag : place.items()) {
      tx_.set_tag(resource,
                  {.key = tag["key"].text(shape::kTagKey), .value = tag["value"].text(shape::kTagValue)});
    }
  }

  void add_user(const Place& place) {
    User user{.user_id = place["userId"].text(entropy_.id("AIDA", 17)),
              .name = place["userName"].text(shape::kUserName),
              .path = place["path"] ? place["path"].text(shape::kPath) : "/",
              .created = place["createDate"].date(now_),
              .password_last_used = place["passwordLastUsed"].maybe_date(),
              .boundary = place["permissionsBoundary"].maybe_text()};
    if (tx_.user(user.name)) place["userName"].fail("is there twice");
    if (tx_.user_by_id(user.user_id)) place["userId"].fail("is there twice");
    tx_.add(user);
    add_tags(place["tags"], tagged_user(user.user_id));
    for (const auto& key : place["accessKeys"].items()) add_key(key, user);
    if (const auto profile = place["loginProfile"]) {
      const auto created = profile["createDate"].date(now_);
      tx_.save(LoginProfile{.user_id = user.user_id,
                            .password = Secret{profile["password"].text(shape::kPassword)},
                            .created = created,
                            .password_changed = profile["passwordChanged"].date(created),
                            .password_reset_required = profile["passwordResetRequired"].boolean(false)});
    }
  }

  void add_key(const Place& place, const User& user) {
    AccessKey key;
    key.access_key_id = place["accessKeyId"].text(entropy_.id("AKIA", 16));
    if (!key.access_key_id.starts_with("AKIA") || !shape::is_word(key.access_key_id)) {
      place["accessKeyId"].fail("must start with AKIA and be letters and digits");
    }
    if (tx_.access_key(key.access_key_id)) place["accessKeyId"].fail("is known already");
    key.account = tx_.account_id();
    key.user_id = user.user_id;
    key.secret = place["secretAccessKey"] ? Secret{place["secretAccessKey"].text()} : entropy_.secret_key();
    const auto status = place["status"].text("Active");
    if (status != "Active" && status != "Inactive") place["status"].fail("must be Active or Inactive");
    key.active = status == "Active";
    key.created = place["createDate"].date(now_);
    if (const auto used = place["lastUsed"]) {
      key.last_used = used["date"].maybe_date();
      key.last_used_service = used["service"].text("");
      key.last_used_region = used["region"].text("");
    }
    tx_.add(key);
  }

  // A virtual device may be written down by its name alone.
  std::string serial_number(const Place& place, DeviceKind kind) {
    if (kind != DeviceKind::virtual_totp || place["serialNumber"])
      return place["serialNumber"].text(shape::kSerialNumber);
    const auto path = place["path"] ? place["path"].text(shape::kPath) : "/";
    return mfa_arn(tx_.account_id(), path, place["name"].text(shape::kVirtualMFADeviceName));
  }

  Secret seed(const Place& place, DeviceKind kind) {
    if (kind == DeviceKind::fido) return {};
    if (!place) return Secret{entropy_.bytes(totp::kSeedBytes)};
    const auto bytes = totp::base32_decode(place.text());
    if (!bytes || bytes->empty()) place.fail("must be base32");
    return Secret{*bytes};
  }

  std::optional<std::string> owner(const Place& place) {
    if (place["root"].boolean(false)) return tx_.account_id().str();
    if (!place["userName"]) return std::nullopt;
    const auto user = tx_.user(place["userName"].text());
    if (!user) place["userName"].fail("is no user of this document");
    return user->user_id;
  }

  void add_device(const Place& place) {
    const auto type = place["type"].text("virtual");
    const auto* const named = std::find(std::begin(kDeviceTypes), std::end(kDeviceTypes), type);
    if (named == std::end(kDeviceTypes)) place["type"].fail("must be virtual, hardware or fido");
    Device device;
    device.kind = static_cast<DeviceKind>(named - std::begin(kDeviceTypes));
    device.serial_number = serial_number(place, device.kind);
    if (tx_.device(device.serial_number)) place.fail("its serial number is there twice");
    if (device.kind == DeviceKind::virtual_totp) {
      device.label = place["label"].text(tx_.account()->alias.value_or(tx_.account_id().str()));
    }
    device.seed = seed(place["seed"], device.kind);
    device.drift = place["drift"].step(0);
    if (place["lastPair"]) device.last_pair = place["lastPair"].step(0);
    device.owner = owner(place);
    if (device.owner) device.enabled = place["enableDate"].date(now_);
    device.owner_changed = place["ownerChanged"].maybe_date();
    device.previous_owner = place["previousOwner"].maybe_text();
    device.certifications = place["certifications"].entries();
    tx_.add(device);
    add_tags(place["tags"], tagged_device(device.serial_number));
    for (const auto& used : place["usedCodes"].items()) {
      tx_.use_code(device.serial_number, used.step(0), -kFarthestDrift);
    }
  }

  void add_session(const Place& place) {
    Session session{.access_key_id = place["accessKeyId"].text(shape::kAccessKeyId),
                    .account = tx_.account_id(),
                    .user_id = place["userId"].text(),
                    .secret = Secret{place["secretAccessKey"].text()},
                    .token = Secret{place["sessionToken"].text()},
                    .issued = place["issued"].date(now_),
                    .expires = place["expiration"].date(now_),
                    .mfa_at = place["mfaAt"].maybe_date()};
    if (tx_.session(session.access_key_id)) place["accessKeyId"].fail("is known already");
    tx_.add(session);
  }

  Tx& tx_;
  Entropy& entropy_;
  Instant now_;
};

}  // namespace

std::string export_state(Tx& tx) {
  json::object document{{"version", kVersion}, {"account", tx.account_id().str()}};
  const auto account = tx.account();
  if (account) {
    document["createDate"] = date(account->created);
    if (account->alias) document["alias"] = *account->alias;
    put(document, "rootPasswordLastUsed", account->root_password_last_used);
  }
  // Always there: a snapshot taken before the clock was touched brings the machine's time back.
  const auto setting = account ? account->clock : ClockSetting{};
  json::object clock{{"offsetMicroseconds", setting.offset.count()}};
  put(clock, "frozenAt", setting.frozen_at);
  document["clock"] = std::move(clock);
  json::array users;
  for_each_user(tx, [&](const User& user) { users.push_back(user_json(tx, user)); });
  json::array devices;
  for (const auto& device : tx.devices()) devices.push_back(device_json(tx, device));
  json::array sessions;
  for (const auto& session : tx.sessions()) sessions.push_back(session_json(session));
  document["users"] = std::move(users);
  document["devices"] = std::move(devices);
  document["sessions"] = std::move(sessions);
  return json::serialize(document) + "\n";
}

Result<void> import_state(Tx& tx, Entropy& entropy, Instant now, std::string_view document) {
  boost::system::error_code error;
  const auto value = json::parse(json::string_view(document.data(), document.size()), error);
  if (error) return AwsError{"BadRequest", 400, "The document isn't JSON: " + error.message()};
  try {
    Importer(tx, entropy, now).run(Place(&value, ""));
  } catch (const Wrong& wrong) {
    return AwsError{"BadRequest", 400, wrong.message};
  }
  return {};
}

}  // namespace keyfob
