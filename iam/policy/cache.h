// Compiled documents by their text, so that a policy is compiled once however often it is evaluated.
// Bounded (the least lately used goes), and safe to use from any thread.
#pragma once

#include <cstddef>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "iam/policy/document.h"

namespace keyfob::policy {

class Cache {
 public:
  explicit Cache(std::size_t capacity = 1024) : capacity_(capacity) {}

  // The compiled form of a text that was accepted before; null when it doesn't compile, which no stored text
  // should.
  DocumentPtr get(std::string_view text, DocumentKind kind);

 private:
  struct Entry {
    std::string key;  // kind, then text
    DocumentPtr document;
  };

  const std::size_t capacity_;
  std::mutex mutex_;
  std::list<Entry> recent_;                                                  // most lately used first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key_;  // keys are views into recent_
};

}  // namespace keyfob::policy
