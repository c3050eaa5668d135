// Faults that a test arms, and what a test may look at afterwards: the journal and the metrics.
#include <algorithm>

#include "iam/operations.h"
#include "server/control_bodies.h"
#include "server/control_call.h"
#include "server/journal_streams.h"
#include "server/metrics.h"

namespace keyfob::server {

constexpr const char* kDropNames[] = {"none", "before", "after"};  // in the order of Drop

constexpr Member kNewFault[] = {
    optional<&NewFault::action>("action", "An operation's name, or *.", {.otherwise = R"("*")"}),
    optional<&NewFault::delay_milliseconds>("delayMilliseconds", "Waits before the answer.",
                                            {.least = 0, .most = 600'000, .otherwise = "0"}),
    optional<&NewFault::code>("code", "Of the error; without it the call goes through."),
    optional<&NewFault::status>("status", "Of the error.", {.least = 400, .most = 599, .otherwise = "400"}),
    optional<&NewFault::message>("message", "Of the error."),
    optional<&NewFault::times>("times", "How many calls it strikes; for ever without it.",
                               {.least = 1, .most = 1'000'000'000}),
    optional<&NewFault::probability>("probability", "That it strikes a call.",
                                     {.least = 0, .most = 1, .otherwise = "1"}),
    optional<&NewFault::seed>("seed", "Of the probability: with one the same calls are struck on every run.",
                              {.least = 0, .most = 1'000'000'000}),
    optional<&NewFault::drop>("drop", "Loses the connection before the call takes place, or after.",
                              {.words = kDropNames, .otherwise = R"("none")"}),
};
constexpr Struct NewFault::json{
    .name = "NewFault",
    .members = kNewFault,
    .example = R"({"action":"EnableMFADevice","code":"Throttling","message":"Rate exceeded","times":1})"};

namespace observe_calls {

struct ShownFault {
  std::string id;
  NewFault fault;
  static const Struct json;
};
constexpr Member kShownFault[] = {required<&ShownFault::id>("id"), members_of<&ShownFault::fault>()};
constexpr Struct ShownFault::json{.name = "Fault", .members = kShownFault};

struct ShownFaults {
  std::vector<ShownFault> faults;
  static const Struct json;
};
constexpr Member kShownFaults[] = {required<&ShownFaults::faults>("faults")};
constexpr Struct ShownFaults::json{.members = kShownFaults};

struct OfAction {
  std::optional<std::string> action;
  static const Struct json;
};
constexpr Member kOfAction[] = {optional<&OfAction::action>("action", "Calls of this operation only.")};
constexpr Struct OfAction::json{.members = kOfAction, .example = R"({"action":"EnableMFADevice"})"};

struct Wanted {
  OfAction of;
  std::size_t limit = Journal::kKept;
  static const Struct json;
};
constexpr Member kWanted[] = {members_of<&Wanted::of>(),
                              optional<&Wanted::limit>("limit", "This many at most.", {.least = 0})};
constexpr Struct Wanted::json{.members = kWanted};

struct ShownRequests {
  std::vector<ShownRequest> requests;
  static const Struct json;
};
constexpr Member kShownRequests[] = {required<&ShownRequests::requests>("requests")};
constexpr Struct ShownRequests::json{.members = kShownRequests};

ShownFault shown(const Fault& fault) {
  ShownFault shown{.id = fault.id, .fault = {}};
  auto& members = shown.fault;
  members.action = fault.action;
  members.delay_milliseconds = std::uint64_t(fault.delay.count());
  if (!fault.code.empty()) {
    members.code = fault.code;
    members.status = fault.status;
  }
  members.message = fault.message;
  members.times = fault.times;
  if (fault.probability < 1) members.probability = fault.probability;
  members.seed = fault.seed;
  if (fault.drop != Drop::none) members.drop = kDropNames[int(fault.drop)];
  return shown;
}

bool is_action(std::string_view name) {
  return name == "*" || is_known_operation(ServiceName::iam, name) ||
         is_known_operation(ServiceName::sts, name);
}

Drop drop_of(const std::string& name) {
  return static_cast<Drop>(std::ranges::find(kDropNames, name) - std::begin(kDropNames));
}

Result<Fault> fault_of(const NewFault& in) {
  if (!is_action(in.action)) return bad_request("\"action\" must be an operation of IAM or STS, or *.");
  Fault fault{.action = in.action,
              .code = in.code.value_or(""),
              .message = in.message,
              .times = in.times,
              .seed = in.seed,
              .delay = std::chrono::milliseconds{in.delay_milliseconds}};
  if (in.status) fault.status = *in.status;
  if (in.probability) fault.probability = *in.probability;
  if (in.drop) fault.drop = drop_of(*in.drop);
  const bool only_replaces = fault.delay.count() == 0 && fault.drop == Drop::none;
  if (fault.code.empty() && only_replaces && (in.status || in.message))
    return bad_request("\"status\" and \"message\" need a \"code\".");
  return fault;
}

Result<ShownFault> arm(ControlCall& call, const NewFault& in) {
  TRY(Fault fault, fault_of(in));
  fault.id = call.service.faults().add(call.account, fault);
  return shown(fault);
}

Result<ShownFaults> list_faults(ControlCall& call) {
  ShownFaults listed;
  for (const auto& fault : call.service.faults().list(call.account)) listed.faults.push_back(shown(fault));
  return listed;
}

Result<void> disarm_all(ControlCall& call) {
  call.service.faults().clear(call.account);
  return {};
}

Result<void> disarm(ControlCall& call) {
  if (!call.service.faults().remove(call.account, call.path_item)) return not_found("No such fault.");
  return {};
}

Result<ShownRequests> list_requests(ControlCall& call, const Query<Wanted>& in) {
  ShownRequests listed;
  for (const auto& entry : call.service.journal().latest(call.account, in.of.action.value_or(""), in.limit)) {
    listed.requests.push_back(shown_request(entry));
  }
  return listed;
}

// The beginning: Control::follow hands the stream itself over.
Result<HttpReply> follow_requests(ControlCall&, const Query<OfAction>&) {
  return HttpReply{.content_type = "text/event-stream", .headers = {{"Cache-Control", "no-store"}}};
}

Result<void> forget_requests(ControlCall& call) {
  call.service.journal().clear(call.account);
  return {};
}

Result<HttpReply> metrics(ControlCall& call) {
  return HttpReply{.content_type = "text/plain; version=0.0.4",
                   .body = call.metrics.text(call.service.store())};
}

constexpr Content kEvents[] = {{"text/event-stream", R"({"type":"string"})"}};
constexpr Content kPlainText[] = {{"text/plain", R"({"type":"string"})"}};

constexpr Route kRoutes[] = {
    route<&arm>({.method = "POST",
                 .path = "/_keyfob/faults",
                 .id = "armFault",
                 .section = &section::kFaults,
                 .summary = "Arms a fault for the calls to come.",
                 .status = 201,
                 .answers = "It is armed."}),
    route<&list_faults>({.method = "GET",
                         .path = "/_keyfob/faults",
                         .id = "listFaults",
                         .section = &section::kFaults,
                         .summary = "The faults that are armed.",
                         .answers = "The faults."}),
    route<&disarm_all>({.method = "DELETE",
                        .path = "/_keyfob/faults",
                        .id = "clearFaults",
                        .section = &section::kFaults,
                        .summary = "Removes all of the account's faults."}),
    route<&disarm>({.method = "DELETE",
                    .path = "/_keyfob/faults/{id}",
                    .item = "As listed.",
                    .id = "removeFault",
                    .section = &section::kFaults,
                    .summary = "Removes a fault.",
                    .fails = {404}}),
    route<&list_requests>({.method = "GET",
                           .path = "/_keyfob/requests",
                           .id = "listRequests",
                           .section = &section::kJournal,
                           .summary = "The latest AWS calls, the latest first.",
                           .answers = "The calls."}),
    route<&follow_requests>({.method = "GET",
                             .path = "/_keyfob/requests/stream",
                             .id = "followRequests",
                             .section = &section::kJournal,
                             .summary = "The AWS calls as they happen; never ends.",
                             .answers = "Server-sent events.",
                             .content = kEvents}),
    route<&forget_requests>({.method = "DELETE",
                             .path = "/_keyfob/requests",
                             .id = "forgetRequests",
                             .section = &section::kJournal,
                             .summary = "Forgets them."}),
    route<&metrics>({.method = "GET",
                     .path = "/_keyfob/metrics",
                     .id = "metrics",
                     .section = &section::kMetrics,
                     .summary = "Counters of the whole server, for Prometheus.",
                     .takes_any_query = true,
                     .answers = "Prometheus's text format.",
                     .content = kPlainText}),
};

}  // namespace observe_calls

std::span<const Route> observe_routes() { return observe_calls::kRoutes; }

}  // namespace keyfob::server
