// The fuzzers' targets under a few thousand mutations of sound inputs, the same on every run, so that every
// build with sanitizers meets hostile bytes even where libFuzzer isn't at hand.
#include <random>
#include <string>

#include "tests/catch.h"
#include "tests/fuzz/targets.h"

namespace {

using namespace std::string_literals;
const std::string kAlphabet = "&=%+.0129ATagsmember\x00\xff\xc3{}[]\":,/-"s;

std::string mutated(std::string text, std::mt19937& chance) {
  for (auto edits = chance() % 6 + 1; edits > 0; --edits) {
    const auto at = chance() % (text.size() + 1);
    const char c = kAlphabet[chance() % kAlphabet.size()];
    switch (chance() % 4) {
      case 0:
        text.insert(at, 1, c);
        break;
      case 1:
        text.erase(at, chance() % 8);
        break;
      case 2:
        text.insert(at, text.substr(at / 2, chance() % 32));
        break;
      default:
        if (at < text.size()) text[at] = c;
    }
  }
  return text;
}

void bombard(void (*target)(std::string_view), const std::vector<std::string>& sound, int times) {
  std::mt19937 chance(7);
  for (int i = 0; i < times; ++i) {
    const auto input = mutated(sound[chance() % sound.size()], chance);
    target(input);
  }
  SUCCEED();
}

const std::vector<std::string> kRequests = {
    "Action=CreateUser&Version=2010-05-08&UserName=bob&Tags.member.1.Key=a&Tags.member.1.Value=b",
    "Action=CreateVirtualMFADevice&Version=2010-05-08&VirtualMFADeviceName=x&Path=%2Fa%2F&Tags.member.11.Key="
    "z",
    "Action=EnableMFADevice&Version=2010-05-08&UserName=bob&SerialNumber=arn%3Aaws%3Aiam%3A%3A123456789012%"
    "3Amfa%2Fx"
    "&AuthenticationCode1=123456&AuthenticationCode2=654321",
    "Action=UntagUser&Version=2010-05-08&UserName=bob&TagKeys.member.1=a&TagKeys.member.2=b",
    "Action=GetSessionToken&Version=2011-06-15&DurationSeconds=900&SerialNumber=GAHT12345678&TokenCode="
    "000000",
};

}  // namespace

TEST_CASE("mutated forms are decoded or refused") { bombard(keyfob::fuzz::query_form, kRequests, 20000); }

TEST_CASE("mutated requests get an answer of AWS's and never a failure of ours") {
  bombard(keyfob::fuzz::whole_request, kRequests, 5000);
}

TEST_CASE("mutated authorizations are parsed or refused") {
  bombard(keyfob::fuzz::signed_request,
          {"AWS4-HMAC-SHA256 Credential=A/20261124/us-east-1/iam/aws4_request, SignedHeaders=host, "
           "Signature=abc\n"
           "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A%2F20261124%2Fus-east-1%2Fiam%2Faws4_request"
           "&X-Amz-Date=20261124T000000Z&X-Amz-SignedHeaders=host&X-Amz-Signature=abc"},
          5000);
}

TEST_CASE("mutated policies compile or are refused") {
  bombard(
      keyfob::fuzz::policy_document,
      {R"({"Version":"2012-10-17","Statement":[{"Sid":"a","Effect":"Deny","NotAction":"iam:*","Resource":"*",)"
       R"("Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}]})",
       R"({"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":["*","123456789012"]}}})"},
      5000);
}
