#include "iam/call/lookup.h"
#include "iam/call/operation.h"
#include "iam/reports/credential_report.h"
#include "protocol/text.h"

namespace keyfob::get_credential_report {

struct Input {};

// None of these errors has a message (aws/account.md#getcredentialreport).
Result<CredentialReport> handle(const ReadCall& call, const Input&) {
  auto report = call.tx.credential_report();
  if (!report) return AwsError{kind::kReportNotPresent};
  if (is_expired(*report, call.now)) return AwsError{kind::kReportExpired};
  return std::move(*report);
}

void render(XmlElement result, const CredentialReport& report) {
  result.add("Content", base64_encode(report.content));
  result.add("ReportFormat", "text/csv");
  result.add("GeneratedTime", report.requested);
}

std::string resource(const ReadCall&, const Input&) { return kAnyResource; }

constexpr ErrorKind errors[] = {kind::kReportNotPresent, kind::kReportExpired, kind::kReportInProgress,
                                kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = "GetCredentialReport",
    .errors = errors,
    .source = "account.md#getcredentialreport, account.md#credential-report",
});

}  // namespace keyfob::get_credential_report
