#include "iam/account_details.h"
#include "iam/lookup.h"
#include "iam/operation.h"

namespace keyfob::get_account_authorization_details {

struct Input {
  std::vector<std::string> filter;
  std::optional<std::int32_t> max_items;
  std::optional<std::string> marker;
};

Result<AccountDetails> handle(Call& call, const Input& in) {
  return account_details(call, in.filter, in.marker, in.max_items);
}

std::string resource(Call&, const Input&) { return kAnyResource; }

constexpr MemberSpec input[] = {
    optional<&Input::filter>("Filter", shape::kEntityList),
    optional<&Input::max_items>("MaxItems", shape::kMaxItems),
    optional<&Input::marker>("Marker", shape::kMarker),
};

constexpr ErrorKind errors[] = {kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render_account_details>({
    .name = "GetAccountAuthorizationDetails",
    .input = input,
    .errors = errors,
    .source = "§2, §12",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::get_account_authorization_details
