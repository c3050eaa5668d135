#include "iam/journal.h"

#include <algorithm>
#include <array>

namespace keyfob {
namespace {

constexpr std::size_t kMostParameters = 64;
constexpr std::size_t kLongestValue = 512;

bool is_secret(std::string_view name) {
  constexpr std::array<std::string_view, 7> kSecret = {
      "AuthenticationCode1", "AuthenticationCode2", "TokenCode",           "Password",
      "OldPassword",         "NewPassword",         "X-Amz-Security-Token"};
  return std::ranges::find(kSecret, name) != kSecret.end();
}

// Cut between characters.
std::string shortened(std::string_view value) {
  if (value.size() <= kLongestValue) return std::string(value);
  auto end = kLongestValue;
  while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80) --end;
  return std::string(value.substr(0, end)) + "…";
}

}  // namespace

void Journal::add(AccountId account, JournalEntry entry) {
  const std::lock_guard lock(mutex_);
  auto& entries = entries_[account.number()];
  if (entries.size() == kKept) entries.pop_front();
  entries.push_back(std::move(entry));
  if (on_entry) on_entry(account, entries.back());
}

std::vector<JournalEntry> Journal::latest(AccountId account, std::string_view action,
                                          std::size_t limit) const {
  const std::lock_guard lock(mutex_);
  std::vector<JournalEntry> latest;
  const auto found = entries_.find(account.number());
  if (found == entries_.end()) return latest;
  for (auto entry = found->second.rbegin(); entry != found->second.rend() && latest.size() < limit; ++entry) {
    if (action.empty() || entry->action == action) latest.push_back(*entry);
  }
  return latest;
}

void Journal::clear(AccountId account) {
  const std::lock_guard lock(mutex_);
  entries_.erase(account.number());
}

void Journal::clear() {
  const std::lock_guard lock(mutex_);
  entries_.clear();
}

std::vector<std::pair<std::string, std::string>> masked_parameters(const Form& form) {
  std::vector<std::pair<std::string, std::string>> masked;
  masked.reserve(std::min(form.parameters().size(), kMostParameters));
  for (const auto& [name, value] : form.parameters()) {
    if (masked.size() == kMostParameters) break;
    if (name == "Action" || name == "Version") continue;
    masked.emplace_back(shortened(name), is_secret(name) ? "******" : shortened(value));
  }
  return masked;
}

}  // namespace keyfob
