// Text of a policy that stands for other text: wildcards ("*" any characters, "?" one) and policy variables
// ("${aws:username}", "${aws:username, 'nobody'}", "${*}").
//
// Compiled once. Matching takes no more than |pattern| × |text| steps and no recursion, whatever the pattern.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iam/policy/context.h"

namespace keyfob::policy {

// Wildcards in compiled text: bytes that never occur in UTF-8, so every character can be itself.
inline constexpr char kAnyText = '\xFF';
inline constexpr char kAnyCharacter = '\xFE';

// Does text match a compiled pattern without variables?
bool glob(std::string_view pattern, std::string_view text);

class Pattern {
 public:
  struct Syntax {
    bool wildcards = true;
    bool variables = true;  // false in documents of version 2008-10-17
    bool lower = false;     // compare in lower case: the text to match has to be in lower case as well
  };

  Pattern(std::string_view text, Syntax syntax);

  bool matches(std::string_view text, const Context& context) const;
  // Each of the six parts of an ARN on its own, as the Arn… operators compare.
  bool matches_arn(std::string_view arn, const Context& context) const;

  // Names of the variables, as written.
  std::vector<std::string> variables() const;

 private:
  struct Part {
    std::string text = {};  // literal, wildcards compiled; the default value of a variable
    std::string variable = {};
    std::string lower_variable = {};
    bool has_default = false;
  };

  // The pattern with its variables' values; nothing when one is absent, has several values (AWS documents
  // variables for single-valued keys only) or isn't text. Uses `scratch` when it has to build something.
  std::optional<std::string_view> expand(const Context& context, std::string& scratch) const;

  std::vector<Part> parts_;  // empty when there are no variables
  std::string text_;         // the whole pattern then
  bool wild_ = false;
  bool lower_ = false;
};

}  // namespace keyfob::policy
