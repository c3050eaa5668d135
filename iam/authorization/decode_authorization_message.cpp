#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"

namespace keyfob::decode_authorization_message {

struct Input {
  std::string encoded_message;
};

// Other services of AWS issue such messages, keyfob's never do: there is none that could be decoded.
Result<std::string> handle(const ReadCall&, const Input&) { return errors::invalid_authorization_message(); }

void render(XmlElement result, const std::string& message) { result.add("DecodedMessage", message); }

std::string resource(const ReadCall&, const Input&) { return kAnyResource; }

constexpr MemberSpec input[] = {
    required<&Input::encoded_message>("EncodedMessage", shape::kEncodedMessage),
};

constexpr ErrorKind errors[] = {kind::kInvalidAuthorizationMessage};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = "DecodeAuthorizationMessage",
    .service = ServiceName::sts,
    .input = input,
    .errors = errors,
    .source = "sts.md#decodeauthorizationmessage",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::decode_authorization_message
