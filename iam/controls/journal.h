// What was called (docs/control-api.md#the-journal): the latest requests of each account, in a ring. Codes,
// passwords and secrets are masked before they get here. Safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "protocol/member.h"
#include "protocol/query.h"
#include "protocol/words.h"

namespace keyfob {

struct JournalEntry {
  Instant time;  // of the account's clock
  std::string request_id;
  std::string action;
  std::string caller_arn;  // empty when the caller wasn't accepted
  std::vector<std::pair<std::string, std::string>> parameters;
  unsigned status = 0;
  std::string error_code;
  Duration took{0};
};

class Journal {
 public:
  static constexpr std::size_t kKept = 256;      // entries an account
  static constexpr std::size_t kAccounts = 256;  // those called latest; the others' entries are forgotten

  void add(AccountId account, JournalEntry entry);
  // The latest first; of one action when `action` isn't empty; `limit` of them at most.
  std::vector<JournalEntry> latest(AccountId account, std::string_view action, std::size_t limit) const;
  void clear(AccountId account);
  void clear();

  // Called with each new entry, in the order they are kept, from the thread that adds it. Set it before the
  // first one; it must not block, nor call the journal.
  std::function<void(AccountId, const JournalEntry&)> on_entry;

 private:
  mutable std::mutex mutex_;
  struct Ring {
    std::deque<JournalEntry> entries;
    std::list<std::int64_t>::iterator place;  // in lately_called_
  };
  Ring& ring_of(AccountId account);
  void forget(std::int64_t account);

  std::unordered_map<std::int64_t, Ring> rings_;
  std::list<std::int64_t> lately_called_;  // latest first
};

// A request's parameters without Action and Version. Values that the operation doesn't declare or declares
// sensitive are masked, long ones cut.
std::vector<std::pair<std::string, std::string>> shown_parameters(const Form& form,
                                                                  std::span<const MemberSpec> declared);

}  // namespace keyfob
