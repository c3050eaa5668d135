// The whole emulator without a socket, for tests: one account, whose clock stands still.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "iam/request/service.h"
#include "tests/unit/new_store.h"
#include "totp/code.h"

namespace keyfob {

inline constexpr AccountId kAccount{123456789012};

class Emulator {
 public:
  // Its chance is the same on every run.
  explicit Emulator(ServiceOptions options = {}) : service_(store_, repeatable(std::move(options))) {
    move_to(*from_iso8601("2026-01-01T00:00:00Z"));
  }

  // A form, with the access key of whoever calls; `test` is root's.
  HttpReply send(std::string_view body, const std::string& access_key_id = "test",
                 const std::string& session_token = {}) {
    const auto authorization =
        "AWS4-HMAC-SHA256 Credential=" + access_key_id + "/20260101/us-east-1/iam/aws4_request";
    const HeaderField headers[] = {{"Content-Type", "application/x-www-form-urlencoded"},
                                   {"Authorization", authorization},
                                   {"X-Amz-Security-Token", session_token}};
    return service_.handle({.method = "POST", .target = "/", .body = body, .headers = headers, .peer = {}});
  }
  HttpReply iam(const std::string& call, const std::string& access_key_id = "test") {
    return send("Version=2010-05-08&Action=" + call, access_key_id);
  }
  HttpReply sts(const std::string& call, const std::string& access_key_id) {
    return send("Version=2011-06-15&Action=" + call, access_key_id);
  }
  std::string error(const std::string& call) {
    const auto reply = iam(call);
    return std::to_string(reply.status) + " " + between(reply.body, "<Code>", "</Code>") + " " +
           between(reply.body, "<Message>", "</Message>");
  }
  void move_to(Instant at) {
    service_.accounts().change_clock(
        kAccount, [&](ClockSetting, Instant) { return ClockSetting{.offset = {}, .frozen_at = at}; });
  }
  void advance(std::chrono::seconds by) { move_to(now() + by); }
  Instant now() { return service_.clocks().now(kAccount); }

  // What the question, a function of a ReadTx, learns of the account's rows.
  template <class Question>
  auto ask(Question question) {
    std::optional<std::invoke_result_t<Question, ReadTx&>> answer;
    store_.read(kAccount, [&](ReadTx& tx) { answer = question(tx); });
    return std::move(*answer);
  }

  // A code of the device, counted in steps from the present one.
  std::string code(const std::string& serial_number, int step) {
    const auto device = ask([&](ReadTx& tx) { return tx.device(serial_number); });
    totp::CodeGenerator generator(device.value().seed.reveal());
    return totp::format_code(generator.at(totp::step_of(now()) + step));
  }
  std::string codes(const std::string& serial_number, int first, int second) {
    return "&SerialNumber=" + serial_number + "&AuthenticationCode1=" + code(serial_number, first) +
           "&AuthenticationCode2=" + code(serial_number, second);
  }
  Store& store() { return store_; }
  Service& service() { return service_; }

  static std::string between(const std::string& text, const std::string& open, const std::string& close) {
    const auto start = text.find(open);
    if (start == std::string::npos) return {};
    return text.substr(start + open.size(), text.find(close) - start - open.size());
  }

 private:
  static ServiceOptions repeatable(ServiceOptions options) {
    if (!options.entropy_seed) options.entropy_seed = 42;
    return options;
  }

  Store store_{new_connection()};
  Service service_;
};

}  // namespace keyfob
