// Golden cases: each *.case file beside this one is a fresh emulator with repeatable chance and its clock
// stopped at the first second of 2026. What follows a request, up to the next line with a sign, is its reply:
// the status, then the body to the byte. KEYFOB_UPDATE_CASES=1 writes the replies again, for a person to
// read.
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

#include "tests/catch.h"
#include "tests/unit/emulator.h"

using namespace keyfob;

namespace {

// An image's bytes depend on the zlib at hand; that it can be read is for other tests.
std::string without_image(std::string body) {
  constexpr std::string_view kOpen = "<QRCodePNG>";
  if (const auto at = body.find(kOpen); at != std::string::npos) {
    body.erase(at + kOpen.size(), body.find("</QRCodePNG>") - at - kOpen.size());
  }
  return body;
}

const std::string kPhone = "arn:aws:iam::123456789012:mfa/phone";
constexpr const char* kRemembered[] = {"Marker", "AccessKeyId", "SessionToken"};

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

class Stage : public Emulator {
 public:
  Stage() : Emulator({.entropy_seed = 2026}) {}

  void replace_state(const std::string& document) {
    const auto replaced = service().accounts().replace_state(kAccount, document);
    INFO((replaced ? "" : replaced.error().message.value_or("")));
    REQUIRE(replaced.has_value());
  }

  void call_as(const std::string& key_and_token) {
    std::istringstream words(filled(key_and_token));
    key_.clear();
    token_.clear();
    words >> key_ >> token_;
    if (key_.empty()) key_ = "test";
  }

  std::string reply_to(const std::string& body) {
    const auto reply = send(filled(body), key_, token_);
    remember(reply.body);
    return std::to_string(reply.status) + "\n" + without_image(reply.body);
  }

 private:
  void remember(const std::string& body) {
    for (const std::string name : kRemembered) {
      const auto value = between(body, "<" + name + ">", "</" + name + ">");
      if (!value.empty()) remembered_[name] = value;
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
      body.replace(at, end + 1 - at, code(kPhone, std::stoi(body.substr(at + kOpen.size()))));
    }
    return body;
  }

  std::string key_ = "test";  // root's
  std::string token_;
  std::map<std::string, std::string> remembered_;
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

// A golden file's name, so that each is a test of its own.
void check(const std::string& name) {
  const std::filesystem::path path = std::string(KEYFOB_TEST_DIR "/cases/") + name;
  const auto golden = content(path);
  const auto today = played(golden);
  if (std::getenv("KEYFOB_UPDATE_CASES") != nullptr) std::ofstream(path) << today;
  CHECK(golden == today);
}

}  // namespace

#define GOLDEN_CASE(name) \
  TEST_CASE("golden case: " name, "[cases]") { check(name); }
#include "golden_cases.inc"  // made by tests/CMakeLists.txt: a line for each file
