#include "iam/policy/principals.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cctype>
#include <vector>

namespace keyfob::policy {
namespace {

namespace json = boost::json;

class Writer {
 public:
  Writer(std::string_view text, const std::function<std::string(const std::string&)>& written_as)
      : text_(text), written_as_(written_as) {}

  std::string run() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        string();
        continue;
      }
      if (c == '{') keys_.emplace_back();
      if (c == '}') keys_.pop_back();
      written_ += c;
      ++at_;
    }
    return std::move(written_);
  }

 private:
  void string() {
    const auto start = at_++;
    while (text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    ++at_;
    const auto quoted = text_.substr(start, at_ - start);
    if (is_key()) {
      keys_.back() = text_of(quoted);
    } else if (keys_ == std::vector<std::string>{"Statement", "Principal", "AWS"}) {
      return name(quoted);
    }
    written_ += quoted;
  }

  bool is_key() const {
    const auto next = text_.find_first_not_of(" \t\r\n", at_);
    return next != text_.npos && text_[next] == ':';
  }

  static std::string text_of(std::string_view quoted) {
    if (quoted.find('\\') == quoted.npos) return std::string(quoted.substr(1, quoted.size() - 2));
    return json::value_to<std::string>(json::parse(quoted));
  }

  void name(std::string_view quoted) {
    const auto name = text_of(quoted);
    const auto as = written_as_(name);
    written_ += as == name ? std::string(quoted) : json::serialize(json::string(as));
  }

  std::string_view text_;
  const std::function<std::string(const std::string&)>& written_as_;
  std::size_t at_ = 0;
  std::vector<std::string> keys_;  // of the objects around; lists don't count
  std::string written_;
};

}  // namespace

bool is_unique_id(std::string_view name) {
  return (name.starts_with("AIDA") || name.starts_with("AROA")) && name.size() >= 16 &&
         std::ranges::all_of(name, [](unsigned char c) { return std::isupper(c) || std::isdigit(c); });
}

std::string with_principals(std::string_view trust_policy,
                            const std::function<std::string(const std::string&)>& written_as) {
  return Writer(trust_policy, written_as).run();
}

}  // namespace keyfob::policy
