#include "storage/reading.h"
#include "storage/user_columns.h"

namespace keyfob {

#define DEVICE_COLUMNS                                                                             \
  "device.serial_number, device.kind, device.label, device.seed, device.drift, device.last_pair, " \
  "device.owner, device.enabled, device.certifications"

namespace {

// Certifications are kept as lines "key\tvalue": neither may hold a control character
// (aws/shapes.md#shapes-of-iam).
using Certifications = std::vector<std::pair<std::string, std::string>>;

std::string joined(const Certifications& certifications) {
  std::string text;
  for (const auto& [key, value] : certifications) text += key + "\t" + value + "\n";
  return text;
}

Certifications split(std::string_view text) {
  Certifications certifications;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    const auto tab = line.find('\t');
    certifications.emplace_back(line.substr(0, tab), line.substr(tab + 1));
    text.remove_prefix(line.size() + 1);
  }
  return certifications;
}

Device device_from(Columns& columns) {
  return {.serial_number = columns.text(),
          .kind = columns.kind<DeviceKind>(),
          .label = columns.text(),
          .seed = columns.secret(),
          .drift = columns.integer(),
          .last_pair = columns.maybe_integer(),
          .owner = columns.maybe_text(),
          .enabled = columns.maybe_instant(),
          .certifications = split(columns.view())};
}

VirtualDevice virtual_device_from(Columns& columns) {
  VirtualDevice found{.device = device_from(columns), .user = {}};
  if (!columns.next_is_null()) found.user = user_from(columns);
  return found;
}

}  // namespace

std::optional<Device> ReadTx::device(std::string_view serial_number) const {
  return first_of(
      query("SELECT " DEVICE_COLUMNS " FROM device WHERE account = $1 AND serial_number = $2", serial_number),
      device_from);
}

Page<Device> ReadTx::devices_of(std::string_view owner, std::int64_t after, std::size_t limit) const {
  return page_of<std::int64_t>(query("SELECT id, " DEVICE_COLUMNS R"(
      FROM device WHERE account = $1 AND owner = $2 AND id > $3
      ORDER BY id LIMIT $4)",
                                     owner, after, rows_for(limit)),
                               limit, device_from);
}

std::int64_t ReadTx::count_devices_of(std::string_view owner) const {
  return number_of(query("SELECT count(*) FROM device WHERE account = $1 AND owner = $2", owner));
}

Page<VirtualDevice> ReadTx::virtual_devices(Assignment assignment, std::int64_t after,
                                            std::size_t limit) const {
#define VIRTUAL_DEVICES(condition)                                                               \
  "SELECT device.id, " DEVICE_COLUMNS ", " USER_COLUMNS                                          \
  " FROM device"                                                                                 \
  " LEFT JOIN iam_user ON iam_user.account = device.account AND iam_user.user_id = device.owner" \
  " WHERE device.account = $1 AND device.kind = 0" condition                                     \
  " AND device.id > $2"                                                                          \
  " ORDER BY device.id LIMIT $3"
  const char* sql = assignment == Assignment::any        ? VIRTUAL_DEVICES("")
                    : assignment == Assignment::assigned ? VIRTUAL_DEVICES(" AND device.owner IS NOT NULL")
                                                         : VIRTUAL_DEVICES(" AND device.owner IS NULL");
  return page_of<std::int64_t>(query(sql, after, rows_for(limit)), limit, virtual_device_from);
}

std::int64_t ReadTx::count_virtual_devices() const { return tally("virtual_device"); }

std::int64_t ReadTx::count_assigned_devices() const {
  return number_of(query("SELECT count(*) FROM device WHERE account = $1 AND owner IS NOT NULL"));
}

std::int64_t ReadTx::count_devices() const {
  return count_virtual_devices() +
         number_of(
             query("SELECT count(*) FROM device WHERE account = $1 AND owner IS NOT NULL AND kind != 0"));
}

std::vector<Device> ReadTx::devices() const {
  return all_of(query("SELECT " DEVICE_COLUMNS " FROM device WHERE account = $1 ORDER BY id"), device_from);
}

void Tx::add(const Device& device) {
  execute(R"(
      INSERT INTO device (account, serial_number, kind, label, seed, drift, last_pair, owner, enabled,
                          certifications)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))",
          device.serial_number, std::int64_t(device.kind), device.label, device.seed, device.drift,
          device.last_pair, device.owner, device.enabled, joined(device.certifications));
  if (device.kind == DeviceKind::virtual_totp) add_to_tally("virtual_device", 1);
}

void Tx::update(const Device& device) {
  execute(R"(
      UPDATE device SET drift = $3, last_pair = $4, owner = $5, enabled = $6
      WHERE account = $1 AND serial_number = $2)",
          device.serial_number, device.drift, device.last_pair, device.owner, device.enabled);
}

void Tx::remove_device(std::string_view serial_number) {
  const auto kind = first_of(
      query("DELETE FROM device WHERE account = $1 AND serial_number = $2 RETURNING kind", serial_number),
      [](Columns& columns) { return columns.kind<DeviceKind>(); });
  if (kind == DeviceKind::virtual_totp) add_to_tally("virtual_device", -1);
  execute("DELETE FROM used_code WHERE account = $1 AND serial_number = $2", serial_number);
  remove_tags(tagged_device(serial_number));
}

void Tx::add_past_device(const Device& before, Instant changed) {
  execute(R"(
      INSERT INTO past_device (account, serial_number, changed, owner, seed, drift)
      VALUES ($1, $2, $3, $4, $5, $6))",
          before.serial_number, changed, before.owner, before.seed, before.drift);
}

std::optional<Device> ReadTx::past_device(std::string_view serial_number, Instant since) const {
  return first_of(query(R"(
      SELECT serial_number, owner, seed, drift FROM past_device
      WHERE account = $1 AND serial_number = $2 AND changed > $3
      ORDER BY id LIMIT 1)",
                        serial_number, since),
                  [](Columns& columns) {
                    Device device;
                    device.serial_number = columns.text();
                    device.owner = columns.maybe_text();
                    device.seed = columns.secret();
                    device.drift = columns.integer();
                    return device;
                  });
}

void Tx::forget_past_devices(Instant until) {
  execute("DELETE FROM past_device WHERE account = $1 AND changed <= $2", until);
}

}  // namespace keyfob
