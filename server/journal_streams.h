// Who reads the journal as it is written: GET /_keyfob/requests/stream (docs/control-api.md#the-journal).
// Safe from any thread. Publishing never waits for a reader; one that has gone or reads too slowly is
// forgotten.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "iam/controls/journal.h"
#include "server/json_members.h"
#include "server/listener.h"

namespace keyfob::server {

// An entry as the control API shows it.
struct ShownRequest {
  Instant time;
  std::string request_id, action;
  std::vector<std::pair<std::string, std::string>> parameters;
  unsigned status = 0;
  double milliseconds = 0;
  std::optional<std::string> caller_arn, error_code;
  static const Struct json;
};
ShownRequest shown_request(const JournalEntry& entry);

class JournalStreams {
 public:
  static constexpr std::size_t kMost = 64;  // readers at a time

  // From now on the account's entries go into the stream, those of one action when `action` isn't empty; a
  // comment at once says so. When there are too many readers the one that came first has to go.
  void add(AccountId account, std::string action, std::shared_ptr<EventStream> stream);

  void publish(AccountId account, const JournalEntry& entry);

 private:
  struct Reader {
    AccountId account;
    std::string action;
    std::shared_ptr<EventStream> stream;
  };
  std::mutex mutex_;
  std::vector<Reader> readers_;
  std::atomic<bool> any_ = false;
};

}  // namespace keyfob::server
