#include "protocol/signature.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "protocol/text.h"

namespace keyfob::signature {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
constexpr std::string_view kTerminator = "aws4_request";
constexpr std::string_view kContentHash = "x-amz-content-sha256";
constexpr std::string_view kUnsignedPayload = "UNSIGNED-PAYLOAD";
constexpr auto kSkew = std::chrono::minutes{15};

using Digest = std::array<unsigned char, 32>;

Digest sha256(std::string_view text) {
  static EVP_MD* const kSha256 =
      EVP_MD_fetch(nullptr, "SHA256", nullptr);  // a fetch costs more than the hash
  Digest digest{};
  EVP_Digest(text.data(), text.size(), digest.data(), nullptr, kSha256, nullptr);
  return digest;
}

Digest hmac(std::string_view key, std::string_view text) {
  Digest digest{};
  HMAC(EVP_sha256(), key.data(), int(key.size()), reinterpret_cast<const unsigned char*>(text.data()),
       text.size(), digest.data(), nullptr);
  return digest;
}

std::string_view bytes_of(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string hex(const Digest& digest) { return keyfob::hex(bytes_of(digest)); }

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const auto part : parts) text += part;
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  parts.reserve(1 + static_cast<std::size_t>(std::ranges::count(text, separator)));
  while (true) {
    const auto end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// As botocore's signer reads a query: what isn't an escape stays.
std::string percent_decode(std::string_view text) { return percent_decode_what_is_sound(text, ' '); }

// A parameter of the query, decoded; nothing when it isn't there.
std::optional<std::string> query_parameter(const HttpRequest& request, std::string_view name) {
  if (request.query().find(name) == std::string_view::npos) return std::nullopt;
  for (const auto pair : split(request.query(), '&')) {
    const auto equals = std::min(pair.find('='), pair.size());
    if (pair.substr(0, equals) == name) return percent_decode(pair.substr(std::min(equals + 1, pair.size())));
  }
  return std::nullopt;
}

// A parameter of the Authorization header: `Credential=…`.
std::optional<std::string_view> header_parameter(std::string_view authorization, std::string_view name) {
  for (std::size_t next = 0; next <= authorization.size();) {
    const auto end = std::min(authorization.find(',', next), authorization.size());
    auto part = trimmed(authorization.substr(next, end - next));
    next = end + 1;
    if (part.starts_with("AWS4-")) part = trimmed(part.substr(std::min(part.find(' '), part.size())));
    if (part.starts_with(name) && part.substr(name.size()).starts_with('='))
      return part.substr(name.size() + 1);
  }
  return std::nullopt;
}

AwsError incomplete(std::string text) { return {kind::kIncompleteSignature, std::move(text)}; }
AwsError mismatch(std::string text) { return {kind::kSignatureDoesNotMatch, std::move(text)}; }

// YYYYMMDDTHHMMSSZ.
std::optional<Instant> parse_basic_date(std::string_view text) {
  if (text.size() != 16) return std::nullopt;
  return from_iso8601(joined({text.substr(0, 4), "-", text.substr(4, 2), "-", text.substr(6, 5), ":",
                              text.substr(11, 2), ":", text.substr(13, 3)}));
}

std::string to_basic_date(Instant at) {
  auto text = to_iso8601(at);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

Result<void> set_credential(Authorization& authorization, std::string_view credential) {
  const auto parts = split(credential, '/');
  if (parts.size() != 5) {
    return incomplete(
        joined({"Credential must have exactly 5 slash-delimited elements, e.g. "
                "keyid/date/region/service/term, got '",
                credential, "'"}));
  }
  authorization.access_key_id = parts[0];
  authorization.date = parts[1];
  authorization.region = parts[2];
  authorization.service = parts[3];
  authorization.terminator = parts[4];
  return {};
}

Result<void> set_date(Authorization& authorization, std::string date) {
  const auto at = parse_basic_date(date);
  if (!at) {
    return incomplete(joined({"Date must be in ISO-8601 'basic format'. Got '", date,
                              "'. See http://en.wikipedia.org/wiki/ISO_8601"}));
  }
  authorization.amz_date = std::move(date);
  authorization.signed_at = *at;
  return {};
}

Result<void> set_signed_headers(Authorization& authorization, std::string_view list) {
  for (const auto name : split(list, ';')) authorization.signed_headers.emplace_back(name);
  const auto is_host = [](const std::string& name) { return iequals(name, "host") || name == ":authority"; };
  if (std::ranges::none_of(authorization.signed_headers, is_host)) {
    return mismatch("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  return {};
}

Result<Authorization> parse_header(const HttpRequest& request) {
  const auto header = request.header("Authorization");
  if (!header.starts_with(kAlgorithm)) {  // another scheme: a guess
    return AwsError{kind::kMissingAuthenticationToken, "Missing Authentication Token"};
  }
  const auto credential = header_parameter(header, "Credential");
  const auto signature = header_parameter(header, "Signature");
  const auto signed_headers = header_parameter(header, "SignedHeaders");
  const auto date = request.has_header("X-Amz-Date") ? request.header("X-Amz-Date") : request.header("Date");

  std::string missing;
  const auto require = [&](bool there, std::string_view name) {
    if (!there) missing += joined({"Authorization header requires '", name, "' parameter. "});
  };
  require(credential.has_value(), "Credential");
  require(signature.has_value(), "Signature");
  require(signed_headers.has_value(), "SignedHeaders");
  if (date.empty()) {
    missing += "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
  }
  if (!missing.empty()) {
    return incomplete(joined({missing, "(Hashed with SHA-256 and encoded with Base64) Authorization=",
                              base64_encode(bytes_of(sha256(header)))}));
  }
  Authorization authorization;
  CHECK_OK(set_credential(authorization, *credential));
  CHECK_OK(set_date(authorization, std::string(date)));
  CHECK_OK(set_signed_headers(authorization, *signed_headers));
  authorization.signature = *signature;
  return authorization;
}

Result<Authorization> parse_query(const HttpRequest& request, const std::string& algorithm) {
  if (algorithm != kAlgorithm)
    return AwsError{kind::kMissingAuthenticationToken, "Missing Authentication Token"};
  const auto required = [&](std::string_view name) -> Result<std::string> {
    if (auto value = query_parameter(request, name)) return std::move(*value);
    return incomplete(joined(
        {"AWS query-string parameters must include '", name, "'. Re-examine the query-string parameters."}));
  };
  TRY(const std::string credential, required("X-Amz-Credential"));
  TRY(std::string date, required("X-Amz-Date"));
  TRY(const std::string signed_headers, required("X-Amz-SignedHeaders"));
  Authorization authorization;
  authorization.presigned = true;
  TRY(authorization.signature, required("X-Amz-Signature"));
  CHECK_OK(set_credential(authorization, credential));
  CHECK_OK(set_date(authorization, std::move(date)));
  CHECK_OK(set_signed_headers(authorization, signed_headers));
  return authorization;
}

// "eu-west-1", "us-gov-east-1": the shape of a region's name.
bool is_region(std::string_view region) {
  const auto parts = split(region, '-');
  const auto is_lower = [](std::string_view part) {
    return !part.empty() && std::ranges::all_of(part, [](char c) { return c >= 'a' && c <= 'z'; });
  };
  const auto number = parts.back();
  return parts.size() >= 3 && std::all_of(parts.begin(), parts.end() - 1, is_lower) && number.size() == 1 &&
         number[0] >= '1' && number[0] <= '9';
}

// IAM signs in us-east-1 alone, STS in every region (aws/wire.md#endpoint).
bool is_valid_region(std::string_view region, std::string_view service) {
  return service == "iam" ? region == "us-east-1" : is_region(region);
}

// Dot segments resolved, then each character but unreserved ones and '/' percent-encoded once more than it
// was sent.
std::string canonical_path(std::string_view path) {
  std::vector<std::string_view> kept;
  for (const auto segment : split(path, '/')) {
    if (segment == "..") {
      if (!kept.empty()) kept.pop_back();
    } else if (!segment.empty() && segment != ".") {
      kept.push_back(segment);
    }
  }
  std::string canonical;
  for (const auto segment : kept) canonical += "/" + percent_encode(segment);
  return canonical.empty() || (path.ends_with('/') && !kept.empty()) ? canonical + "/" : canonical;
}

std::string canonical_query(std::string_view query, bool presigned) {
  if (query.empty()) return {};
  std::vector<std::pair<std::string, std::string>> parameters;
  for (const auto pair : split(query, '&')) {
    const auto equals = std::min(pair.find('='), pair.size());
    const auto name = percent_decode(pair.substr(0, equals));
    if (pair.empty() || (presigned && name == "X-Amz-Signature")) continue;
    parameters.emplace_back(percent_encode(name),
                            percent_encode(percent_decode(pair.substr(std::min(equals + 1, pair.size())))));
  }
  std::ranges::sort(parameters);
  std::string canonical;
  for (const auto& [name, value] : parameters)
    canonical += joined({canonical.empty() ? "" : "&", name, "=", value});
  return canonical;
}

// Trimmed, runs of white space made one space. Of tabs AWS's page on signing says nothing; its signers in
// Python, Java and JavaScript do the same with them.
void append_value(std::string& canonical, std::string_view value) {
  bool space = false;
  for (const char c : trimmed(value)) {
    const bool white = c == ' ' || c == '\t';
    if (white && space) continue;
    space = white;
    canonical += white ? ' ' : c;
  }
}

void append_header(std::string& canonical, const HttpRequest& request, const std::string& name) {
  canonical += name + ":";
  bool first = true;
  for (const auto& field : request.headers) {
    if (!iequals(field.name, name)) continue;
    if (!std::exchange(first, false)) canonical += ',';
    append_value(canonical, field.value);
  }
  canonical += '\n';
}

// The signer's own word on the body where it gave one; what it says is held against the body elsewhere.
std::string payload_hash(const HttpRequest& request) {
  const auto given = request.header(kContentHash);
  return given.empty() ? hex(sha256(request.body)) : std::string(given);
}

bool is_true_to_body(const HttpRequest& request) {
  const auto given = request.header(kContentHash);
  return given.empty() || given == kUnsignedPayload || given == hex(sha256(request.body));
}

// A signing key is good for a day: four HMACs saved on all requests but the first.
struct CachedKey {
  std::string scope;
  Secret secret;
  Digest key{};
};

const Digest& signing_key(const Authorization& authorization, const Secret& secret) {
  thread_local std::array<CachedKey, 64> cache;
  const auto scope = joined({authorization.access_key_id, "/", authorization.date, "/", authorization.region,
                             "/", authorization.service});
  auto& cached = cache[std::hash<std::string>{}(scope) % cache.size()];
  if (cached.scope != scope || !cached.secret.equals(secret.reveal())) {
    const Secret first("AWS4" + secret.reveal());
    const auto day = hmac(first.reveal(), authorization.date);
    const auto region = hmac(bytes_of(day), authorization.region);
    const auto service = hmac(bytes_of(region), authorization.service);
    cached = {.scope = scope, .secret = secret, .key = hmac(bytes_of(service), kTerminator)};
  }
  return cached.key;
}

}  // namespace

namespace {

// As AWS spells regions and services. Anybody can claim anything, and where and by what a key was used is
// shown.
std::string_view plain(std::string_view name) {
  const bool is_plain = name.size() <= 64 && std::ranges::all_of(name, [](char c) {
                          return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
                        });
  return is_plain ? name : std::string_view();
}

}  // namespace

Claim claim_of(const HttpRequest& request) {
  Claim claim;
  std::string credential;
  if (const auto header = request.header("Authorization"); !header.empty()) {
    credential = header_parameter(header, "Credential").value_or("");
    claim.session_token = request.header("X-Amz-Security-Token");
  } else if (auto query = query_parameter(request, "X-Amz-Credential")) {
    credential = std::move(*query);
    claim.session_token = query_parameter(request, "X-Amz-Security-Token").value_or("");
  }
  const auto parts = split(credential, '/');
  claim.access_key_id = parts[0];
  if (parts.size() > 2) claim.region = plain(parts[2]);
  if (parts.size() > 3) claim.service = plain(parts[3]);
  return claim;
}

Result<Authorization> parse(const HttpRequest& request) {
  if (request.has_header("Authorization")) return parse_header(request);
  if (const auto algorithm = query_parameter(request, "X-Amz-Algorithm"))
    return parse_query(request, *algorithm);
  return AwsError{kind::kMissingAuthenticationToken, "Request is missing Authentication Token"};
}

Result<void> check_scope(const Authorization& authorization, std::string_view service) {
  std::string wrong;
  if (!is_valid_region(authorization.region, service))
    wrong += "Credential should be scoped to a valid region. ";
  if (authorization.service != service) {
    wrong += joined({"Credential should be scoped to correct service: '", service, "'. "});
  }
  if (authorization.terminator != kTerminator) {
    wrong += "Credential should be scoped with a valid terminator: 'aws4_request'.";
  }
  if (!wrong.empty()) return mismatch(std::move(wrong));
  const auto day = std::string_view(authorization.amz_date).substr(0, 8);
  if (authorization.date != day) {
    return mismatch(
        joined({"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '",
                authorization.date, "' != '", day, "', from '", authorization.amz_date, "'."}));
  }
  return {};
}

Result<void> check_time(const Authorization& authorization, Instant now) {
  const auto text = [](Instant at) { return to_basic_date(at); };
  if (authorization.signed_at < now - kSkew) {
    return mismatch(joined({"Signature expired: ", authorization.amz_date, " is now earlier than ",
                            text(now - kSkew), " (", text(now), " - 15 min.)"}));
  }
  if (authorization.signed_at > now + kSkew) {
    return mismatch(joined({"Signature not yet current: ", authorization.amz_date, " is still later than ",
                            text(now + kSkew), " (", text(now), " + 15 min.)"}));
  }
  return {};
}

std::string canonical_request(const Authorization& authorization, const HttpRequest& request) {
  std::string canonical;
  canonical.reserve(1024);
  canonical.append(request.method).append("\n");
  canonical.append(request.path() == "/" ? "/" : canonical_path(request.path())).append("\n");
  canonical.append(canonical_query(request.query(), authorization.presigned)).append("\n");
  for (const auto& name : authorization.signed_headers) append_header(canonical, request, name);
  canonical += '\n';
  for (std::size_t i = 0; i < authorization.signed_headers.size(); ++i) {
    if (i > 0) canonical += ';';
    canonical += authorization.signed_headers[i];
  }
  canonical += '\n';
  return canonical + payload_hash(request);
}

std::string string_to_sign(const Authorization& authorization, std::string_view canonical) {
  return joined({kAlgorithm, "\n", authorization.amz_date, "\n", authorization.date, "/",
                 authorization.region, "/", authorization.service, "/", authorization.terminator, "\n",
                 hex(sha256(canonical))});
}

Result<void> check_signature(const Authorization& authorization, const HttpRequest& request,
                             const Secret& secret) {
  const auto text = string_to_sign(authorization, canonical_request(authorization, request));
  const auto expected = hex(hmac(bytes_of(signing_key(authorization, secret)), text));
  const auto& given = authorization.signature;
  const bool same =
      given.size() == expected.size() && CRYPTO_memcmp(given.data(), expected.data(), given.size()) == 0;
  if (same && is_true_to_body(request)) return {};
  return mismatch(
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
      "Access Key "
      "and signing method. Consult the service documentation for details.");
}

}  // namespace keyfob::signature
