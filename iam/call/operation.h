// What an AWS operation is: one declaration, in the folder of its subject, with one row in operations.def.
//
// The file holds the Input and what it is called on the wire, the errors AWS declares, the resource the call
// is authorised on, and `handle`, which finds, checks, acts and answers. `define` ties them together.
#pragma once

#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "iam/call/call.h"
#include "iam/policy/context.h"
#include "protocol/member.h"
#include "protocol/xml.h"

namespace keyfob {

enum class ServiceName { iam, sts };
// What --enforce-policies asks of the caller's policies: that they allow the call, that they don't deny it
// (GetSessionToken), or nothing (GetCallerIdentity). AssumeRole asks for itself, as the role has a say.
enum class Permission { allow, no_deny, none, handled };
// Which temporary credentials may call (aws/sts.md#what-a-session-may-call), on top of IAM's rule for those
// without MFA: all but those of GetSessionToken in STS and of GetFederationToken, all but the latter, or all.
enum class Sessions { ordinary, not_federated, all };
// How sure the behaviour's source is; for docs/parity.md.
enum class Evidence { recorded, documented, guess };

// One request for an operation: filled by read(), then handled inside a transaction, then rendered outside of
// it.
class Invocation {
 public:
  virtual ~Invocation() = default;
  virtual void read(const Form& form, Violations& violations) = 0;
  virtual std::string resource(const ReadCall& call) const = 0;  // the ARN it is authorised on
  virtual void describe(policy::Context& context) const = 0;     // what conditions may ask of the request
  virtual bool has_tags() const = 0;
  virtual Result<void> handle(Call& call) = 0;
  // The same inside a transaction that reads; only for an operation that says `reads`.
  virtual Result<void> handle(const ReadCall& call) = 0;
  virtual void render(XmlElement result) const = 0;
};

struct Operation {
  std::string_view name;
  ServiceName service = ServiceName::iam;
  std::span<const MemberSpec> input = {};
  std::span<const ErrorKind> errors = {};  // as the service model declares them
  std::string_view source = {};            // sections of docs/aws
  Evidence evidence = Evidence::recorded;
  Permission permission = Permission::allow;
  Sessions sessions = Sessions::ordinary;
  std::string_view tagging = {};  // the action that tags in the request need as well: "TagUser"

  // From the type of its handler: one that takes a ReadCall can change nothing.
  bool reads = false;
  bool has_result = false;
  std::unique_ptr<Invocation> (*begin)(std::span<const MemberSpec> input) = nullptr;
};

// `aws:RequestTag/…` and `aws:TagKeys`.
void describe_tags(policy::Context& context, std::span<const Tag> tags);
void describe_text(policy::Context& context, std::string_view key, const std::optional<std::string>& value);

namespace detail {

template <class Function>
struct HandlerTraits;
template <class In, class Out>
struct HandlerTraits<Result<Out> (*)(const ReadCall&, const In&)> {
  using Input = In;
  using Output = Out;
  static constexpr bool kReads = true;
};
template <class In, class Out>
struct HandlerTraits<Result<Out> (*)(Call&, const In&)> {
  using Input = In;
  using Output = Out;
  static constexpr bool kReads = false;
};

struct Empty {};

template <auto Handle, auto Resource, auto Render>
class InvocationOf final : public Invocation {
  using Traits = HandlerTraits<decltype(Handle)>;
  using Input = typename Traits::Input;
  using Output = typename Traits::Output;
  static constexpr bool kHasResult = !std::is_void_v<Output>;

 public:
  explicit InvocationOf(std::span<const MemberSpec> members) : members_(members) {}

  void read(const Form& form, Violations& violations) override {
    for (const auto& spec : members_) spec.read(&input_, form, spec, violations);
  }
  std::string resource(const ReadCall& call) const override { return Resource(call, input_); }
  void describe([[maybe_unused]] policy::Context& context) const override {
    if constexpr (requires { input_.tags; }) describe_tags(context, input_.tags);
    if constexpr (requires { input_.tag_keys; }) context.set_list("aws:TagKeys", input_.tag_keys);
    if constexpr (requires { input_.policy_arn; }) context.set("iam:PolicyARN", input_.policy_arn);
    if constexpr (requires { input_.permissions_boundary; }) {
      describe_text(context, "iam:PermissionsBoundary", input_.permissions_boundary);
    }
  }
  bool has_tags() const override {
    if constexpr (requires { input_.tags; }) return !input_.tags.empty();
    return false;
  }
  Result<void> handle(Call& call) override { return keep(Handle(call, input_)); }
  Result<void> handle(const ReadCall& call) override {
    if constexpr (Traits::kReads) return keep(Handle(call, input_));
    throw std::logic_error("an operation that writes was given a transaction that reads");
  }
  void render([[maybe_unused]] XmlElement result) const override {
    if constexpr (kHasResult) Render(result, output_);
  }

 private:
  Result<void> keep(Result<Output> result) {
    if (!result) return std::move(result).error();
    if constexpr (kHasResult) output_ = std::move(*result);
    return {};
  }

  std::span<const MemberSpec> members_;
  Input input_;
  [[no_unique_address]] std::conditional_t<kHasResult, Output, Empty> output_;
};

}  // namespace detail

// For an operation with a result: Render(XmlElement, const Output&) writes it.
template <auto Handle, auto Resource, auto Render>
constexpr Operation define(Operation operation) {
  operation.reads = detail::HandlerTraits<decltype(Handle)>::kReads;
  operation.has_result = true;
  operation.begin = [](std::span<const MemberSpec> input) -> std::unique_ptr<Invocation> {
    return std::make_unique<detail::InvocationOf<Handle, Resource, Render>>(input);
  };
  return operation;
}

// For an operation without one: handle returns Result<void>.
template <auto Handle, auto Resource>
constexpr Operation define(Operation operation) {
  operation.reads = detail::HandlerTraits<decltype(Handle)>::kReads;
  operation.begin = [](std::span<const MemberSpec> input) -> std::unique_ptr<Invocation> {
    return std::make_unique<detail::InvocationOf<Handle, Resource, nullptr>>(input);
  };
  return operation;
}

}  // namespace keyfob
