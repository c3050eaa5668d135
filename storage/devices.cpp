#include "storage/page.h"
#include "storage/sqlite.h"
#include "storage/tx.h"
#include "storage/user_row.h"

namespace keyfob {

#define DEVICE_COLUMNS                                                                      \
  "device.id, device.serial_number, device.kind, device.label, device.seed, device.drift, " \
  "device.last_pair, "                                                                      \
  "device.owner, device.enabled, device.certifications"
#define VIRTUAL_DEVICES(condition)                                                               \
  "SELECT " DEVICE_COLUMNS ", " USER_COLUMNS                                                     \
  " FROM device LEFT JOIN user ON user.account = device.account AND user.user_id = device.owner" \
  " WHERE device.account = ? AND device.kind = 0" condition " AND device.id > ? ORDER BY device.id LIMIT ?"

namespace {

// Certifications are kept as lines "key\tvalue": neither may hold a control character (catalogue §4).
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

Device device_from(const Rows& row) {
  return {.id = row.integer(0),
          .serial_number = row.text(1),
          .kind = static_cast<DeviceKind>(row.integer(2)),
          .label = row.text(3),
          .seed = Secret{row.text(4)},
          .drift = row.integer(5),
          .last_pair = row.maybe_integer(6),
          .owner = row.maybe_text(7),
          .enabled = row.maybe_instant(8),
          .certifications = split(row.text(9))};
}

VirtualDevice virtual_device_from(const Rows& row) {
  VirtualDevice found{.device = device_from(row), .user = {}};
  constexpr int kUser = 10;  // the columns after DEVICE_COLUMNS
  if (!row.is_null(kUser)) found.user = user_from(row, kUser);
  return found;
}

std::int64_t number(Rows&& rows) {
  rows.next();
  return rows.integer(0);
}

}  // namespace

std::optional<Device> Tx::device(std::string_view serial_number) {
  auto rows = db_.query("SELECT " DEVICE_COLUMNS " FROM device WHERE account = ? AND serial_number = ?",
                        account_key(), serial_number);
  if (!rows.next()) return std::nullopt;
  return device_from(rows);
}

Page<Device> Tx::devices_of(std::string_view owner, std::int64_t after, std::size_t limit) {
  return page_of(db_.query("SELECT " DEVICE_COLUMNS
                           " FROM device WHERE account = ? AND owner = ? AND id > ? ORDER BY id LIMIT ?",
                           account_key(), owner, after, rows_for(limit)),
                 limit, device_from);
}

std::int64_t Tx::count_devices_of(std::string_view owner) {
  return number(
      db_.query("SELECT count(*) FROM device WHERE account = ? AND owner = ?", account_key(), owner));
}

Page<VirtualDevice> Tx::virtual_devices(Assignment assignment, std::int64_t after, std::size_t limit) {
  const char* sql = assignment == Assignment::any        ? VIRTUAL_DEVICES("")
                    : assignment == Assignment::assigned ? VIRTUAL_DEVICES(" AND device.owner IS NOT NULL")
                                                         : VIRTUAL_DEVICES(" AND device.owner IS NULL");
  return page_of(db_.query(sql, account_key(), after, rows_for(limit)), limit, virtual_device_from);
}

std::int64_t Tx::count_virtual_devices() { return tally("virtual_device"); }

std::int64_t Tx::count_assigned_devices() {
  return number(
      db_.query("SELECT count(*) FROM device WHERE account = ? AND owner IS NOT NULL", account_key()));
}

std::int64_t Tx::count_devices() {
  return count_virtual_devices() +
         number(db_.query("SELECT count(*) FROM device WHERE account = ? AND owner IS NOT NULL AND kind != 0",
                          account_key()));
}

std::vector<Device> Tx::devices() {
  std::vector<Device> devices;
  auto rows = db_.query("SELECT " DEVICE_COLUMNS " FROM device WHERE account = ? ORDER BY id", account_key());
  while (rows.next()) devices.push_back(device_from(rows));
  return devices;
}

void Tx::add(const Device& device) {
  const auto certifications = joined(device.certifications);
  db_.execute(
      "INSERT INTO device (account, serial_number, kind, label, seed, drift, last_pair, owner, enabled,"
      " certifications) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      account_key(), device.serial_number, std::int64_t(device.kind), device.label, device.seed, device.drift,
      device.last_pair, device.owner, device.enabled, std::string_view(certifications));
}

void Tx::update(const Device& device) {
  db_.execute(
      "UPDATE device SET drift = ?, last_pair = ?, owner = ?, enabled = ?"
      " WHERE account = ? AND serial_number = ?",
      device.drift, device.last_pair, device.owner, device.enabled, account_key(), device.serial_number);
}

void Tx::remove_device(std::string_view serial_number) {
  db_.execute("DELETE FROM device WHERE account = ? AND serial_number = ?", account_key(), serial_number);
  db_.execute("DELETE FROM used_code WHERE account = ? AND serial_number = ?", account_key(), serial_number);
  remove_tags(tagged_device(serial_number));
}

void Tx::add_past_device(const Device& before, Instant changed) {
  db_.execute(
      "INSERT INTO past_device (account, serial_number, changed, owner, seed, drift) VALUES (?, ?, ?, ?, ?, "
      "?)",
      account_key(), before.serial_number, changed, before.owner, before.seed, before.drift);
}

std::optional<Device> Tx::past_device(std::string_view serial_number, Instant since) {
  auto rows = db_.query(
      "SELECT serial_number, owner, seed, drift FROM past_device"
      " WHERE account = ? AND serial_number = ? AND changed > ? ORDER BY id LIMIT 1",
      account_key(), serial_number, since);
  if (!rows.next()) return std::nullopt;
  Device device;
  device.serial_number = rows.text(0);
  device.owner = rows.maybe_text(1);
  device.seed = Secret{rows.text(2)};
  device.drift = rows.integer(3);
  return device;
}

void Tx::forget_past_devices(Instant until) {
  db_.execute("DELETE FROM past_device WHERE account = ? AND changed <= ?", account_key(), until);
}

}  // namespace keyfob
