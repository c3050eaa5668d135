// Patterns, values and every condition operator, one question at a time.
#include <string>
#include <vector>

#include "iam/policy/condition.h"
#include "tests/catch.h"

namespace {

using namespace keyfob::policy;

bool holds(std::string_view op, const std::vector<std::string>& operands, const Context& context) {
  Condition condition{.op = *parse_operator(op), .key = "Key", .lower_key = "key", .operands = {}};
  for (const auto& operand : operands)
    condition.operands.push_back(compile_operand(condition.op, operand, true));
  return condition.holds(context);
}

// "Key" has that one value; "aws:username" is bob; "many" has two values.
Context with(std::string_view value) {
  Context context;
  context.set("aws:username", "bob");
  context.set_list("many", {"a", "b"});
  context.set("KEY", value);
  return context;
}

bool holds(std::string_view op, const std::string& operand, std::string_view value) {
  return holds(op, std::vector{operand}, with(value));
}

bool like(std::string pattern, std::string_view text) { return holds("StringLike", pattern, text); }

const Context kWithout;

}  // namespace

TEST_CASE("Wildcards stand for any text and for one character") {
  CHECK(like("*", ""));
  CHECK(like("a*c", "abbc"));
  CHECK(like("*a*b*", "xaxbx"));
  CHECK_FALSE(like("*a*b*", "xbxax"));
  CHECK(like("a?c", "abc"));
  CHECK(like("a?c", "aüc"));
  CHECK_FALSE(like("a?c", "ac"));
  CHECK_FALSE(like("?", ""));
  CHECK(like("${*}", "*"));
  CHECK_FALSE(like("${*}", "a"));
  CHECK(like("${$}{x}", "${x}"));
  CHECK(like("a.b[c]", "a.b[c]"));
  CHECK_FALSE(like("abc", "abcd"));
  CHECK_FALSE(like("abc*d", "abc"));
}

TEST_CASE("A hostile pattern costs no more than pattern times text") {
  std::string pattern;
  for (int star = 0; star < 2000; ++star) pattern += "*a";
  CHECK_FALSE(like(pattern + "b", std::string(4000, 'a')));
  CHECK_FALSE(like("*" + std::string(2000, '?') + "b", std::string(4000, 'a')));
}

TEST_CASE("Variables are replaced by single values, or by their default") {
  CHECK(holds("StringEquals", "${aws:username}", "bob"));
  CHECK(holds("StringEquals", "x-${AWS:UserName}-y", "x-bob-y"));
  CHECK(holds("StringEquals", "${ aws:missing , 'carol' }", "carol"));
  CHECK_FALSE(holds("StringEquals", "${aws:missing}", ""));
  CHECK_FALSE(holds("StringEquals", "${many}", "a"));
  CHECK(holds("StringEquals", "${open", "${open"));
  CHECK(holds("StringNotEquals", "${aws:missing}", "x"));
  CHECK(holds("StringEqualsIgnoreCase", "${aws:username}", "BOB"));
}

TEST_CASE("A variable's value brings no wildcards") {
  Context context;
  context.set("key", "anyone");
  context.set("star", "*");
  context.set("bytes", "\xFF");
  CHECK_FALSE(holds("StringLike", {"${star}"}, context));
  CHECK_FALSE(holds("StringLike", {"${bytes}*"}, context));
}

TEST_CASE("Variables are plain text in documents of 2008") {
  Context context = with("${aws:username}");
  Condition condition{
      .op = *parse_operator("StringEquals"), .key = "key", .lower_key = "key", .operands = {}};
  condition.operands.push_back(compile_operand(condition.op, "${aws:username}", false));
  CHECK(condition.holds(context));
}

TEST_CASE("Strings are compared") {
  CHECK(holds("StringEquals", {"a", "b"}, with("b")));
  CHECK_FALSE(holds("StringEquals", "A", "a"));
  CHECK_FALSE(holds("StringEquals", "a*", "ab"));
  CHECK_FALSE(holds("StringNotEquals", {"a", "b"}, with("b")));
  CHECK(holds("StringEqualsIgnoreCase", "Ab", "aB"));
  CHECK_FALSE(holds("StringNotEqualsIgnoreCase", "Ab", "aB"));
  CHECK(holds("StringNotLike", "a*", "b"));
  CHECK(holds("BinaryEquals", "aGk=", "aGk="));
}

TEST_CASE("Numbers are compared as numbers") {
  CHECK(holds("NumericEquals", "10", "10.0"));
  CHECK(holds("NumericNotEquals", "10", "11"));
  CHECK(holds("NumericLessThan", "3600", "12"));
  CHECK_FALSE(holds("NumericLessThan", "12", "12"));
  CHECK(holds("NumericLessThanEquals", "12", "12"));
  CHECK(holds("NumericGreaterThan", "-1", "0"));
  CHECK(holds("NumericGreaterThanEquals", "1e3", "+1000"));
  CHECK_FALSE(holds("NumericEquals", "ten", "ten"));
  CHECK_FALSE(holds("NumericEquals", "10", "10x"));
  CHECK_FALSE(holds("NumericEquals", "nan", "nan"));
}

TEST_CASE("Dates are compared in any of their forms") {
  CHECK(holds("DateEquals", "2026-01-01T01:00:00+01:00", "2026-01-01T00:00:00Z"));
  CHECK(holds("DateEquals", "1767225600", "2026-01-01"));
  CHECK(holds("DateLessThan", "2026-01-01T00:00:00.5Z", "2026-01-01T00:00:00.25Z"));
  CHECK(holds("DateLessThanEquals", "2026-01", "2026-01-01"));
  CHECK(holds("DateGreaterThan", "-0044-03-15", "1970-01-01"));
  CHECK(holds("DateGreaterThanEquals", "2024-02-29", "2024-02-29T00:00Z"));
  CHECK(holds("DateNotEquals", "2024", "2025"));
  CHECK_FALSE(holds("DateEquals", "soon", "soon"));
}

TEST_CASE("Booleans are true, false, or nothing") {
  CHECK(holds("Bool", "true", "true"));
  CHECK(holds("Bool", "True", "true"));
  CHECK(holds("Bool", "false", "false"));
  CHECK_FALSE(holds("Bool", "true", "false"));
  CHECK_FALSE(holds("Bool", "yes", "yes"));
}

TEST_CASE("Addresses are inside networks") {
  CHECK(holds("IpAddress", "10.0.0.0/8", "10.1.2.3"));
  CHECK_FALSE(holds("IpAddress", "10.0.0.0/8", "11.1.2.3"));
  CHECK_FALSE(holds("IpAddress", "10.0.0.0/8", "10.0.0.0/4"));
  CHECK(holds("IpAddress", "203.0.113.5", "203.0.113.5"));
  CHECK(holds("IpAddress", "0.0.0.0/0", "8.8.8.8"));
  CHECK(holds("IpAddress", "10.128.0.0/9", "10.200.0.1"));
  CHECK_FALSE(holds("IpAddress", "10.128.0.0/9", "10.100.0.1"));
  CHECK(holds("IpAddress", "2001:db8::/32", "2001:DB8:1::7"));
  CHECK(holds("IpAddress", "::1", "0:0:0:0:0:0:0:1"));
  CHECK(holds("IpAddress", "::ffff:0:0/96", "::ffff:10.0.0.1"));
  CHECK_FALSE(holds("IpAddress", "::/0", "10.0.0.1"));
  CHECK_FALSE(holds("NotIpAddress", {"10.0.0.0/8", "127.0.0.1"}, with("127.0.0.1")));
  for (const auto* bad : {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.4/33", "1.2.3.4/", "::1::", ":::",
                          "1:2", "g::", "1:2:3:4:5:6:7:8:9", "::1/129", "1.2.3.-4", "a.b.c.d", "1:"}) {
    CAPTURE(bad);
    CHECK_FALSE(holds("IpAddress", bad, "1.2.3.4"));
    CHECK_FALSE(holds("IpAddress", {"0.0.0.0/0", "::/0"}, with(bad)));
  }
}

TEST_CASE("ARNs are compared part by part") {
  CHECK(holds("ArnLike", "arn:aws:iam::*:user/*", "arn:aws:iam::123456789012:user/a/b"));
  CHECK(holds("ArnEquals", "arn:aws:iam::*:user/*", "arn:aws:iam::123456789012:user/a"));
  CHECK_FALSE(holds("ArnLike", "arn:*:user/*", "arn:aws:iam::123456789012:user/a"));
  CHECK(holds("ArnLike", "arn:aws:x:::a*", "arn:aws:x:::a:b"));
  CHECK(holds("ArnLike", "arn:aws:iam::*:user/${aws:username}", "arn:aws:iam::1:user/bob"));
  CHECK_FALSE(holds("ArnLike", "*", "arn:aws:iam::1:user/bob"));
  CHECK(holds("ArnNotLike", "arn:aws:iam::*:role/*", "arn:aws:iam::1:user/bob"));
  CHECK_FALSE(holds("ArnNotEquals", "arn:aws:iam::1:user/bob", "arn:aws:iam::1:user/bob"));
}

TEST_CASE("An absent key fails the positive operators and meets the others") {
  const auto absent = [](std::string_view op) { return holds(op, {"true"}, kWithout); };
  for (const auto* op :
       {"StringEquals", "StringLike", "Bool", "NumericLessThan", "DateEquals", "IpAddress", "ArnLike",
        "BinaryEquals", "ForAnyValue:StringEquals", "ForAnyValue:StringNotEquals"}) {
    CAPTURE(op);
    CHECK_FALSE(absent(op));
    CHECK(absent(std::string(op) + "IfExists"));
  }
  for (const auto* op :
       {"StringNotEquals", "StringNotLike", "NumericNotEquals", "DateNotEquals", "NotIpAddress", "ArnNotLike",
        "ForAllValues:StringEquals", "ForAllValues:StringNotEquals"}) {
    CAPTURE(op);
    CHECK(absent(op));
    CHECK(absent(std::string(op) + "IfExists"));
  }
}

TEST_CASE("Null asks whether the key is there") {
  CHECK(holds("Null", {"true"}, kWithout));
  CHECK_FALSE(holds("Null", {"false"}, kWithout));
  CHECK(holds("Null", {"false"}, with("")));
  CHECK_FALSE(holds("Null", {"true"}, with("")));
  Context empty;
  empty.set_list("Key", std::initializer_list<std::string_view>{});
  CHECK(holds("Null", {"true"}, empty));
}

TEST_CASE("Set operators ask for any value or for all") {
  Context tags;
  tags.set_list("Key", {"Team", "Cost"});
  CHECK(holds("ForAllValues:StringEquals", {"Team", "Cost", "Other"}, tags));
  CHECK_FALSE(holds("ForAllValues:StringEquals", {"Team"}, tags));
  CHECK(holds("ForAnyValue:StringEquals", {"Team"}, tags));
  CHECK_FALSE(holds("ForAnyValue:StringEquals", {"team"}, tags));
  CHECK(holds("ForAnyValue:StringNotEquals", {"Team"}, tags));
  CHECK_FALSE(holds("ForAllValues:StringNotEquals", {"Team"}, tags));
  CHECK(holds("ForAllValues:StringLike", {"*"}, tags));
  CHECK_FALSE(holds("StringEquals", {"Team"}, tags));
  CHECK_FALSE(holds("StringNotEquals", {"x"}, tags));
  CHECK(holds("ForAnyValue:StringEquals", {"x"}, with("x")));
}

TEST_CASE("The three states of aws:MultiFactorAuthPresent") {
  struct Row {
    const char* op;
    const char* operand;
    bool absent, no, yes;
  };
  for (const auto& row :
       {Row{"Bool", "true", false, false, true}, Row{"Bool", "false", false, true, false},
        Row{"BoolIfExists", "true", true, false, true}, Row{"BoolIfExists", "false", true, true, false},
        Row{"Null", "true", true, false, false}, Row{"Null", "false", false, true, true}}) {
    CAPTURE(row.op, row.operand);
    CHECK(holds(row.op, {row.operand}, kWithout) == row.absent);
    CHECK(holds(row.op, row.operand, "false") == row.no);
    CHECK(holds(row.op, row.operand, "true") == row.yes);
  }
  CHECK_FALSE(holds("NumericLessThan", {"3600"}, kWithout));
}

TEST_CASE("Only AWS's operators are operators") {
  CHECK_FALSE(parse_operator("stringequals"));
  CHECK_FALSE(parse_operator("StringEqualsIfExistsIfExists"));
  CHECK_FALSE(parse_operator("IfExists"));
  CHECK_FALSE(parse_operator(""));
}

TEST_CASE("A context keeps the last of what it is told") {
  Context context;
  context.set("aws:TagKeys", "x");
  context.set_list("AWS:tagkeys", std::vector<std::string>{"a", "b"});
  context.set("n", std::int64_t{-42});
  context.set("yes", true);
  context.set("now", keyfob::Instant{std::chrono::seconds{0}});
  REQUIRE(context.find("aws:tagkeys").size() == 2);
  CHECK(context.find("aws:tagkeys")[1] == "b");
  CHECK(context.find("n")[0] == "-42");
  CHECK(context.find("yes")[0] == "true");
  CHECK(context.find("now")[0] == "1970-01-01T00:00:00Z");
  CHECK_FALSE(context.find("absent"));
}
