// The credential report in the state document.
#include "iam/state/section.h"

namespace keyfob {
namespace report_state {

struct ReportState {
  std::optional<Instant> requested;
  std::string content;
};
constexpr JsonMember kMembers[] = {
    optional<&ReportState::requested>("requested", "When it was asked for.", "now"),
    required<&ReportState::content>("content", "Its CSV."),
};
constexpr JsonKind kKind{.name = "credentialReport", .members = kMembers};

}  // namespace report_state

template <>
const JsonKind& json_kind<report_state::ReportState>() {
  return report_state::kKind;
}

namespace report_state {

void gather(ReadTx& tx, const Found<ReportState>& found) {
  if (auto report = tx.credential_report())
    found({.requested = report->requested, .content = std::move(report->content)});
}

void store(const Importing& importing, const ReportState& state, const Place&) {
  importing.tx.save(
      CredentialReport{.requested = state.requested.value_or(importing.now), .content = state.content});
}

}  // namespace report_state

constexpr StateSection credential_report_state = state_item<report_state::gather, report_state::store>(
    "credentialReport", "The report that was asked for last.");

}  // namespace keyfob
