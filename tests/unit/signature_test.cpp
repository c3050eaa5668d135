// Signature Version 4: stage by stage against vectors that botocore's signer made
// (tests/vectors/sigv4/make.py), and what is said of a signature that is wrong
// (aws/authentication.md#failures).
#include "protocol/signature.h"

#include <filesystem>
#include <fstream>

#include "tests/catch.h"
#include "tests/unit/emulator.h"

using namespace keyfob;

namespace {

const Secret kSecret{"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"};

const std::filesystem::path kVectors = KEYFOB_TEST_DIR "/vectors/sigv4";

std::string content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// Off the front of the text, up to the separator.
std::string_view take(std::string_view& text, std::string_view separator) {
  const auto end = std::min(text.find(separator), text.size());
  const auto taken = text.substr(0, end);
  text.remove_prefix(std::min(end + separator.size(), text.size()));
  return taken;
}

// A request as it stands in a file: its first line, "Name:value" lines, an empty one, the body.
class RequestText {
 public:
  explicit RequestText(const std::string& text) {
    std::string_view rest = text;
    auto head = take(rest, "\n\n");
    auto first = take(head, "\n");
    request_.method = take(first, " ");
    request_.target = take(first, " ");
    request_.body = rest;
    while (!head.empty()) {
      auto line = take(head, "\n");
      const auto name = take(line, ":");
      headers_.push_back({name, line});
    }
    request_.headers = headers_;
  }

  const HttpRequest& operator*() const { return request_; }

 private:
  std::vector<HeaderField> headers_;
  HttpRequest request_;
};

// As the service decides it, the clock and the key's existence apart.
Result<void> accepted(const HttpRequest& request, std::string_view service) {
  TRY(const signature::Authorization authorization, signature::parse(request));
  CHECK_OK(signature::check_scope(authorization, service));
  return signature::check_signature(authorization, request, kSecret);
}

// Whether the signature covers this byte of a request. It doesn't the protocol's version, the names of
// headers, the Authorization header but for the signature itself, and what ".." takes out of a path.
bool is_signed(const std::string& text, std::size_t at) {
  const auto line_start = text.rfind('\n', at) + 1;
  const auto body = text.find("\n\n") + 2;
  if (at >= body) return true;
  if (text[at] == '\n') return false;
  if (line_start == 0) return at < text.find(" HTTP/1.1") && text.find("/..") == std::string::npos;
  if (at <= text.find(':', line_start)) return false;
  const auto line = text.substr(line_start, text.find('\n', at) - line_start);
  if (line.starts_with("Authorization")) return at > text.find("Signature=", line_start) + 9;
  return true;
}

std::vector<std::filesystem::path> vectors() {
  std::vector<std::filesystem::path> folders;
  for (const auto& entry : std::filesystem::directory_iterator(kVectors)) {
    if (exists(entry.path() / "request.http")) folders.push_back(entry.path());
  }
  return folders;
}

// A call of GetCallerIdentity signed at noon, with changes: the first text by the second, in turn.
struct Altered {
  std::string vector;
  std::vector<std::pair<std::string, std::string>> changes;

  std::string text() const {
    auto text = content(kVectors / vector / "request.http");
    for (const auto& [from, to] : changes) {
      const auto at = text.find(from);
      REQUIRE(at != std::string::npos);
      text.replace(at, from.size(), to);
    }
    return text;
  }
};
Altered signed_post(std::vector<std::pair<std::string, std::string>> changes = {}) {
  return {"post-sts-in-a-region", std::move(changes)};
}
Altered presigned(std::vector<std::pair<std::string, std::string>> changes = {}) {
  return {"presigned", std::move(changes)};
}

// What a server that verifies signatures says at that time of the day: "STATUS Code: message", or "200".
std::string said(const Altered& request, const std::string& time = "12:00:00") {
  Emulator emulator({.authentication = {.verify_signatures = true,
                                        .root_access_key_id = "AKIDEXAMPLE",
                                        .root_secret_access_key = kSecret}});
  emulator.move_to(*from_iso8601("2026-01-01T" + time + "Z"));
  const auto text = request.text();
  const auto reply = emulator.service().handle(*RequestText(text));
  if (reply.status == 200) return "200";
  const auto element = [&](const std::string& name) {
    return Emulator::between(reply.body, "<" + name + ">", "</" + name + ">");
  };
  return std::to_string(reply.status) + " " + element("Code") + ": " + element("Message");
}

}  // namespace

TEST_CASE("each stage of a signature is botocore's") {
  CHECK(vectors().size() > 30);
  for (const auto& folder : vectors()) {
    INFO(folder.filename());
    const auto text = content(folder / "request.http");
    const RequestText request(text);
    const auto authorization = signature::parse(*request);
    REQUIRE(authorization.has_value());
    const auto canonical = signature::canonical_request(*authorization, *request);
    CHECK(canonical == content(folder / "canonical_request.txt"));
    CHECK(signature::string_to_sign(*authorization, canonical) == content(folder / "string_to_sign.txt"));
    CHECK(content(folder / "authorization.txt").ends_with(authorization->signature));
    CHECK(accepted(*request, authorization->service).has_value());
  }
}

TEST_CASE("a signed request with any one byte altered is refused") {
  for (const auto& folder : vectors()) {
    const auto text = content(folder / "request.http");
    const auto service = signature::parse(*RequestText(text))->service;
    std::size_t altered_bytes = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (!is_signed(text, at)) continue;
      auto altered = text;
      altered[at] = text[at] == 'z' ? 'y' : 'z';
      ++altered_bytes;
      if (!accepted(*RequestText(altered), service)) continue;
      INFO(folder.filename());
      FAIL_CHECK("accepted:\n" << altered);
    }
    CHECK(altered_bytes > 64);
  }
}

TEST_CASE("a sound signature is accepted, an unsigned header more too, an unsigned parameter more not") {
  CHECK(said(signed_post()) == "200");
  CHECK(said(presigned()) == "200");
  CHECK(said(signed_post({{"X-Amz-Date", "X-Other:1\nX-Amz-Date"}})) == "200");
  CHECK(said(presigned({{"/?", "/?Other=1&"}})).starts_with("403 SignatureDoesNotMatch: The request sig"));
}

TEST_CASE("that an action is unknown is told only to a caller with a valid signature") {
  const std::pair<std::string, std::string> unknown{"Action=GetCallerIdentity", "Action=GetCallerWhatever"};
  CHECK(said(signed_post({unknown})).starts_with("403 SignatureDoesNotMatch"));
  CHECK(said(signed_post({{"Authorization:", "Other:"}, unknown})) ==
        "403 MissingAuthenticationToken: Request is missing Authentication Token");
}

TEST_CASE("a request without a whole authorization") {
  CHECK(said(signed_post({{"Authorization:", "Other:"}})) ==
        "403 MissingAuthenticationToken: Request is missing Authentication Token");
  CHECK(said(presigned({{"AWS4-HMAC-SHA256", "AWS5"}})) ==
        "403 MissingAuthenticationToken: Missing Authentication Token");
  CHECK(said(signed_post({{"Credential=", "Credence="}}))
            .starts_with(
                "400 IncompleteSignature: Authorization header requires 'Credential' parameter. (Hashed "
                "with SHA-256 and encoded with Base64) Authorization="));
  CHECK(said(signed_post({{" Credential=", " x="}, {", SignedHeaders=", ", y="}, {", Signature=", ", z="}}))
            .starts_with("400 IncompleteSignature: Authorization header requires 'Credential' parameter. "
                         "Authorization header requires 'Signature' parameter. Authorization header requires "
                         "'SignedHeaders' parameter. (Hashed"));
  CHECK(
      said(signed_post({{"X-Amz-Date:", "Other:"}})) ==
      "400 IncompleteSignature: Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' "
      "header. (Hashed with SHA-256 and encoded with Base64) "
      "Authorization=SitaTNbtuYT1vBQIFV/ILDbQxhax8RTDhz2RLYIe4Ds=");
  CHECK(said(signed_post({{"X-Amz-Date:2026", "X-Amz-Date:26"}})) ==
        "400 IncompleteSignature: Date must be in ISO-8601 'basic format'. Got '260101T120000Z'. See "
        "http://en.wikipedia.org/wiki/ISO_8601");
  CHECK(said(signed_post({{"/aws4_request", ""}})) ==
        "400 IncompleteSignature: Credential must have exactly 5 slash-delimited elements, e.g. "
        "keyid/date/region/service/term, got 'AKIDEXAMPLE/20260101/eu-central-1/sts'");
  for (const std::string name :
       {"X-Amz-Credential", "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Signature"}) {
    CHECK(said(presigned({{name + "=", "Other="}})) ==
          "400 IncompleteSignature: AWS query-string parameters must include '" + name +
              "'. Re-examine the query-string parameters.");
  }
}

TEST_CASE("a signature for another place or day") {
  const std::string kMismatch = "403 SignatureDoesNotMatch: ";
  const std::string kRegion = "Credential should be scoped to a valid region. ";
  const std::string kService = "Credential should be scoped to correct service: 'sts'. ";
  CHECK(said(signed_post({{"/eu-central-1/", "/nowhere/"}})) == kMismatch + kRegion);
  CHECK(said(signed_post({{"/sts/", "/iam/"}})) == kMismatch + kService);
  CHECK(said(signed_post({{"/eu-central-1/sts/", "/nowhere/iam/"}})) == kMismatch + kRegion + kService);
  CHECK(said(signed_post({{"/aws4_request", "/aws5_request"}})) ==
        kMismatch + "Credential should be scoped with a valid terminator: 'aws4_request'.");
  CHECK(said(signed_post({{"/20260101/", "/20251231/"}})) ==
        kMismatch +
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
            "'20251231' "
            "!= '20260101', from '20260101T120000Z'.");
  CHECK(said(signed_post({{";host;", ";"}})) ==
        kMismatch + "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
}

TEST_CASE("a signature holds for 15 minutes before and after") {
  CHECK(said(signed_post(), "12:15:00") == "200");
  CHECK(said(signed_post(), "12:15:01") ==
        "403 SignatureDoesNotMatch: Signature expired: 20260101T120000Z is now earlier than 20260101T120001Z "
        "(20260101T121501Z - 15 min.)");
  CHECK(said(signed_post(), "11:45:00") == "200");
  CHECK(said(signed_post(), "11:44:59") ==
        "403 SignatureDoesNotMatch: Signature not yet current: 20260101T120000Z is still later than "
        "20260101T115959Z (20260101T114459Z + 15 min.)");
}

TEST_CASE("the place is checked before the key, the key before the signature") {
  const std::string kUnknownKey =
      "403 InvalidClientTokenId: The security token included in the request is invalid.";
  CHECK(said(signed_post({{"AKIDEXAMPLE", "AKIDOTHER"}})) == kUnknownKey);
  CHECK(said(signed_post({{"AKIDEXAMPLE", "AKIDOTHER"}, {"/sts/", "/iam/"}})) ==
        "403 SignatureDoesNotMatch: Credential should be scoped to correct service: 'sts'. ");
  CHECK(
      said(signed_post({{"Signature=", "Signature=0"}})) ==
      "403 SignatureDoesNotMatch: The request signature we calculated does not match the signature you "
      "provided. "
      "Check your AWS Secret Access Key and signing method. Consult the service documentation for details.");
}

TEST_CASE("what a credential claims is taken from any scheme of AWS's, and only what AWS would write") {
  const auto claim = [](const std::string& authorization) {
    const HeaderField headers[] = {{"Authorization", authorization}};
    return signature::claim_of({.method = "POST", .target = "/", .body = {}, .headers = headers, .peer = {}});
  };
  for (const std::string scheme : {"AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256"}) {
    const auto sound = claim(scheme + " Credential=AKIA/20260101/us-east-1/iam/aws4_request, Signature=x");
    CHECK(sound.access_key_id == "AKIA");
    CHECK(sound.region == "us-east-1");
    CHECK(sound.service == "iam");
  }
  const auto odd =
      claim("AWS4-HMAC-SHA256 Credential=AKIA/20260101/us east\n1/" + std::string(65, 'i') + "/x");
  CHECK(odd.access_key_id == "AKIA");
  CHECK(odd.region.empty());
  CHECK(odd.service.empty());
  CHECK(claim("Bearer x").access_key_id.empty());
}
