// The names under Principal "AWS" in a trust policy's text, which is otherwise left as it was written.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace keyfob::policy {

// "AIDA…" of a user or "AROA…" of a role: what AWS keeps in the place of an ARN, and shows when nobody has it
// any more.
bool is_unique_id(std::string_view name);

// The text with each name as `written_as` would have it. For text that is known to be a trust policy.
std::string with_principals(std::string_view trust_policy,
                            const std::function<std::string(const std::string&)>& written_as);

}  // namespace keyfob::policy
