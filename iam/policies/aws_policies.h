// The managed policies of AWS that keyfob knows: those that tests of IAM attach most. Their ids, dates and
// texts are AWS's own, as its reference of managed policies lists them (not re-checked).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace keyfob {

struct AwsPolicy {
  std::string_view name;
  std::string_view policy_id;
  std::string_view description;
  std::string_view created;
  std::string_view document;

  // All of them lie at the root: "arn:aws:iam::aws:policy/" and the name.
  static constexpr std::string_view kArnBeginning = "arn:aws:iam::aws:policy/";
  std::string arn() const { return std::string(kArnBeginning) + std::string(name); }
};

std::span<const AwsPolicy> aws_policies();               // in order of name
const AwsPolicy* find_aws_policy(std::string_view arn);  // null when it isn't among them

}  // namespace keyfob
