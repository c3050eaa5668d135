#include "iam/policy/cache.h"

namespace keyfob::policy {

DocumentPtr Cache::get(std::string_view text, DocumentKind kind) {
  std::string key(1, char('0' + int(kind)));
  key += text;
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = by_key_.find(key); found != by_key_.end()) {
      recent_.splice(recent_.begin(), recent_, found->second);
      return found->second->document;
    }
  }

  auto compiled = compile(text, kind);  // outside the lock: at worst two threads compile the same text
  if (!compiled) return nullptr;
  auto document = std::move(*compiled);

  const std::lock_guard lock(mutex_);
  if (by_key_.contains(key)) return document;
  recent_.push_front({std::move(key), document});
  by_key_.emplace(recent_.front().key, recent_.begin());
  if (recent_.size() > capacity_) {
    by_key_.erase(recent_.back().key);
    recent_.pop_back();
  }
  return document;
}

}  // namespace keyfob::policy
