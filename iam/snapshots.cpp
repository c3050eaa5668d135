#include "iam/snapshots.h"

namespace keyfob {

void Snapshots::keep(AccountId account, std::string name, std::string document) {
  const std::lock_guard lock(mutex_);
  documents_.insert_or_assign({account, std::move(name)}, std::move(document));
}

std::optional<std::string> Snapshots::find(AccountId account, const std::string& name) const {
  const std::lock_guard lock(mutex_);
  const auto found = documents_.find({account, name});
  return found == documents_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> Snapshots::names(AccountId account) const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> names;
  for (const auto& [key, document] : documents_) {
    if (key.first == account) names.push_back(key.second);
  }
  return names;
}

bool Snapshots::remove(AccountId account, const std::string& name) {
  const std::lock_guard lock(mutex_);
  return documents_.erase({account, name}) > 0;
}

void Snapshots::clear(AccountId account) {
  const std::lock_guard lock(mutex_);
  std::erase_if(documents_, [&](const auto& kept) { return kept.first.first == account; });
}

void Snapshots::clear() {
  const std::lock_guard lock(mutex_);
  documents_.clear();
}

}  // namespace keyfob
