#include "iam/call/lookup.h"
#include "iam/call/marker.h"
#include "iam/call/operation.h"

namespace keyfob::list_account_aliases {

constexpr std::string_view kName = "ListAccountAliases";

struct Input {
  std::optional<std::string> marker;
  std::optional<std::int32_t> max_items;
};

struct Output {
  std::optional<std::string> alias;
};

// One at most, so there is never a second page and no marker is ever valid.
Result<Output> handle(const ReadCall& call, const Input& in) {
  CHECK_OK(read_marker<std::string>(kName, in.marker));
  return Output{.alias = account_of(call).alias};
}

void render(XmlElement result, const Output& out) {
  result.add("IsTruncated", false);
  auto list = result.add("AccountAliases");
  if (out.alias) list.add("member", *out.alias);
}

std::string resource(const ReadCall&, const Input&) { return kAnyResource; }

constexpr MemberSpec input[] = {
    optional<&Input::marker>("Marker", shape::kMarker),
    optional<&Input::max_items>("MaxItems", shape::kMaxItems),
};

constexpr ErrorKind errors[] = {kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = kName,
    .input = input,
    .errors = errors,
    .source = "devices.md#virtual-devices, pages.md",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::list_account_aliases
