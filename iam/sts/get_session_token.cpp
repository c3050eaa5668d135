#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"
#include "iam/devices/mfa_verification.h"
#include "iam/sts/sessions.h"

namespace keyfob::get_session_token {

struct Input {
  std::optional<std::int32_t> duration_seconds;
  std::optional<std::string> serial_number;
  std::optional<std::string> token_code;
};

Result<Session> handle(Call& call, const Input& in) {
  if (call.caller.session) return errors::no_session_from_session("GetSessionToken");
  const MfaClaim claim{.serial_number = in.serial_number, .token_code = in.token_code};
  if (claim.is_made()) CHECK_OK(verify_mfa(call, claim));
  return open_session(call.tx, call.world.entropy, call.now,
                      {.kind = SessionKind::session_token,
                       .principal_id = call.caller.user_id(),
                       .lasts = token_lasts(call.caller, in.duration_seconds),
                       .mfa_at = claim.is_made() ? std::optional(call.now) : std::nullopt});
}

void render(XmlElement result, const Session& session) { render_credentials(result, session); }

std::string resource(const ReadCall&, const Input&) { return kAnyResource; }

constexpr MemberSpec input[] = {
    optional<&Input::duration_seconds>("DurationSeconds", shape::kDurationSeconds),
    optional<&Input::serial_number>("SerialNumber", shape::kStsSerialNumber),
    optional<&Input::token_code>("TokenCode", shape::kTokenCode),
};

constexpr ErrorKind errors[] = {kind::kRegionDisabled};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = "GetSessionToken",
    .service = ServiceName::sts,
    .input = input,
    .errors = errors,
    .source = "sts.md#getsessiontoken, sts.md#mfa-errors, codes.md#codes-for-sts",
    .permission = Permission::no_deny,
    .sessions = Sessions::all,  // refuses them itself
});

}  // namespace keyfob::get_session_token
