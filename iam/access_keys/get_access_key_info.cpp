#include "iam/call/lookup.h"
#include "iam/call/operation.h"

namespace keyfob::get_access_key_info {

struct Input {
  std::string access_key_id;
};

// What AWS says of a key that isn't known to anybody is not recorded (aws/sts.md#getaccesskeyinfo): a
// ValidationError is a guess.
Result<std::string> handle(const ReadCall& call, const Input& in) {
  if (const auto key = call.tx.access_key(in.access_key_id)) return key->account.str();
  if (const auto session = call.tx.session(in.access_key_id)) return session->account.str();
  return AwsError{kind::kValidationError, "Request is invalid"};
}

void render(XmlElement result, const std::string& account) { result.add("Account", account); }

std::string resource(const ReadCall&, const Input&) { return kAnyResource; }

constexpr MemberSpec input[] = {
    required<&Input::access_key_id>("AccessKeyId", shape::kStsAccessKeyId),
};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = "GetAccessKeyInfo",
    .service = ServiceName::sts,
    .input = input,
    .source = "sts.md#getaccesskeyinfo",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::get_access_key_info
