// The whole account as a document, and named copies of it inside the server.
#include "server/control_call.h"

namespace keyfob::server {
namespace state_calls {

struct ShownSnapshot {
  std::string name;
  static const Struct json;
};
constexpr Member kShownSnapshot[] = {required<&ShownSnapshot::name>("name")};
constexpr Struct ShownSnapshot::json{.members = kShownSnapshot};

struct Snapshots {
  std::vector<ShownSnapshot> snapshots;
  static const Struct json;
};
constexpr Member kSnapshots[] = {required<&Snapshots::snapshots>("snapshots")};
constexpr Struct Snapshots::json{.members = kSnapshots};

Result<HttpReply> show(ControlCall& call) {
  return HttpReply{.content_type = "application/json", .body = call.service.accounts().state(call.account)};
}

Result<void> replace(ControlCall& call) {
  CHECK_OK(call.service.accounts().replace_state(call.account, call.request.body));
  return {};
}

AwsError no_snapshot() { return not_found("No snapshot of that name."); }

Result<void> take(ControlCall& call) {
  call.service.accounts().take_snapshot(call.account, call.path_item);
  return {};
}

Result<void> restore(ControlCall& call) {
  switch (call.service.accounts().restore_snapshot(call.account, call.path_item)) {
    case Restored::no_such_snapshot:
      return no_snapshot();
    case Restored::not_ours_any_more:
      return conflict("The account's alias or one of its access keys is another account's by now.");
    case Restored::done:
      break;
  }
  return {};
}

Result<Snapshots> list(ControlCall& call) {
  Snapshots listed;
  for (auto& name : call.service.accounts().snapshots(call.account))
    listed.snapshots.push_back({std::move(name)});
  return listed;
}

Result<void> forget(ControlCall& call) {
  if (!call.service.accounts().remove_snapshot(call.account, call.path_item)) return no_snapshot();
  return {};
}

constexpr std::string_view kStateSchema = R"({"$ref":"state.schema.json"})";
constexpr Content kState[] = {{"application/json", kStateSchema}};
constexpr std::string_view kName = "The snapshot's name.";

constexpr Route kRoutes[] = {
    route<&show>({.method = "GET",
                  .path = "/_keyfob/state",
                  .id = "exportState",
                  .section = &section::kState,
                  .summary = "The whole account as one document.",
                  .answers = "The document, seeds and secrets in the clear.",
                  .content = kState}),
    route<&replace>({.method = "PUT",
                     .path = "/_keyfob/state",
                     .id = "importState",
                     .section = &section::kState,
                     .summary = "Replaces the account by a document, wholly or not at all.",
                     .answers = "The account is as the document says.",
                     .body_schema = kStateSchema}),
    route<&list>({.method = "GET",
                  .path = "/_keyfob/snapshots",
                  .id = "listSnapshots",
                  .section = &section::kState,
                  .summary = "The snapshots there are.",
                  .answers = "Their names."}),
    route<&take>({.method = "PUT",
                  .path = "/_keyfob/snapshots/{name}",
                  .item = kName,
                  .id = "takeSnapshot",
                  .section = &section::kState,
                  .summary = "Keeps the account as it is under a name, in the place of one of that name."}),
    route<&forget>({.method = "DELETE",
                    .path = "/_keyfob/snapshots/{name}",
                    .item = kName,
                    .id = "removeSnapshot",
                    .section = &section::kState,
                    .summary = "Removes a snapshot.",
                    .fails = {404}}),
    route<&restore>({.method = "POST",
                     .path = "/_keyfob/snapshots/{name}/restore",
                     .item = kName,
                     .id = "restoreSnapshot",
                     .section = &section::kState,
                     .summary = "Brings the account back, its clock too.",
                     .fails = {404, 409}}),
};

}  // namespace state_calls

std::span<const Route> state_routes() { return state_calls::kRoutes; }

}  // namespace keyfob::server
