#include "iam/call/lookup.h"
#include "iam/call/operation.h"
#include "iam/reports/credential_report.h"

namespace keyfob::generate_credential_report {

struct Input {};

struct Output {
  bool started;
};

// A report is ready as soon as it is asked for, so INPROGRESS is never seen: with a frozen clock a client
// that polls would wait for ever. One is reused for four hours (aws/account.md#generatecredentialreport).
Result<Output> handle(Call& call, const Input&) {
  const auto present = call.tx.credential_report();
  if (present && !is_expired(*present, call.now)) return Output{.started = false};
  call.tx.save(CredentialReport{.requested = call.now, .content = credential_report_csv(call)});
  return Output{.started = true};
}

void render(XmlElement result, const Output& out) {
  result.add("State", out.started ? "STARTED" : "COMPLETE");
  if (out.started) result.add("Description", "No report exists. Starting a new report generation task");
}

std::string resource(const ReadCall&, const Input&) { return kAnyResource; }

constexpr ErrorKind errors[] = {kind::kLimitExceeded, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = "GenerateCredentialReport",
    .errors = errors,
    .source = "account.md#generatecredentialreport",
});

}  // namespace keyfob::generate_credential_report
