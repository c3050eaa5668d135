// Signature Version 4, stage by stage, against vectors that botocore's signer made
// (tests/vectors/sigv4/make.py).
#include <filesystem>
#include <fstream>

#include "protocol/signature.h"
#include "tests/catch.h"

using namespace keyfob;

namespace {

const Secret kSecret{"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"};

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
  for (const auto& entry : std::filesystem::directory_iterator(KEYFOB_TEST_DIR "/vectors/sigv4")) {
    if (entry.is_directory()) folders.push_back(entry.path());
  }
  return folders;
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
