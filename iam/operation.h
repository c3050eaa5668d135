// What an AWS operation is: one declaration, in one file of iam/operations/, with one row in operations.def.
//
// The file holds the Input and what it is called on the wire, the errors AWS declares, the resource the call
// is authorised on, and `handle`, which finds, checks, acts and answers. `define` ties them together.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "iam/call.h"
#include "protocol/member.h"
#include "protocol/xml.h"

namespace keyfob {

enum class ServiceName { iam, sts };
enum class Access { read, write };
// How sure the behaviour's source is; for docs/parity.md.
enum class Evidence { recorded, documented, guess };

// One request for an operation: filled by read(), then handled inside a transaction, then rendered outside of
// it.
class Invocation {
 public:
  virtual ~Invocation() = default;
  virtual void read(const Form& form, Violations& violations) = 0;
  virtual std::string resource(Call& call) const = 0;  // the ARN it is authorised on
  virtual std::span<const Tag> request_tags() const = 0;
  virtual Result<void> handle(Call& call) = 0;
  virtual void render(XmlElement result) const = 0;
};

struct Operation {
  std::string_view name;
  ServiceName service = ServiceName::iam;
  Access access = Access::read;
  std::span<const MemberSpec> input = {};
  std::span<const ErrorKind> errors = {};  // as the service model declares them
  std::string_view source = {};            // sections of the catalogue
  Evidence evidence = Evidence::recorded;

  bool has_result = false;
  std::unique_ptr<Invocation> (*begin)(std::span<const MemberSpec> input) = nullptr;
};

namespace detail {

template <class Function>
struct HandlerTraits;
template <class In, class Out>
struct HandlerTraits<Result<Out> (*)(Call&, const In&)> {
  using Input = In;
  using Output = Out;
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
  std::string resource(Call& call) const override { return Resource(call, input_); }
  std::span<const Tag> request_tags() const override {
    if constexpr (requires { input_.tags; }) return input_.tags;
    return {};
  }
  Result<void> handle(Call& call) override {
    auto result = Handle(call, input_);
    if (!result) return std::move(result).error();
    if constexpr (kHasResult) output_ = std::move(*result);
    return {};
  }
  void render([[maybe_unused]] XmlElement result) const override {
    if constexpr (kHasResult) Render(result, output_);
  }

 private:
  std::span<const MemberSpec> members_;
  Input input_;
  [[no_unique_address]] std::conditional_t<kHasResult, Output, Empty> output_;
};

}  // namespace detail

// For an operation with a result: Render(XmlElement, const Output&) writes it.
template <auto Handle, auto Resource, auto Render>
constexpr Operation define(Operation operation) {
  operation.has_result = true;
  operation.begin = [](std::span<const MemberSpec> input) -> std::unique_ptr<Invocation> {
    return std::make_unique<detail::InvocationOf<Handle, Resource, Render>>(input);
  };
  return operation;
}

// For an operation without one: handle returns Result<void>.
template <auto Handle, auto Resource>
constexpr Operation define(Operation operation) {
  operation.begin = [](std::span<const MemberSpec> input) -> std::unique_ptr<Invocation> {
    return std::make_unique<detail::InvocationOf<Handle, Resource, nullptr>>(input);
  };
  return operation;
}

}  // namespace keyfob
