#include "iam/controls/journal.h"

#include <algorithm>

#include "protocol/text.h"

namespace keyfob {
namespace {

constexpr std::size_t kMostParameters = 64;
constexpr std::size_t kLongestValue = 512;
constexpr std::size_t kMostBytes = 8192;  // of an entry's parameters

// The member that a parameter belongs to: `Tags.member.1.Key` is of `Tags`.
std::string_view member_name(std::string_view parameter) { return parameter.substr(0, parameter.find('.')); }

// Only what the operation declares, and doesn't declare sensitive: what else a client sends may be anything.
bool may_be_shown(std::string_view parameter, std::span<const MemberSpec> declared) {
  const auto member = std::ranges::find(declared, member_name(parameter), &MemberSpec::name);
  return member != declared.end() && !member->shape->sensitive;
}

}  // namespace

void Journal::add(AccountId account, JournalEntry entry) {
  const std::lock_guard lock(mutex_);
  auto& ring = ring_of(account);
  if (ring.entries.size() == kKept) ring.entries.pop_front();
  ring.entries.push_back(std::move(entry));
  if (on_entry) on_entry(account, ring.entries.back());
}

Journal::Ring& Journal::ring_of(AccountId account) {
  const auto [found, is_new] = rings_.try_emplace(account.number());
  if (is_new) {
    found->second.place = lately_called_.insert(lately_called_.begin(), account.number());
  } else {
    lately_called_.splice(lately_called_.begin(), lately_called_, found->second.place);
  }
  if (rings_.size() > kAccounts) forget(lately_called_.back());
  return found->second;
}

void Journal::forget(std::int64_t account) {
  const auto found = rings_.find(account);
  if (found == rings_.end()) return;
  lately_called_.erase(found->second.place);
  rings_.erase(found);
}

std::vector<JournalEntry> Journal::latest(AccountId account, std::string_view action,
                                          std::size_t limit) const {
  const std::lock_guard lock(mutex_);
  std::vector<JournalEntry> latest;
  const auto found = rings_.find(account.number());
  if (found == rings_.end()) return latest;
  const auto& entries = found->second.entries;
  for (auto entry = entries.rbegin(); entry != entries.rend() && latest.size() < limit; ++entry) {
    if (action.empty() || entry->action == action) latest.push_back(*entry);
  }
  return latest;
}

void Journal::clear(AccountId account) {
  const std::lock_guard lock(mutex_);
  forget(account.number());
}

void Journal::clear() {
  const std::lock_guard lock(mutex_);
  rings_.clear();
  lately_called_.clear();
}

std::vector<std::pair<std::string, std::string>> shown_parameters(const Form& form,
                                                                  std::span<const MemberSpec> declared) {
  std::vector<std::pair<std::string, std::string>> shown;
  shown.reserve(std::min(form.parameters().size(), kMostParameters));
  std::size_t bytes = 0;
  for (const auto& [name, value] : form.parameters()) {
    if (shown.size() == kMostParameters || bytes > kMostBytes) break;
    if (name == "Action" || name == "Version") continue;
    shown.emplace_back(shortened(name, kLongestValue),
                       may_be_shown(name, declared) ? shortened(value, kLongestValue) : "******");
    bytes += shown.back().first.size() + shown.back().second.size();
  }
  return shown;
}

}  // namespace keyfob
