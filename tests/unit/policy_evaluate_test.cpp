// Decisions: what a set of policies says to a request, and how AWS puts a no (aws/authorization.md).
#include <string>
#include <vector>

#include "iam/policy/cache.h"
#include "iam/policy/evaluate.h"
#include "tests/catch.h"

namespace {

using namespace keyfob;
using namespace keyfob::policy;

NamedDocument named(const std::string& statements, const std::string& arn = "") {
  auto document =
      compile(R"({"Version":"2012-10-17","Statement":[)" + statements + "]}", DocumentKind::identity);
  REQUIRE(document.has_value());
  return {.arn = arn, .name = "policy", .document = std::move(*document)};
}

NamedDocument simple(const std::string& effect, const std::string& action,
                     const std::string& resource = "*") {
  return named(R"({"Effect":")" + effect + R"(","Action":")" + action + R"(","Resource":")" + resource +
               "\"}");
}

DocumentPtr trust(const std::string& statements) {
  auto document =
      compile(R"({"Version":"2012-10-17","Statement":[)" + statements + "]}", DocumentKind::trust);
  REQUIRE(document.has_value());
  return std::move(*document);
}

std::string trusting(const std::string& principal, const std::string& rest = "",
                     const std::string& effect = "Allow") {
  return R"({"Effect":")" + effect + R"(","Action":"sts:AssumeRole","Principal":{"AWS":")" + principal +
         "\"}" + rest + "}";
}

constexpr const char* kForceMfa = R"(
  {"Sid":"AllowViewAccountInfo","Effect":"Allow","Action":"iam:ListVirtualMFADevices","Resource":"*"},
  {"Sid":"AllowManageOwnVirtualMFADevice","Effect":"Allow","Action":["iam:CreateVirtualMFADevice"],
   "Resource":"arn:aws:iam::*:mfa/*"},
  {"Sid":"AllowManageOwnUserMFA","Effect":"Allow","Action":["iam:DeactivateMFADevice","iam:EnableMFADevice",
   "iam:GetUser","iam:ListMFADevices","iam:ResyncMFADevice"],"Resource":"arn:aws:iam::*:user/${aws:username}"},
  {"Sid":"DenyAllExceptListedIfNoMFA","Effect":"Deny","NotAction":["iam:CreateVirtualMFADevice","iam:EnableMFADevice",
   "iam:GetUser","iam:ListMFADevices","iam:ListVirtualMFADevices","iam:ResyncMFADevice","sts:GetSessionToken"],
   "Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}})";

constexpr const char* kBob = "arn:aws:iam::123456789012:user/bob";
constexpr const char* kRole = "arn:aws:iam::123456789012:role/ops/admin";
constexpr const char* kSession = "arn:aws:sts::123456789012:assumed-role/admin/s";
const Principal kUserBob{PrincipalKind::user, kBob, "123456789012", ""};
const Principal kAdminSession{PrincipalKind::assumed_role, kSession, "123456789012", kRole};

Context bobs_context() {
  Context context;
  context.set("aws:username", "bob");
  return context;
}

Decision ask(const PolicySet& policies, const std::string& action, const std::string& resource,
             const Context& context = bobs_context()) {
  return evaluate(policies, {action, resource, kUserBob, context});
}

Decision assume(const PolicySet& own, const std::string& statements, const Principal& caller = kUserBob,
                const std::string& role = kRole) {
  Context context;
  context.set("aws:MultiFactorAuthPresent", false);
  return evaluate_assume_role(own, *trust(statements), {"sts:AssumeRole", role, caller, context});
}

}  // namespace

TEST_CASE("Without policies everything is denied") {
  const auto decision = ask({}, "iam:GetUser", kBob);
  CHECK(decision.effect == Effect::implicit_deny);
  CHECK(denied_message(kBob, "iam:GetUser", kBob, decision) ==
        "User: arn:aws:iam::123456789012:user/bob is not authorized to perform: iam:GetUser on resource: "
        "arn:aws:iam::123456789012:user/bob because no identity-based policy allows the iam:GetUser action");
}

TEST_CASE("The force-MFA policy lets a long-term key enrol and no more") {
  const PolicySet policies{.identity = {named(kForceMfa), simple("Allow", "*")}};
  auto context = bobs_context();
  const auto may = [&](const std::string& action, const std::string& resource) {
    return ask(policies, action, resource, context).allowed();
  };
  for (const int state : {0, 1}) {  // absent, then false
    if (state == 1) context.set("aws:MultiFactorAuthPresent", false);
    CHECK(may("iam:EnableMFADevice", kBob));
    CHECK(may("iam:CreateVirtualMFADevice", "arn:aws:iam::123456789012:mfa/bob"));
    CHECK(may("iam:ListVirtualMFADevices", "*"));
    CHECK(may("sts:GetSessionToken", "*"));
    CHECK_FALSE(may("iam:DeactivateMFADevice", kBob));
    CHECK_FALSE(may("s3:ListBucket", "arn:aws:s3:::bucket"));
  }
  context.set("aws:MultiFactorAuthPresent", true);
  CHECK(may("iam:DeactivateMFADevice", kBob));
  CHECK(may("s3:ListBucket", "arn:aws:s3:::bucket"));

  const PolicySet alone{.identity = {named(kForceMfa)}};
  CHECK(ask(alone, "iam:EnableMFADevice", kBob, context).allowed());
  CHECK_FALSE(ask(alone, "iam:EnableMFADevice", "arn:aws:iam::123456789012:user/carol", context).allowed());
}

TEST_CASE("Actions match in any case, resources in theirs") {
  const PolicySet policies{.identity = {simple("Allow", "IAM:get*", "arn:aws:iam::*:user/b?b")}};
  CHECK(ask(policies, "iam:GetUser", kBob).allowed());
  CHECK_FALSE(ask(policies, "iam:GetUser", "arn:aws:iam::123456789012:user/BOB").allowed());
  CHECK_FALSE(ask(policies, "iam:ListUsers", kBob).allowed());
  CHECK_FALSE(ask(policies, "iam:GetUser", "*").allowed());
}

TEST_CASE("NotAction and NotResource cover what they don't name") {
  const PolicySet policies{.identity = {named(R"({"Effect":"Allow","NotAction":["iam:Delete*","s3:*"],)"
                                              R"("NotResource":"arn:aws:iam::*:user/${aws:username}"})")}};
  CHECK(ask(policies, "iam:GetUser", "arn:aws:iam::123456789012:user/carol").allowed());
  CHECK_FALSE(ask(policies, "iam:GetUser", kBob).allowed());
  CHECK_FALSE(ask(policies, "iam:DeleteUser", "arn:aws:iam::123456789012:user/carol").allowed());
}

TEST_CASE("A resource with missing fields stands for all of them") {
  CHECK(ask({.identity = {simple("Allow", "*", "arn:aws:sns")}}, "sns:Publish", "arn:aws:sns:eu-west-1:1:t")
            .allowed());
}

TEST_CASE("An unresolved variable matches nothing") {
  const PolicySet policies{.identity = {simple("Allow", "*", "arn:aws:iam::*:user/${aws:username}")}};
  CHECK_FALSE(ask(policies, "iam:GetUser", "arn:aws:iam::123456789012:user/", Context()).allowed());
  CHECK_FALSE(
      ask(policies, "iam:GetUser", "arn:aws:iam::123456789012:user/${aws:username}", Context()).allowed());
}

TEST_CASE("An explicit deny wins wherever it stands, and is told") {
  const auto allow = simple("Allow", "*");
  const auto deny = named(R"({"Effect":"Deny","Action":"iam:DeleteUser","Resource":"*"})",
                          "arn:aws:iam::123456789012:policy/no");
  const auto told = [](const PolicySet& policies) {
    const auto decision = ask(policies, "iam:DeleteUser", kBob);
    CHECK(decision.effect == Effect::explicit_deny);
    const auto text = denied_message("C", "A", "R", decision);
    return text.substr(text.find("with"));
  };
  CHECK(told({.identity = {allow, deny}}) ==
        "with an explicit deny in an identity-based policy: arn:aws:iam::123456789012:policy/no");
  CHECK(told({.identity = {allow, simple("Deny", "*")}}) ==
        "with an explicit deny in an identity-based policy");
  CHECK(told({.identity = {allow}, .boundary = deny}) ==
        "with an explicit deny in a permissions boundary: arn:aws:iam::123456789012:policy/no");
  CHECK(told({.identity = {allow}, .session = {allow, simple("Deny", "*")}}) ==
        "with an explicit deny in a session policy");
}

TEST_CASE("Boundary and session policies must allow as well") {
  const auto all = simple("Allow", "*");
  const auto reading = simple("Allow", "iam:Get*");
  const auto told = [](const PolicySet& policies) {
    const auto decision = ask(policies, "iam:DeleteUser", kBob);
    return decision.allowed() ? "" : denied_message("C", "A", "R", decision).substr(55);
  };
  CHECK(told({.identity = {all}, .boundary = all, .session = {reading, all}}) == "");
  CHECK(told({.identity = {all}, .boundary = reading}) ==
        "because no permissions boundary allows the A action");
  CHECK(told({.identity = {all}, .session = {reading}}) == "because no session policy allows the A action");
  CHECK(told({.identity = {reading}, .boundary = all}) ==
        "because no identity-based policy allows the A action");
}

TEST_CASE("Every statement that applied can be told") {
  const PolicySet policies{.identity = {named(kForceMfa), simple("Allow", "*")},
                           .boundary = simple("Allow", "iam:*")};
  const auto context = bobs_context();
  std::vector<Match> matches;
  const auto decision = evaluate(policies, {"iam:DeactivateMFADevice", kBob, kUserBob, context}, &matches);
  CHECK(decision.effect == Effect::explicit_deny);
  REQUIRE(matches.size() == 4);
  CHECK((matches[0].policy == 0 && matches[0].statement == 2 && matches[0].effect == Effect::allow));
  CHECK((matches[1].statement == 3 && matches[1].effect == Effect::explicit_deny));
  CHECK((matches[2].source == Source::identity && matches[2].policy == 1));
  CHECK(matches[3].source == Source::boundary);
  CHECK(missing_context_keys(policies, context) == std::vector<std::string>{"aws:MultiFactorAuthPresent"});
}

TEST_CASE("A trust policy tells how it names the caller") {
  const Context context;
  const auto named_as = [&](const std::string& statements, const Principal& caller) {
    return evaluate_trust(*trust(statements), {"sts:AssumeRole", kRole, caller, context}).named_as;
  };
  CHECK(named_as(trusting(kBob), kUserBob) == NamedAs::caller);
  CHECK(named_as(trusting("*"), kUserBob) == NamedAs::caller);
  CHECK(named_as(trusting("123456789012"), kUserBob) == NamedAs::account);
  CHECK(named_as(trusting("arn:aws:iam::123456789012:root"), kUserBob) == NamedAs::account);
  CHECK(named_as(trusting("123456789012") + "," + trusting(kBob), kUserBob) == NamedAs::caller);
  CHECK(named_as(trusting("210987654321"), kUserBob) == NamedAs::nobody);
  CHECK(named_as(trusting(kRole), kAdminSession) == NamedAs::role);
  CHECK(named_as(trusting(kSession), kAdminSession) == NamedAs::caller);
  CHECK(named_as(trusting(kRole), kUserBob) == NamedAs::nobody);
  CHECK(
      named_as(R"({"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"ec2.amazonaws.com"}})",
               {PrincipalKind::service, "ec2.amazonaws.com", "", ""}) == NamedAs::caller);
}

TEST_CASE("AssumeRole needs the trust policy, and the caller's own where that names the account alone") {
  const PolicySet may{.identity = {simple("Allow", "sts:AssumeRole", kRole)}};
  const PolicySet none{};
  const PolicySet denied{.identity = {simple("Deny", "sts:*")}};
  const PolicySet bound{.identity = {}, .boundary = simple("Allow", "iam:*")};
  CHECK(assume(none, trusting(kBob)).allowed());
  CHECK(assume(bound, trusting(kBob)).allowed());
  CHECK_FALSE(assume(denied, trusting(kBob)).allowed());
  CHECK_FALSE(assume(none, trusting("123456789012")).allowed());
  CHECK(assume(may, trusting("123456789012")).allowed());
  CHECK_FALSE(assume(may, trusting("210987654321")).allowed());
  CHECK_FALSE(assume(may, trusting(kBob) + "," + trusting("123456789012", "", "Deny")).allowed());
  CHECK(assume(none, trusting(kRole), kAdminSession).allowed());
  CHECK_FALSE(assume(bound, trusting(kRole), kAdminSession).allowed());

  CHECK(assume(denied, trusting("210987654321")).effect == Effect::explicit_deny);

  const std::string elsewhere = "arn:aws:iam::210987654321:role/admin";
  CHECK_FALSE(assume(none, trusting(kBob), kUserBob, elsewhere).allowed());
  CHECK_FALSE(assume(may, trusting(kBob), kUserBob, elsewhere).allowed());
  CHECK(assume({.identity = {simple("Allow", "*")}}, trusting(kBob), kUserBob, elsewhere).allowed());
}

TEST_CASE("A trust policy that wants MFA denies without a reason") {
  const auto decision =
      assume({}, trusting(kBob, R"(,"Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}})"));
  CHECK(decision.effect == Effect::implicit_deny);
  CHECK(denied_message(kBob, "sts:AssumeRole", kRole, decision) ==
        "User: arn:aws:iam::123456789012:user/bob is not authorized to perform: sts:AssumeRole on resource: "
        "arn:aws:iam::123456789012:role/ops/admin");
}

TEST_CASE("The cache compiles a text once and forgets the least used") {
  Cache cache(2);
  const auto text = [](int number) {
    return R"({"Version":"2012-10-17","Statement":{"Sid":")" + std::to_string(number) +
           R"(","Effect":"Allow","Action":"*","Resource":"*"}})";
  };
  const auto first = cache.get(text(1), DocumentKind::identity);
  CHECK(cache.get(text(2), DocumentKind::identity) != first);
  CHECK(cache.get(text(1), DocumentKind::identity) == first);
  CHECK(cache.get(text(1), DocumentKind::session) != first);  // 2 goes
  CHECK(cache.get(text(1), DocumentKind::identity) == first);
  cache.get(text(2), DocumentKind::identity);
  cache.get(text(3), DocumentKind::identity);  // 1 goes
  CHECK(cache.get(text(1), DocumentKind::identity) != first);
  CHECK(cache.get("nonsense", DocumentKind::identity) == nullptr);
}
