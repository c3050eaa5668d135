// Faults that a test arms, and what a test may look at afterwards: the journal and the metrics.
#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "iam/operations.h"
#include "server/control_call.h"
#include "server/journal_streams.h"
#include "server/json_reply.h"
#include "server/metrics.h"

namespace keyfob::server {
namespace {

namespace json = boost::json;

constexpr const char* kDropNames[] = {"none", "before", "after"};

json::object shown(const Fault& fault) {
  json::object object{{"id", fault.id}, {"action", fault.action}, {"delayMilliseconds", fault.delay.count()}};
  if (!fault.code.empty()) {
    object["code"] = fault.code;
    object["status"] = fault.status;
  }
  if (fault.message) object["message"] = *fault.message;
  if (fault.times) object["times"] = *fault.times;
  if (fault.probability < 1) object["probability"] = fault.probability;
  if (fault.seed) object["seed"] = *fault.seed;
  if (fault.drop != Drop::none) object["drop"] = kDropNames[int(fault.drop)];
  return object;
}

bool is_action(std::string_view name) {
  return name == "*" || is_known_operation(ServiceName::iam, name) ||
         is_known_operation(ServiceName::sts, name);
}

Result<Fault> read_fault(const json::object& body) {
  Fault fault;
  TRY(fault.action, text_member(body, "action", "*"));
  if (!is_action(fault.action)) return bad_request("\"action\" must be an operation of IAM or STS, or *.");
  TRY(fault.code, text_member(body, "code", ""));
  TRY(const std::int64_t status, integer_member(body, "status", 400, 400, 599));
  fault.status = unsigned(status);
  if (body.contains("message")) {
    TRY(fault.message, text_member(body, "message"));
  }
  if (body.contains("times")) {
    TRY(const std::int64_t times, integer_member(body, "times", 1, 1, 1'000'000'000));
    fault.times = std::uint64_t(times);
  }
  TRY(fault.probability, number_member(body, "probability", 1, 0, 1));
  if (body.contains("seed")) {
    TRY(const std::int64_t seed, integer_member(body, "seed", 0, 0, 1'000'000'000));
    fault.seed = std::uint64_t(seed);
  }
  TRY(const std::int64_t delay, integer_member(body, "delayMilliseconds", 0, 0, 600'000));
  fault.delay = std::chrono::milliseconds{delay};
  TRY(const std::string drop, text_member(body, "drop", "none"));
  const auto* const named = std::ranges::find(kDropNames, drop);
  if (named == std::end(kDropNames)) return bad_request("\"drop\" must be \"before\" or \"after\".");
  fault.drop = static_cast<Drop>(named - kDropNames);
  const bool only_replaces = fault.delay.count() == 0 && fault.drop == Drop::none;
  if (fault.code.empty() && only_replaces && (body.contains("status") || body.contains("message")))
    return bad_request("\"status\" and \"message\" need a \"code\".");
  return fault;
}

Result<HttpReply> arm(ControlCall& call) {
  TRY(const json::object body, parse_object(call.request.body));
  TRY(Fault fault, read_fault(body));
  fault.id = call.service.faults().add(call.account, fault);
  return json_reply(shown(fault), 201);
}

Result<HttpReply> list_faults(ControlCall& call) {
  json::array faults;
  for (const auto& fault : call.service.faults().list(call.account)) faults.push_back(shown(fault));
  return json_reply({{"faults", std::move(faults)}});
}

Result<HttpReply> disarm_all(ControlCall& call) {
  call.service.faults().clear(call.account);
  return no_content();
}

Result<HttpReply> disarm(ControlCall& call) {
  if (!call.service.faults().remove(call.account, call.path_item)) return not_found("No such fault.");
  return no_content();
}

Result<HttpReply> list_requests(ControlCall& call) {
  std::size_t limit = Journal::kKept;
  if (const auto text = call.query.find("limit")) {
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), limit);
    if (error != std::errc{} || end != text->data() + text->size())
      return bad_request("\"limit\" must be a number.");
  }
  json::array requests;
  for (const auto& entry :
       call.service.journal().latest(call.account, call.query.find("action").value_or(""), limit)) {
    requests.push_back(entry_json(entry));
  }
  return json_reply({{"requests", std::move(requests)}});
}

// The beginning: Control::follow hands the stream itself over.
Result<HttpReply> follow_requests(ControlCall&) {
  return HttpReply{.content_type = "text/event-stream", .headers = {{"Cache-Control", "no-store"}}};
}

Result<HttpReply> forget_requests(ControlCall& call) {
  call.service.journal().clear(call.account);
  return no_content();
}

Result<HttpReply> metrics(ControlCall& call) {
  return HttpReply{.content_type = "text/plain; version=0.0.4",
                   .body = call.metrics.text(call.service.store())};
}

constexpr Route kRoutes[] = {
    {"POST", "/_keyfob/faults", arm},
    {"GET", "/_keyfob/faults", list_faults},
    {"DELETE", "/_keyfob/faults", disarm_all},
    {"DELETE", "/_keyfob/faults/{}", disarm},
    {"GET", "/_keyfob/requests", list_requests},
    {"GET", "/_keyfob/requests/stream", follow_requests},
    {"DELETE", "/_keyfob/requests", forget_requests},
    {"GET", "/_keyfob/metrics", metrics},
};

}  // namespace

std::span<const Route> observe_routes() { return kRoutes; }

}  // namespace keyfob::server
