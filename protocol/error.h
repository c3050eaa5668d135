// AWS errors: every kind by name, and what travels when a request fails.
#pragma once

#include <boost/system/result.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace keyfob {

// What AWS calls an error on the wire, and the HTTP status it comes with (aws/errors.md#codes-and-statuses).
struct ErrorKind {
  std::string_view code;
  unsigned status;
};

namespace kind {
inline constexpr ErrorKind kAccessDenied{"AccessDenied", 403};
inline constexpr ErrorKind kConcurrentModification{"ConcurrentModification", 409};
inline constexpr ErrorKind kDeleteConflict{"DeleteConflict", 409};
inline constexpr ErrorKind kEntityAlreadyExists{"EntityAlreadyExists", 409};
inline constexpr ErrorKind kEntityTemporarilyUnmodifiable{"EntityTemporarilyUnmodifiable", 409};
inline constexpr ErrorKind kExpiredToken{"ExpiredToken", 403};
inline constexpr ErrorKind kIncompleteSignature{"IncompleteSignature", 400};
inline constexpr ErrorKind kInvalidAction{"InvalidAction", 400};
inline constexpr ErrorKind kInvalidAuthenticationCode{"InvalidAuthenticationCode", 403};
inline constexpr ErrorKind kInvalidAuthorizationMessage{"InvalidAuthorizationMessageException", 400};
inline constexpr ErrorKind kInvalidClientTokenId{"InvalidClientTokenId", 403};
inline constexpr ErrorKind kInvalidInput{"InvalidInput", 400};
inline constexpr ErrorKind kInvalidParameterValue{"InvalidParameterValue", 400};
inline constexpr ErrorKind kLimitExceeded{"LimitExceeded", 409};
inline constexpr ErrorKind kMalformedInput{"MalformedInput", 400};
inline constexpr ErrorKind kMalformedPolicyDocument{"MalformedPolicyDocument", 400};
inline constexpr ErrorKind kMissingAuthenticationToken{"MissingAuthenticationToken", 403};
inline constexpr ErrorKind kNoSuchEntity{"NoSuchEntity", 404};
inline constexpr ErrorKind kPackedPolicyTooLarge{"PackedPolicyTooLarge", 400};
inline constexpr ErrorKind kParamValidation{"ParamValidation", 400};
inline constexpr ErrorKind kPasswordPolicyViolation{"PasswordPolicyViolation", 400};
inline constexpr ErrorKind kPolicyEvaluation{"PolicyEvaluation", 500};
inline constexpr ErrorKind kPolicyNotAttachable{"PolicyNotAttachable", 400};
inline constexpr ErrorKind kRegionDisabled{"RegionDisabledException", 403};
inline constexpr ErrorKind kReportExpired{"ReportExpired", 410};
inline constexpr ErrorKind kReportInProgress{"ReportInProgress", 404};
inline constexpr ErrorKind kReportNotPresent{"ReportNotPresent", 410};
inline constexpr ErrorKind kServiceFailure{"ServiceFailure", 500};
inline constexpr ErrorKind kSignatureDoesNotMatch{"SignatureDoesNotMatch", 403};
inline constexpr ErrorKind kUnmodifiableEntity{"UnmodifiableEntity", 400};
inline constexpr ErrorKind kValidationError{"ValidationError", 400};
}  // namespace kind

struct AwsError {
  std::string code;
  unsigned status = 500;
  // Without a message the <Message> element is absent (aws/wire.md#error-envelope).
  std::optional<std::string> message;

  AwsError() : AwsError(kind::kServiceFailure) {}
  AwsError(ErrorKind kind, std::optional<std::string> text = std::nullopt)
      : code(kind.code), status(kind.status), message(std::move(text)) {}
  AwsError(std::string wire_code, unsigned http_status, std::optional<std::string> text)
      : code(std::move(wire_code)), status(http_status), message(std::move(text)) {}
};

// An expected failure is a value. A broken store throws, and becomes ServiceFailure in one place.
template <class T>
using Result = boost::system::result<T, AwsError>;

// Asking a failed Result for its value is a bug in keyfob, never a request's fault.
[[noreturn]] void throw_exception_from_error(const AwsError& error, const boost::source_location& where);

}  // namespace keyfob

// TRY(auto user, find_user(…)): the value, or return the error from the enclosing function.
#define KEYFOB_JOIN_(a, b) a##b
#define KEYFOB_JOIN(a, b) KEYFOB_JOIN_(a, b)
#define TRY_AS_(holder, declaration, expression) \
  auto holder = (expression);                    \
  if (!holder) return std::move(holder).error(); \
  declaration = std::move(*holder)
#define TRY(declaration, expression) TRY_AS_(KEYFOB_JOIN(result_, __LINE__), declaration, expression)
// CHECK_OK(rule(…)): for a Result<void>.
#define CHECK_AS_(holder, expression) \
  if (auto holder = (expression); !holder) return std::move(holder).error()
#define CHECK_OK(expression) CHECK_AS_(KEYFOB_JOIN(result_, __LINE__), expression)
