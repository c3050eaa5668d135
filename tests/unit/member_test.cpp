// Members that no operation has yet, in AWS's words all the same (aws/errors.md#validation-errors).
#include "protocol/member.h"

#include "tests/catch.h"

using namespace keyfob;

namespace {

constexpr Field kDescriptorFields[] = {{"arn", &shape::kArn, false}};
constexpr Shape kDescriptor{
    .name = "PolicyDescriptorType", .type = ShapeType::structure, .fields = kDescriptorFields};
constexpr Shape kDescriptorList{
    .name = "policyDescriptorListType", .type = ShapeType::list, .element = &kDescriptor};
constexpr Shape kFree{.name = "any"};
constexpr std::string_view kColours[] = {"red", "green"};
constexpr Shape kColour{.name = "colour", .values = kColours};

// What STS says of a list.
std::string said(const std::string& form, const Shape& list) {
  std::vector<std::string> value;
  Violations violations(true);
  read_value(*Form::parse(form), "List", list, false, value, violations);
  const auto verdict = violations.verdict();
  return verdict ? "" : verdict.error().message.value_or(verdict.error().code);
}

}  // namespace

TEST_CASE("structures in a list are told of field by field") {
  CHECK(said("List.member.1.arn=short", kDescriptorList) ==
        "1 validation error detected: Value 'short' at 'list.1.member.arn' failed to satisfy constraint: "
        "Member "
        "must have length greater than or equal to 20");
  CHECK(said("List.member.1.arn=arn:aws:iam::123456789012:policy/p&List.member.2.other=x", kDescriptorList)
            .empty());
}

TEST_CASE("of an element of a list of scalars only what is limited is told") {
  constexpr std::string_view kBefore =
      "1 validation error detected: Value '[]' at 'list' failed to satisfy constraint: Member must satisfy "
      "constraint: ";
  const auto list_of = [](const Shape& element) {
    return Shape{.name = "list", .type = ShapeType::list, .element = &element};
  };
  CHECK(said("List.member.2=x", list_of(kFree)) == std::string(kBefore) + "[Member must not be null]");
  CHECK(said("List.member.2=red", list_of(kColour)) ==
        std::string(kBefore) + "[Member must satisfy enum value set: [red, green]]");
  CHECK(said("List.member.1=red&List.member.2=green", list_of(kColour)).empty());
  CHECK(said("List.member.1.a.b=red", list_of(kColour)) == "Start of list found where not expected");
}
