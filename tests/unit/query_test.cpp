// The Query form as AWS reads it: aws/wire.md#dispatch, aws/wire.md#parameters.
#include "protocol/query.h"

#include "tests/catch.h"

using namespace keyfob;

namespace {

std::string refusal(const std::string& form) {
  const auto list = Form::parse(form)->list("Tags");
  return list ? "read" : list.error().code + ": " + list.error().message.value_or("");
}

std::string one_to(int last) {
  std::string form;
  for (int index = 1; index <= last; ++index) form += "Tags.member." + std::to_string(index) + ".Key=k&";
  return form;
}

}  // namespace

TEST_CASE("half a character is repaired, also where its other half comes next") {
  const auto form = Form::parse("a=\xD8&\x98=b");
  REQUIRE(form);
  CHECK(form->find("a") == "\xEF\xBF\xBD");
  CHECK(form->find("\xEF\xBF\xBD") == "b");
}

TEST_CASE("escapes are decoded, and a plus is a space") {
  const auto form = Form::parse("a=1+2%2B%33&%62=%C3%A9&empty=&bare");
  REQUIRE(form);
  CHECK(form->find("a") == "1 2+3");
  CHECK(form->find("b") == "\xC3\xA9");
  CHECK(form->find("empty") == "");
  CHECK(form->find("bare") == "");
  CHECK_FALSE(form->find("none"));
}

TEST_CASE("a broken escape makes no form") {
  for (const char* text : {"a=%", "a=%4", "a=%zz", "%g0=a", "a=b&c=%4x"}) CHECK_FALSE(Form::parse(text));
  CHECK_FALSE(Form::parse("a=b", "c=%"));
}

TEST_CASE("the first of two values wins, the body's before the query's") {
  CHECK(Form::parse("a=1&a=2")->find("a") == "1");
  CHECK(Form::parse("a=body", "a=query")->find("a") == "body");
}

TEST_CASE("what isn't UTF-8 is replaced, and its neighbours stay") {
  const auto form = Form::parse("a=x%FFy&b=z");
  CHECK(form->find("a") == "x\xEF\xBF\xBDy");
  CHECK(form->find("b") == "z");
}

TEST_CASE("the values of a short form survive its move") {
  auto form = Form::parse("a=b");
  const Form moved = std::move(*form);
  CHECK(moved.find("a") == "b");
}

TEST_CASE("01 and 1 are one element") {
  const auto form = *Form::parse("Tags.member.01.Key=k&Tags.member.1.Value=v");
  const auto list = *form.list("Tags");
  REQUIRE(list.size == 1);
  CHECK(list.elements[0].field("Key") == "k");
  CHECK(list.elements[0].field("Value") == "v");
}

TEST_CASE("a gap is an element without members") {
  const auto form = *Form::parse("Tags.member.2.Key=k");
  const auto list = *form.list("Tags");
  REQUIRE(list.size == 2);
  CHECK(list.elements[0].is_null());
  CHECK_FALSE(list.elements[1].is_null());
}

TEST_CASE("an index may go ten past what is there") {
  CHECK(refusal("Tags.member.11.Key=k") == "read");
  CHECK(refusal("Tags.member.12.Key=k") ==
        "MalformedInput: Excessively sparse input would skip 11 list elements");
  CHECK(refusal("Tags.member.49.Key=k") ==
        "MalformedInput: Excessively sparse input would skip 48 list elements");
  CHECK(refusal(one_to(10) + "Tags.member.20.Key=k") == "read");
  CHECK(refusal(one_to(10) + "Tags.member.21.Key=k") ==
        "MalformedInput: Excessively sparse input would skip 11 list elements");
}

TEST_CASE("indices that are none are told in AWS's words, or stand for the first") {
  CHECK(refusal("Tags.member.0.Key=k") == "MalformedInput: 0 is not a valid index");
  CHECK(refusal("Tags.member.-1.Key=k") == "MalformedInput: Key -1 may not have a leading '-'");
  CHECK(refusal("Tags.member.1.0.Key=k") == "MalformedInput: Two index elements may not occur back to back");
  for (const char* text : {"Tags.member.one.Key=k", "Tags.member.%2B1.Key=k"}) {
    const auto form = *Form::parse(text);
    const auto list = *form.list("Tags");
    REQUIRE(list.size == 1);
    CHECK_FALSE(list.elements[0].is_null());
    CHECK_FALSE(list.elements[0].field("Key"));
  }
}

TEST_CASE("an empty list is there, a missing one is not, and a longer name is another's") {
  CHECK(Form::parse("Tags=")->list("Tags")->present);
  CHECK(Form::parse("Tags=")->list("Tags")->size == 0);
  CHECK_FALSE(Form::parse("A=b")->list("Tags")->present);
  CHECK_FALSE(Form::parse("TagsMore.member.1=b")->list("Tags")->present);
}

TEST_CASE("a huge list is counted whole and kept in part") {
  const auto form = *Form::parse(one_to(1000));
  const auto list = *form.list("Tags");
  CHECK(list.size == 1000);
  CHECK(list.elements.size() == Form::kKeptElements);
}
