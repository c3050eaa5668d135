#include "iam/policy/pattern.h"

#include <algorithm>

namespace keyfob::policy {
namespace {

// Bytes of the character that starts at `at`: "?" stands for a character, not for a byte.
std::size_t character_size(std::string_view text, std::size_t at) {
  std::size_t size = 1;
  while (at + size < text.size() && (static_cast<unsigned char>(text[at + size]) & 0xC0) == 0x80) ++size;
  return size;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// The first five colons separate, what follows is one part. False when there are fewer.
bool split_arn(std::string_view text, std::string_view (&parts)[6]) {
  for (auto* part = parts; part != parts + 5; ++part) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return false;
    *part = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  parts[5] = text;
  return true;
}

}  // namespace

// Only the last star ever has to be tried again: an earlier one that matched less would leave the later one
// no text that it doesn't already reach.
bool glob(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == kAnyText) {
      star = p++;
      resume = t;
      if (p == pattern.size()) return true;
    } else if (p < pattern.size() && pattern[p] == kAnyCharacter) {
      ++p;
      t += character_size(text, t);
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      resume += character_size(text, resume);
      t = resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == kAnyText) ++p;
  return p == pattern.size();
}

Pattern::Pattern(std::string_view text, Syntax syntax) : lower_(syntax.lower) {
  std::string literal;
  const auto finish_literal = [&] {
    if (!literal.empty()) parts_.push_back({.text = std::move(literal)});
    literal.clear();
  };
  const std::string folded = syntax.lower ? policy::lower(text) : std::string(text);

  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = folded[at];
    if (syntax.wildcards && (c == '*' || c == '?')) {
      literal += c == '*' ? kAnyText : kAnyCharacter;
      wild_ = true;
      continue;
    }
    const auto end =
        syntax.variables && c == '$' && text.substr(at, 2) == "${" ? text.find('}', at) : text.npos;
    if (end == text.npos) {
      literal += c;
      continue;
    }
    const auto inside = text.substr(at + 2, end - at - 2);
    at = end;
    if (inside == "*" || inside == "?" || inside == "$") {
      literal += inside;
      continue;
    }
    finish_literal();
    const auto comma = inside.find(',');
    Part part{.variable = std::string(trim(inside.substr(0, comma)))};
    part.lower_variable = policy::lower(part.variable);
    if (comma != inside.npos) {
      const auto fallback = trim(inside.substr(comma + 1));
      part.has_default = fallback.size() >= 2 && fallback.front() == '\'' && fallback.back() == '\'';
      if (part.has_default) part.text = fallback.substr(1, fallback.size() - 2);
      if (lower_) part.text = policy::lower(part.text);
    }
    parts_.push_back(std::move(part));
  }
  if (parts_.empty()) {
    text_ = std::move(literal);
  } else {
    finish_literal();
  }
}

std::optional<std::string_view> Pattern::expand(const Context& context, std::string& scratch) const {
  if (parts_.empty()) return text_;
  for (const auto& part : parts_) {
    if (part.variable.empty()) {
      scratch += part.text;
      continue;
    }
    const auto values = context.find(part.lower_variable);
    if (!values && part.has_default) {
      scratch += part.text;
      continue;
    }
    if (!values || values.is_list()) return std::nullopt;
    const auto value = values[0];
    // A value never brings wildcards of its own, not even by bytes that aren't UTF-8.
    if (value.find_first_of("\xFE\xFF") != value.npos) return std::nullopt;
    scratch += lower_ ? policy::lower(value) : std::string(value);
  }
  return scratch;
}

bool Pattern::matches(std::string_view text, const Context& context) const {
  std::string scratch;
  const auto pattern = expand(context, scratch);
  if (!pattern) return false;
  return wild_ ? glob(*pattern, text) : *pattern == text;
}

bool Pattern::matches_arn(std::string_view arn, const Context& context) const {
  std::string scratch;
  const auto pattern = expand(context, scratch);
  if (!pattern) return false;
  std::string_view wanted[6], given[6];
  if (!split_arn(*pattern, wanted) || !split_arn(arn, given)) return false;
  return std::equal(wanted, wanted + 6, given, glob);
}

std::vector<std::string> Pattern::variables() const {
  std::vector<std::string> names;
  for (const auto& part : parts_) {
    if (!part.variable.empty()) names.push_back(part.variable);
  }
  return names;
}

}  // namespace keyfob::policy
