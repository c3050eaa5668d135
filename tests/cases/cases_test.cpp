// Golden cases: each *.case file beside this one is a fresh emulator with repeatable chance and its clock
// stopped at the first second of 2026. What follows a request, up to the next line with a sign, is its reply:
// the status, then the body to the byte. KEYFOB_UPDATE_CASES=1 writes the replies anew, for a human to read.
//
//   > BODY           sends a form
//   @ SECONDS        moves the clock
//   ! STATE          replaces the account by a state document (docs/state.md)
//   ~ KEY [TOKEN]    the calls from here on are this access key's, with its session token; without a key,
//   root's
//
// In a form and a key, {code:N} is the code of the device "phone" N steps from now, and {Marker},
// {AccessKeyId} and {SessionToken} are what the latest reply that had such an element said.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "iam/request/service.h"
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

constexpr const char* kRemembered[] = {"Marker", "AccessKeyId", "SessionToken"};

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

class Stage {
 public:
  Stage() : service_(store_, {.authentication = {}, .limits = {}, .entropy_seed = 2026}) { set(now_); }

  void advance(std::chrono::seconds by) { set(now_ += by); }

  void replace_state(const std::string& document) {
    const auto replaced = service_.accounts().replace_state(kAccount, document);
    INFO((replaced ? "" : replaced.error().message.value_or("")));
    REQUIRE(replaced.has_value());
  }

  void call_as(const std::string& key_and_token) {
    std::istringstream words(filled(key_and_token));
    std::string key;
    token_.clear();
    words >> key >> token_;
    authorization_ =
        key.empty() ? "" : "AWS4-HMAC-SHA256 Credential=" + key + "/20260101/us-east-1/iam/aws4_request";
  }

  std::string reply_to(const std::string& body) {
    const auto sent = filled(body);
    const HeaderField headers[] = {{"Content-Type", "application/x-www-form-urlencoded"},
                                   {"Authorization", authorization_},
                                   {"X-Amz-Security-Token", token_}};
    const auto reply =
        service_.handle({.method = "POST", .target = "/", .body = sent, .headers = headers, .peer = {}});
    remember(reply.body);
    return std::to_string(reply.status) + "\n" + without_image(reply.body);
  }

 private:
  void set(Instant at) {
    service_.accounts().change_clock(
        kAccount, [&](ClockSetting, Instant) { return ClockSetting{.offset = {}, .frozen_at = at}; });
  }

  void remember(const std::string& body) {
    for (const std::string name : kRemembered) {
      const auto open = body.find("<" + name + ">");
      if (open == std::string::npos) continue;
      const auto start = open + name.size() + 2;
      remembered_[name] = body.substr(start, body.find('<', start) - start);
    }
  }

  std::string filled(std::string text) {
    for (const auto& [name, value] : remembered_) text = replaced(std::move(text), "{" + name + "}", value);
    return with_codes(std::move(text));
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
    store_.read(kAccount, [&](ReadTx& tx) { device = tx.device("arn:aws:iam::123456789012:mfa/phone"); });
    REQUIRE(device);
    totp::CodeGenerator generator(device->seed.reveal());
    return totp::format_code(generator.at(totp::step_of(now_) + steps_from_now));
  }

  Store store_;
  Service service_;
  std::string authorization_;  // of root when empty
  std::string token_;
  std::map<std::string, std::string> remembered_;
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
