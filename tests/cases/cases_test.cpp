// Golden cases: each *.case file beside this one is a fresh emulator with repeatable chance and its clock
// stopped at the first second of 2026. A line "> BODY" sends a form; what follows it, up to the next line of
// these kinds, is its reply: the status, then the body to the byte. "@ SECONDS" moves the clock, "! STATE"
// replaces the account by a state document (docs/state.md), "~ KEY [TOKEN]" has an access key, with its
// session token, make the calls from there on, "~" root again. {code:N} in a request stands for the code of
// the device "phone" N steps from now. KEYFOB_UPDATE_CASES=1 writes the replies anew, for a human to read.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "iam/service.h"
#include "tests/catch.h"
#include "totp/code.h"

using namespace keyfob;

namespace {

constexpr AccountId kAccount{123456789012};

// An image's bytes depend on the zlib at hand; that it can be read is for other tests.
std::string without_image(std::string body) {
  constexpr std::string_view kOpen = "<QRCodePNG>";
  if (const auto at = body.find(kOpen); at != std::string::npos) {
    body.erase(at + kOpen.size(), body.find("</QRCodePNG>") - at - kOpen.size());
  }
  return body;
}

class Stage {
 public:
  Stage() : service_(store_, {.authentication = {}, .limits = {}, .entropy_seed = 2026}) { set(now_); }

  void advance(std::chrono::seconds by) { set(now_ += by); }

  void replace_state(const std::string& document) {
    REQUIRE(service_.replace_state(kAccount, document).has_value());
  }

  void call_as(const std::string& key_and_token) {
    std::istringstream words(key_and_token);
    std::string key;
    token_.clear();
    words >> key >> token_;
    authorization_ =
        key.empty() ? "" : "AWS4-HMAC-SHA256 Credential=" + key + "/20260101/us-east-1/iam/aws4_request";
  }

  std::string reply_to(const std::string& body) {
    const auto sent = with_codes(body);
    const HeaderField headers[] = {{"Content-Type", "application/x-www-form-urlencoded"},
                                   {"Authorization", authorization_},
                                   {"X-Amz-Security-Token", token_}};
    const auto reply =
        service_.handle({.method = "POST", .target = "/", .body = sent, .headers = headers, .peer = {}});
    return std::to_string(reply.status) + "\n" + without_image(reply.body);
  }

 private:
  void set(Instant at) {
    service_.change_clock(kAccount,
                          [&](ClockSetting, Instant) { return ClockSetting{.offset = {}, .frozen_at = at}; });
  }

  std::string with_codes(std::string body) {
    constexpr std::string_view kOpen = "{code:";
    for (auto at = body.find(kOpen); at != std::string::npos; at = body.find(kOpen)) {
      const auto end = body.find('}', at);
      body.replace(at, end + 1 - at, code(std::stoi(body.substr(at + kOpen.size()))));
    }
    return body;
  }

  std::string code(int steps_from_now) {
    std::optional<Device> device;
    store_.read(kAccount, [&](Tx& tx) { device = tx.device("arn:aws:iam::123456789012:mfa/phone"); });
    REQUIRE(device);
    totp::CodeGenerator generator(device->seed.reveal());
    return totp::format_code(generator.at(totp::step_of(now_) + steps_from_now));
  }

  Store store_;
  Service service_;
  std::string authorization_;  // of root when empty
  std::string token_;
  Instant now_ = *from_iso8601("2026-01-01T00:00:00Z");
};

// The file as it would stand with the replies of today.
std::string played(const std::string& text) {
  Stage stage;
  std::istringstream lines(text);
  std::ostringstream out;
  bool before_first = true;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("> ")) {
      out << line << "\n" << stage.reply_to(line.substr(2));
      before_first = false;
    } else if (line.starts_with("@ ")) {
      out << line << "\n";
      stage.advance(std::chrono::seconds{std::stol(line.substr(2))});
    } else if (line.starts_with("! ")) {
      out << line << "\n";
      stage.replace_state(line.substr(2));
    } else if (line.starts_with("~")) {
      out << line << "\n";
      stage.call_as(line.substr(1));
    } else if (before_first) {
      out << line << "\n";  // what the case is about
    }
  }
  return out.str();
}

std::string content(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("golden cases are answered to the byte") {
  int cases = 0;
  for (const auto& entry : std::filesystem::directory_iterator(KEYFOB_TEST_DIR "/cases")) {
    if (entry.path().extension() != ".case") continue;
    ++cases;
    const auto golden = content(entry.path());
    const auto today = played(golden);
    if (std::getenv("KEYFOB_UPDATE_CASES") != nullptr) std::ofstream(entry.path()) << today;
    INFO(entry.path().filename());
    CHECK(golden == today);
  }
  CHECK(cases > 10);
}
