// Devices, and how often their codes were tried, in the state document.
#include "iam/call/names.h"
#include "iam/devices/fido.h"
#include "iam/state/forms.h"
#include "iam/state/section.h"
#include "iam/tags/tag_state.h"
#include "totp/base32.h"
#include "totp/code.h"

namespace keyfob {
namespace device_state {

// Base32 as it was written: whether it is a seed is asked only of a device that has one.
struct SeedForm : Hidden<JsonForm<std::string>> {
  static boost::json::object schema(boost::json::object&) {
    return {{"type", "string"}, {"pattern", "^[A-Za-z2-7]*=*$"}};
  }
};

struct DeviceState {
  std::optional<std::string> serial_number;
  DeviceKind kind = DeviceKind::virtual_totp;
  std::optional<Secret> seed;
  std::int64_t drift = 0;
  std::vector<Tag> tags;
  std::optional<std::string> label;
  std::optional<std::int64_t> last_pair;
  bool root = false;
  std::optional<std::string> user_name;
  std::optional<Instant> enabled;
  Certifications certifications;
  std::vector<std::int64_t> used_codes;
  // By hand one writes these in the place of the serial number.
  std::optional<std::string> name;
  std::optional<std::string> path;
};
constexpr JsonMember kMembers[] = {
    optional<&DeviceState::serial_number, Shaped<shape::kSerialNumber>>(
        "serialNumber", "Its serial number; a virtual device's is its ARN.", "made of `path` and `name`"),
    optional<&DeviceState::kind, OneOf<DeviceKind, kDeviceTypes>>("type", "What it is."),
    optional<&DeviceState::seed, SeedForm>("seed", "Its seed in base32; empty for a security key.",
                                           "made up"),
    optional<&DeviceState::drift, Step>("drift", "How many steps it is ahead."),
    tags_member<&DeviceState::tags>(),
    optional<&DeviceState::label, Shaped<shape::kAccountAlias>>(
        "label", "Of a virtual device: the account's name in the QR image's URI.",
        "the account's alias or number"),
    optional<&DeviceState::last_pair, Step>("lastPair", "The step of the last accepted pair's second code."),
    sparse<&DeviceState::root>("root", "Whether the account's root holds it."),
    optional<&DeviceState::user_name>("userName", "Who holds it, a user of this document.", "nobody"),
    optional<&DeviceState::enabled>("enableDate", "When its holder got it.", "now, where it has a holder"),
    sparse<&DeviceState::certifications>("certifications", "Of a security key, such as {\"FIDO\": \"L1\"}."),
    sparse<&DeviceState::used_codes, ListOf<Step>>(
        "usedCodes", "Steps of 30 seconds, counted from 1970, whose codes STS accepted."),
    optional<&DeviceState::name, Shaped<shape::kVirtualMFADeviceName>>(
        "name", "A virtual device's name, written by hand in the place of the serial number."),
    optional<&DeviceState::path, Shaped<shape::kPath>>("path", "The path beside `name`.", "`/`"),
};
constexpr JsonKind kKind{
    .name = "device",
    .members = kMembers,
    .rules = R"({"if": {"properties": {"type": {"enum": ["hardware", "fido"]}}, "required": ["type"]},
                 "then": {"required": ["serialNumber"]},
                 "else": {"anyOf": [{"required": ["serialNumber"]}, {"required": ["name"]}]}})"};

constexpr JsonMember kTriesMembers[] = {
    required<&Tries::serial_number>("serialNumber", "Whose codes."),
    optional<&Tries::slot, Step>("slot", "Which three minutes, counted from 1970."),
    optional<&Tries::number, Step>("number", "How often."),
};
constexpr JsonKind kTries{.name = "tries", .members = kTriesMembers};

}  // namespace device_state

template <>
const JsonKind& json_kind<device_state::DeviceState>() {
  return device_state::kKind;
}
template <>
const JsonKind& json_kind<Tries>() {
  return device_state::kTries;
}

namespace device_state {

void gather(ReadTx& tx, const Found<DeviceState>& found) {
  for (const auto& device : tx.devices()) {
    DeviceState state;
    state.serial_number = device.serial_number;
    state.kind = device.kind;
    state.seed = Secret{totp::base32_encode(device.seed.reveal())};
    state.drift = device.drift;
    state.tags = tx.tags(tagged_device(device.serial_number));
    if (!device.label.empty()) state.label = device.label;
    state.last_pair = device.last_pair;
    state.root = device.owner == tx.account_id().str();
    if (device.owner && !state.root) {
      if (const auto user = tx.user_by_id(*device.owner)) state.user_name = user->name;
    }
    state.enabled = device.enabled;
    state.certifications = device.certifications;
    state.used_codes = tx.used_codes(device.serial_number);
    found(state);
  }
}

// What has no meaning for this device is a slip of the pen.
void expect_absent(bool is_there, const Place& place) {
  if (is_there) place.fail("is not known here");
}

std::string serial_number(const Tx& tx, const DeviceState& state, const Place& place) {
  if (state.kind == DeviceKind::virtual_totp && !state.serial_number) {
    if (!state.name) place["name"].fail("is required");
    return mfa_arn(tx.account_id(), state.path.value_or("/"), *state.name);
  }
  if (!state.serial_number) place["serialNumber"].fail("is required");
  expect_absent(state.name.has_value(), place["name"]);
  expect_absent(state.path.has_value(), place["path"]);
  return *state.serial_number;
}

std::string label(Tx& tx, const DeviceState& state, const Place& place) {
  if (state.kind == DeviceKind::virtual_totp)
    return state.label ? *state.label : tx.account()->alias.value_or(tx.account_id().str());
  expect_absent(state.label.has_value(), place["label"]);
  return {};
}

Secret seed(Entropy& entropy, const DeviceState& state, const Place& place) {
  if (state.kind == DeviceKind::fido) return {};
  if (!state.seed) return Secret{entropy.bytes(totp::kSeedBytes)};
  const auto bytes = totp::base32_decode(state.seed->reveal());
  if (!bytes || bytes->empty() || bytes->size() > totp::kLongestSeed)
    place["seed"].fail("must be base32 of at most " + std::to_string(totp::kLongestSeed) + " bytes");
  return Secret{*bytes};
}

std::optional<std::string> owner(Tx& tx, const DeviceState& state, const Place& place) {
  if (state.root) {
    if (state.user_name) place["userName"].fail("can't be, beside root");
    return tx.account_id().str();
  }
  if (!state.user_name) {
    expect_absent(state.enabled.has_value(), place["enableDate"]);
    return std::nullopt;
  }
  const auto user = tx.user(*state.user_name);
  if (!user) place["userName"].fail("is no user of this document");
  return user->user_id;
}

void store_used_codes(Tx& tx, const DeviceState& state, const std::string& serial_number,
                      const Place& place) {
  for (std::size_t i = 0; i < state.used_codes.size(); ++i) {
    const auto step = state.used_codes[i];
    if (tx.is_used_code(serial_number, step)) place["usedCodes"][i].fail("is there twice");
    tx.use_code(serial_number, step, -kFarthestStep);
  }
}

void store(const Importing& importing, const DeviceState& state, const Place& place) {
  auto& tx = importing.tx;
  Device device;
  device.kind = state.kind;
  device.serial_number = serial_number(tx, state, place);
  if (tx.device(device.serial_number)) place.fail("its serial number is there twice");
  device.label = label(tx, state, place);
  device.seed = seed(importing.entropy, state, place);
  device.drift = state.drift;
  device.last_pair = state.last_pair;
  device.owner = owner(tx, state, place);
  if (device.owner) device.enabled = state.enabled.value_or(importing.now);
  device.certifications = state.certifications;
  if (const auto sound = check_certifications(device.certifications); !sound)
    place["certifications"].fail(sound.error().message.value_or(""));
  tx.add(device);
  store_tags(tx, tagged_device(device.serial_number), state.tags, place);
  store_used_codes(tx, state, device.serial_number, place);
}

void gather_tries(ReadTx& tx, const Found<Tries>& found) {
  for (const auto& tries : tx.verifications()) found(tries);
}

void store_tries(const Importing& importing, const Tries& tries, const Place&) { importing.tx.save(tries); }

}  // namespace device_state

constexpr StateSection devices_state =
    state_list<device_state::gather, device_state::store>("devices", "Devices of every kind.");
constexpr StateSection code_tries_state = state_list<device_state::gather_tries, device_state::store_tries>(
    "stsTries", "How often STS was asked to check codes.");

}  // namespace keyfob
