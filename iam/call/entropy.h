// Chance: seeds, ids, secrets and request ids. From the system, or repeatable from a number so that golden
// files hold still. Safe to use from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <string_view>

#include "protocol/words.h"

namespace keyfob {

class Entropy {
 public:
  Entropy() = default;                                                     // the system's: fit for keys
  explicit Entropy(std::uint64_t repeatable) : repeatable_(repeatable) {}  // the same on every run: for tests

  void fill(std::span<unsigned char> bytes);
  std::string bytes(std::size_t size);

  double fraction();  // from 0 to below 1

  std::string uuid();                                         // "c7bf48a5-d35c-41e2-b096-29dca78bf3ce"
  std::string id(std::string_view prefix, std::size_t more);  // prefix and `more` of A–Z, 2–7
  std::string access_key_id(std::string_view prefix);         // "AKIA…" or "ASIA…", twenty characters
  Secret secret_key();  // 40 characters, as AWS's secret access keys have

 private:
  std::mutex mutex_;
  std::optional<std::mt19937_64> repeatable_;
};

// Whether an access key id may have come from access_key_id: of those made up elsewhere one in a million. It
// tells a key that was deleted or a session that was forgotten from a name that a test made up.
bool is_issued_access_key_id(std::string_view access_key_id);

}  // namespace keyfob
