// AWS Query requests: the form of parameters, and the dotted lists and structures inside it
// (aws/wire.md#parameters). A Form owns its text; every view it hands out lives as long as the Form. No
// errors but those named here.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/error.h"

namespace keyfob {

// One element of `Prefix.member.N…`: what follows N, with its value. A list of strings has one field named
// "". An element without fields is a gap in the numbering: AWS keeps gaps as nulls.
struct ListElement {
  std::vector<std::pair<std::string_view, std::string_view>> fields;

  bool is_null() const { return fields.empty(); }
  std::optional<std::string_view> field(std::string_view name) const;
};

struct ParameterList {
  bool present = false;  // an empty list (`Tags=`) is present and has size 0
  std::size_t size = 0;
  std::vector<ListElement>
      elements;  // the first kKeptElements of them, so that no request makes us hold more
};

class Form {
 public:
  static constexpr std::size_t kKeptElements = 128;

  // Decodes `a=b&c=d` texts, the first before the second. Nothing when a percent escape is broken.
  // Bytes that aren't UTF-8 become U+FFFD, a plus becomes `plus`.
  static std::optional<Form> parse(std::string_view first, std::string_view second = {}, char plus = ' ');

  // The first parameter of that name wins (aws/wire.md#doubled-parameters).
  std::optional<std::string_view> find(std::string_view name) const;

  // The list `name.member.N…`. Fails with MalformedInput for indices that AWS doesn't read.
  Result<ParameterList> list(std::string_view name) const;
  const std::vector<std::pair<std::string_view, std::string_view>>& parameters() const { return parameters_; }

 private:
  std::string text_;
  std::vector<std::string> repaired_;
  std::vector<std::pair<std::string_view, std::string_view>> parameters_;
};

}  // namespace keyfob
