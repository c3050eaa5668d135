// Named copies of accounts inside the server, as documents of export_state. Safe from any thread.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/words.h"

namespace keyfob {

class Snapshots {
 public:
  void keep(AccountId account, std::string name, std::string document);  // in the place of one of that name
  std::optional<std::string> find(AccountId account, const std::string& name) const;
  std::vector<std::string> names(AccountId account) const;
  bool remove(AccountId account, const std::string& name);
  void clear(AccountId account);
  void clear();

 private:
  mutable std::mutex mutex_;
  std::map<std::pair<AccountId, std::string>, std::string> documents_;
};

}  // namespace keyfob
