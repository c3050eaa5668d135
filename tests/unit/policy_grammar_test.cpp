// Which documents AWS refuses, and in which words (aws/policies.md#policy-documents,
// aws/roles.md#trust-policies).
#include <string>

#include "iam/policy/document.h"
#include "iam/policy/principals.h"
#include "tests/catch.h"

namespace {

using namespace keyfob;
using policy::DocumentKind;

std::string fault(const std::string& text, DocumentKind kind = DocumentKind::identity) {
  const auto document = policy::compile(text, kind);
  if (document) return "";
  CHECK(document.error().code == "MalformedPolicyDocument");
  CHECK(document.error().status == 400);
  return *document.error().message;
}

std::string statement(const std::string& elements) {
  return R"({"Version":"2012-10-17","Statement":[{)" + elements + "}]}";
}

std::string with_resource(const std::string& resource) {
  return statement(R"("Effect":"Allow","Action":"iam:*","Resource":")" + resource + '"');
}

std::string with_action(const std::string& action) {
  return statement(R"("Effect":"Allow","Resource":"*","Action":")" + action + '"');
}

std::string with_condition(const std::string& block) {
  return statement(R"("Effect":"Allow","Action":"iam:*","Resource":"*","Condition":)" + block);
}

std::string trust(const std::string& elements) { return fault(statement(elements), DocumentKind::trust); }

constexpr const char* kSyntax = "Syntax errors in policy.";
constexpr const char* kLegacy = "The policy failed legacy parsing";

}  // namespace

TEST_CASE("An identity policy must have the shape of a policy") {
  CHECK(fault("this is no JSON") == kSyntax);
  CHECK(fault("[]") == kSyntax);
  CHECK(fault("{}") == kSyntax);
  CHECK(fault(R"({"Version":"2012-10-17"})") == kSyntax);
  CHECK(fault(R"({"Version":"2012-10-17","Statement":[]})") == kSyntax);
  CHECK(fault(R"({"Version":"2012-10-17","Statement":"hello"})") == kSyntax);
  CHECK(fault(R"({"Version":"2012-10-17","Statement":["hello"]})") == kSyntax);
  CHECK(fault(R"({"Version":"2013-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})") ==
        kSyntax);
  CHECK(
      fault(
          R"({"Version":"2012-10-17","Id":{},"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})") ==
      kSyntax);
  CHECK(
      fault(
          R"({"Version":"2012-10-17","Mood":"","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})") ==
      kSyntax);
  CHECK(
      fault(
          R"({"Version":"2012-10-17","Id":"x","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})") ==
      "");
  CHECK(fault(statement(R"("Action":"*","Resource":"*")")) == kSyntax);
  CHECK(fault(statement(R"("Effect":"Maybe","Action":"*","Resource":"*")")) == kSyntax);
  CHECK(fault(statement(R"("Effect":"Allow","Action":"*","Resource":"*","Extra":1)")) == kSyntax);
  CHECK(fault(statement(R"("Effect":"Allow","Action":123,"Resource":"*")")) == kSyntax);
  CHECK(fault(statement(R"("Effect":"Allow","Action":[[]],"Resource":"*")")) == kSyntax);
  CHECK(fault(statement(R"("Effect":"Allow","Action":"*","NotAction":[],"Resource":"*")")) == kSyntax);
  CHECK(fault(statement(R"("Effect":"Allow","Action":"*","Resource":"*","NotResource":"*")")) == kSyntax);
  CHECK(fault(statement(R"("Effect":"Allow","Action":"*","Resource":"*","Sid":[])")) == kSyntax);
}

TEST_CASE("An identity policy must be of 2012") {
  const auto text = "Policy document must be version 2012-10-17 or greater.";
  CHECK(fault(R"({"Statement":{"Effect":"denY","Action":"*","Resource":"*"}})") == text);
  CHECK(fault(R"({"Version":"2008-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})") ==
        text);
  CHECK(fault(R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})", DocumentKind::session) ==
        "");
}

TEST_CASE("AWS's older parser checks the case of Effect, dates and the fields of an ARN") {
  CHECK(fault(statement(R"("Effect":"denY","Action":"*","Resource":"*")")) == kLegacy);
  CHECK(fault(with_condition(R"({"DateGreaterThan":{"aws:CurrentTime":"tomorrow"}})")) == kLegacy);
  CHECK(fault(with_condition(R"({"DateLessThanEquals":{"a":"234-13"}})")) == kLegacy);
  CHECK(fault(with_condition(R"({"DateLessThan":{"a":"9223372036854775808"}})")) == kLegacy);
  CHECK(fault(with_condition(R"({"DateLessThanEquals":{"a":"2016-12-13t2:00:00.593194+1"}})")) == kLegacy);
  CHECK(fault(with_condition(R"({"DateLessThanEquals":{"a":"2016-12-13t2:00:00.1999999999+10:59"}})")) ==
        kLegacy);
  for (const auto* date : {"01T", "-292275054", "2019-07-01T13:20:15Z", "2016-12-13t2:00:00.593194+23",
                           "1700000000", "2016-12-13T21:20:37.593194+00:00", "2026", "2026-02"}) {
    CAPTURE(date);
    CHECK(fault(with_condition(R"({"DateLessThan":{"a":")" + std::string(date) + "\"}}")) == "");
  }
  CHECK(fault(with_resource("arn:aws:s3::bucket")) == kLegacy);
  CHECK(fault(with_resource("arn:aws::::bucket")) == kLegacy);
  CHECK(fault(with_resource("arn:aws::bucket")) == kLegacy);
  CHECK(fault(with_resource("arn:aws:iam::<ACCOUNT_ID>:user/bob")) == kLegacy);
  CHECK(fault(with_resource("arn:aws:iam::${aws:PrincipalAccount}:user/bob")) == kLegacy);
  CHECK(fault(with_resource("arn:aws:ec2:region:account-id:instance/*")) == "");
}

TEST_CASE("Conditions have known operators and plain values") {
  CHECK(fault(with_condition("[]")) == kSyntax);
  CHECK(fault(with_condition(R"({"StringEquals":"a"})")) == kSyntax);
  CHECK(fault(with_condition(R"({"StringEquals":{"a":{}}})")) == kSyntax);
  CHECK(fault(with_condition(R"({"StringEquals":{"a":null}})")) == kSyntax);
  CHECK(fault(with_condition(R"({"StringSmells":{"a":"b"}})")) == kSyntax);
  CHECK(fault(with_condition(R"({"ForAnyValue::StringEquals":{"a":"b"}})")) == kSyntax);
  CHECK(fault(with_condition(R"({"StringSmells":{}})")) == "");
  CHECK(fault(with_condition("{}")) == "");
  CHECK(fault(with_condition(R"({"Bool":{"a":true},"NumericEquals":{"b":[1,2.5]},"Null":{"c":"true"}})")) ==
        "");
  CHECK(fault(with_condition(R"({"ForAnyValue:StringEqualsIfExists":{"a":[]}})")) == "");
}

TEST_CASE("Statement ids are letters and digits, each once") {
  const std::string one = R"({"Sid":"A","Effect":"Allow","Action":"*","Resource":"*"})";
  CHECK(fault(R"({"Version":"2012-10-17","Statement":[)" + one + "," + one + "]}") ==
        "Statement IDs (SID) in a single policy must be unique.");
  CHECK(fault(statement(R"("Sid":"","Effect":"Allow","Action":"*","Resource":"*")")) == "");
  CHECK(fault(statement(R"("Sid":"a b","Effect":"Allow","Action":"*","Resource":"*")")) ==
        "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression "
        "[0-9A-Za-z]*");
}

TEST_CASE("Statements need actions and resources, and no principal") {
  CHECK(fault(statement(R"("Effect":"Allow")")) == "Policy statement must contain actions.");
  CHECK(fault(statement(R"("Effect":"Allow","Action":[],"Resource":"*")")) ==
        "Policy statement must contain actions.");
  CHECK(fault(statement(R"("Effect":"Allow","Action":"bad")")) == "Policy statement must contain resources.");
  CHECK(fault(statement(R"("Effect":"Allow","Action":"*","Resource":[])")) ==
        "Policy statement must contain resources.");
  CHECK(fault(statement(R"("Effect":"Allow","Action":"*","Resource":"*","Principal":"*")")) ==
        "Policy document should not specify a principal.");
}

TEST_CASE("Actions are a vendor and a name") {
  const auto prefaced = "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
  CHECK(fault(with_action("")) == prefaced);
  CHECK(fault(with_action("GetUser")) == prefaced);
  CHECK(fault(with_action("a a:GetUser")) == "Vendor a a is not valid");
  CHECK(fault(with_action(":GetUser")) == "Vendor  is not valid");
  CHECK(fault(with_action("iam:Get:User")) == "Actions/Condition can contain only one colon.");
  CHECK(fault(statement(R"("Effect":"Deny","NotAction":"GetUser","Resource":"*")")) == prefaced);
  CHECK(fault(with_action("s3.x-y: anything goes ")) == "");
  CHECK(fault(with_action("*")) == "");
}

TEST_CASE("Resources are ARNs that could be") {
  CHECK(fault(with_resource("")) == R"(Resource  must be in ARN format or "*".)");
  CHECK(fault(with_resource("bucket")) == R"(Resource bucket must be in ARN format or "*".)");
  CHECK(fault(with_resource("a:b")) == R"(Partition "b" is not valid for resource "arn:b:*:*:*:*".)");
  CHECK(fault(with_resource("a:b:c:d:e:f:g:h")) ==
        R"(Partition "b" is not valid for resource "arn:b:c:d:e:f:g:h".)");
  CHECK(fault(with_resource("aws:s3:::bucket")) ==
        R"(Partition "s3" is not valid for resource "arn:s3:::bucket:*".)");
  CHECK(fault(with_resource("arn:aws")) ==
        "Resource vendor must be fully qualified and cannot contain regexes.");
  CHECK(fault(with_resource("arn:aws:s3:us-east-1::bucket")) ==
        "Resource arn:aws:s3:us-east-1::bucket can not contain region information.");
  CHECK(fault(with_resource("arn:aws:iam:us-east-1::user/bob")) ==
        "IAM resource arn:aws:iam:us-east-1::user/bob cannot contain region information.");
  CHECK(fault(with_resource("arn:aws:iam:::bucket")) ==
        "IAM resource path must either be \"*\", root, or start with user/, federated-user/, role/, group/, "
        "instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, "
        "report/, "
        "access-report/.");
  for (const auto* resource : {"arn:aws:iam::123456789012:root", "arn:aws:iam::*:*", "arn:aws:iam::*:mfa/*",
                               "arn:aws:iam::*:user/${aws:username}", "arn:aws:anything"}) {
    CAPTURE(resource);
    CHECK(fault(with_resource(resource)) == "");
  }
  CHECK(fault(statement(R"("Effect":"Allow","Action":"bad","Resource":["zzz","arn:error:s3:::b"])")) ==
        R"(Partition "error" is not valid for resource "arn:error:s3:::b".)");
}

TEST_CASE("Trust policies have a grammar and words of their own") {
  const std::string ok = R"("Effect":"Allow","Action":"sts:AssumeRole",)";
  const std::string principal = ok + R"("Principal":{"AWS":"123456789012"})";
  CHECK(trust(principal) == "");
  CHECK(fault("{", DocumentKind::trust) == "This policy contains invalid Json");
  CHECK(fault("[]", DocumentKind::trust) == "This policy contains invalid Json");
  CHECK(fault(R"({"Version":"x","Statement":[]})", DocumentKind::trust) ==
        "The policy must contain a valid version string");
  CHECK(fault("{}", DocumentKind::trust) == "Could not parse the policy: Statement is empty!");
  CHECK(fault(R"({"Version":"2008-10-17","Statement":{)" + principal + "}}", DocumentKind::trust) == "");
  CHECK(trust(principal + R"(,"Resource":"*")") == "Has prohibited field Resource");
  CHECK(trust(R"("Effect":"Allow","Action":"iam:GetUser","Principal":{"AWS":"*"})") ==
        "AssumeRole policy may only specify STS AssumeRole actions.");
  CHECK(trust(R"("Effect":"Allow","Action":["sts:AssumeRole","sts:TagSession"],"Principal":{"AWS":"*"})") ==
        "");
  CHECK(trust(ok.substr(0, ok.size() - 1)) == "Missing required field Principal");
  CHECK(trust(R"("Principal":{"AWS":"*"})") == "Missing required field Effect");
  CHECK(trust(R"("Effect":"allow","Principal":{"AWS":"*"})") == "Invalid effect: allow");
  CHECK(trust(R"("Effect":"Allow","Principal":{"AWS":"*"})") == "Missing required field Action");
  CHECK(trust(ok + R"("Principal":{})") == "Missing required field Principal cannot be empty!");
  CHECK(trust(ok + R"("Principal":"*")") == "Principal must be a JSON object.");
  CHECK(trust(ok + R"("NotPrincipal":{"AWS":"*"})") == "Allow with NotPrincipal is not allowed.");
  CHECK(trust(ok + R"("Principal":{"AWS":"bob"})") == R"(Invalid principal in policy: "AWS":"bob")");
  CHECK(trust(ok + R"("Principal":{"AWS":"arn:aws:iam::123456789012:user/*"})") ==
        R"(Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:user/*")");
  CHECK(trust(ok + R"("Principal":{"Service":"ec2"})") == R"(Invalid principal in policy: "SERVICE":"ec2")");
  CHECK(
      trust(ok +
            R"("Principal":{"AWS":["arn:aws:iam::123456789012:user/a/b","arn:aws:iam::123456789012:root"],)" +
            R"("Service":"ec2.amazonaws.com","Federated":"accounts.google.com"})") == "");
  const auto twice = R"({"Sid":"A",)" + principal + "}";
  CHECK(fault(R"({"Statement":[)" + twice + "," + twice + "]}", DocumentKind::trust) ==
        "The Statement Ids in the policy are not unique");
}

TEST_CASE("Any text may be compiled") {
  CHECK(fault(std::string(200'000, '[')) == kSyntax);
  CHECK(fault(std::string("\0\xFF\xFE", 3)) == kSyntax);
  CHECK(fault("") == kSyntax);
  CHECK(fault(with_action(std::string("iam:\xFF"))) == kSyntax);
  const auto whole = with_resource("arn:aws:iam::*:user/${aws:username}");
  for (std::size_t size = 0; size < whole.size(); ++size) CHECK(fault(whole.substr(0, size)) == kSyntax);
}

TEST_CASE("A document tells what it names") {
  const auto document = *policy::compile(
      with_condition(
          R"({"StringEquals":{"aws:PrincipalTag/Team":"${aws:username, 'x'}"},"Null":{"aws:username":true}})"),
      DocumentKind::identity);
  CHECK(document->context_keys() == std::vector<std::string>{"aws:PrincipalTag/Team", "aws:username"});
  const auto trusting = *policy::compile(
      statement(R"("Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":["*","123456789012",)"
                R"("arn:aws:iam::123456789012:root","arn:aws:iam::123456789012:user/bob"]})"),
      DocumentKind::trust);
  CHECK(trusting->named_principals() == std::vector<std::string>{"arn:aws:iam::123456789012:user/bob"});
  CHECK(policy::invalid_principal("x").message == R"(Invalid principal in policy: "AWS":"x")");
}

TEST_CASE("A document knows where its statements stand") {
  const auto document = *policy::compile(
      "{\"Version\":\"2012-10-17\",\n \"Statement\":[\n"
      "  {\"Sid\":\"One\",\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"},\n"
      "  {\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":[\"*\"],\n   "
      "\"Condition\":{\"Null\":{\"{\\\"\":\"\"}}}]}",
      DocumentKind::identity);
  REQUIRE(document->size() == 2);
  CHECK(document->sid(0) == "One");
  CHECK((document->begins(0).line == 3 && document->begins(0).column == 3));
  CHECK((document->ends(0).line == 3 && document->ends(0).column == 61));
  CHECK((document->begins(1).line == 4 && document->ends(1).line == 5));
  CHECK(document->ends(1).column == 36);
}

TEST_CASE("the names of principals are rewritten, and nothing else is") {
  const std::string before =
      R"( {"Statement": [{"Effect":"Allow","Action":"sts:AssumeRole" ,"Sid":"AWS",
 "Principal":{"Service":"x.amazonaws.com","AWS": ["x","a\/b" , "y"] },
 "Condition":{"StringEquals":{"AWS":"x","Principal":["x"]}}},{"\u0050rincipal":{"AWS":"x"}}]})";
  const auto after = policy::with_principals(before, [](const std::string& name) {
    return name == "x" ? std::string("\"z\"") : name == "a/b" ? "c" : name;
  });
  CHECK(after ==
        R"( {"Statement": [{"Effect":"Allow","Action":"sts:AssumeRole" ,"Sid":"AWS",
 "Principal":{"Service":"x.amazonaws.com","AWS": ["\"z\"","c" , "y"] },
 "Condition":{"StringEquals":{"AWS":"x","Principal":["x"]}}},{"\u0050rincipal":{"AWS":"\"z\""}}]})");
}
