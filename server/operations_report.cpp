#include "server/operations_report.h"

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <iostream>

#include "iam/operations.h"

namespace keyfob::server {
namespace {

namespace json = boost::json;

json::string_view view(std::string_view text) { return {text.data(), text.size()}; }

const char* service_name(ServiceName service) { return service == ServiceName::iam ? "iam" : "sts"; }

const char* evidence_name(Evidence evidence) {
  switch (evidence) {
    case Evidence::recorded:
      return "recorded";
    case Evidence::documented:
      return "documented";
    case Evidence::guess:
      return "guess";
  }
  return "";
}

json::object shape_json(const Shape& shape) {
  constexpr const char* kTypes[] = {"string", "integer", "boolean", "list", "structure"};
  json::object object{{"shape", view(shape.name)}, {"type", kTypes[int(shape.type)]}, {"min", shape.min}};
  if (shape.max != std::numeric_limits<std::int64_t>::max()) object["max"] = shape.max;
  if (!shape.pattern.empty()) object["pattern"] = view(shape.pattern);
  for (const auto value : shape.values) {
    if (!object.contains("enum")) object["enum"] = json::array();
    object["enum"].get_array().push_back(json::string(view(value)));
  }
  if (shape.element != nullptr) object["element"] = shape_json(*shape.element);
  if (!shape.fields.empty()) {
    json::object fields;
    for (const auto& field : shape.fields) {
      auto described = shape_json(*field.shape);
      described["required"] = field.required;
      fields[view(field.name)] = std::move(described);
    }
    object["fields"] = std::move(fields);
  }
  return object;
}

json::object operation_json(const Operation& operation) {
  json::object members;
  for (const auto& member : operation.input) {
    auto described = shape_json(*member.shape);
    described["required"] = member.required;
    members[view(member.name)] = std::move(described);
  }
  json::array errors;
  for (const auto& error : operation.errors)
    errors.push_back({{"code", view(error.code)}, {"status", error.status}});
  return {{"name", view(operation.name)},
          {"service", service_name(operation.service)},
          {"hasResult", operation.has_result},
          {"source", view(operation.source)},
          {"evidence", evidence_name(operation.evidence)},
          {"input", std::move(members)},
          {"errors", std::move(errors)}};
}

int print_json() {
  json::array all;
  for (const auto* operation : operations()) all.push_back(operation_json(*operation));
  std::cout << json::object{{"operations", std::move(all)}} << "\n";
  return 0;
}

int print_table() {
  for (const auto* operation : operations()) {
    std::cout << service_name(operation->service) << ":" << operation->name << "\n";
  }
  return 0;
}

// What keyfob exists for: MFA devices, users, their keys and STS.
bool is_in_scope(ServiceName service, std::string_view name) {
  if (service == ServiceName::sts) return true;
  for (const auto word : {"MFADevice", "User", "AccessKey", "LoginProfile", "Account", "CredentialReport",
                          "Role", "Group", "Policy", "Policies", "PermissionsBoundary"}) {
    if (name.find(word) != std::string_view::npos) return true;
  }
  return false;
}

int print_markdown() {
  std::cout
      << "# What keyfob answers\n\n"
         "Made by `keyfob operations --markdown`. \"Source\" names the sections of "
         "[aws](aws/README.md) that an\n"
         "operation is built to; \"evidence\" says whether they rest on recordings of AWS, on its "
         "documentation, or\n"
         "on a guess. An operation that isn't supported answers `InvalidAction` and says so by name.\n\n"
         "| service | operation | supported | evidence | source |\n|---|---|---|---|---|\n";
  for (const auto service : {ServiceName::iam, ServiceName::sts}) {
    for (const auto name : known_operations(service)) {
      const auto* operation = find_operation(service, name);
      if (operation == nullptr && !is_in_scope(service, name)) continue;
      std::cout << "| " << service_name(service) << " | " << name << " | " << (operation ? "yes" : "no")
                << " | " << (operation ? evidence_name(operation->evidence) : "") << " | "
                << (operation ? operation->source : "") << " |\n";
    }
  }
  return 0;
}

}  // namespace

void add_operations_command(CLI::App& app, std::function<int()>& command) {
  auto* sub = app.add_subcommand("operations", "list the AWS operations that keyfob answers");
  sub->add_flag_callback(
      "--json", [&command] { command = print_json; }, "with every member, constraint and error");
  sub->add_flag_callback(
      "--markdown", [&command] { command = print_markdown; }, "as the table of docs/parity.md");
  sub->preparse_callback([&command](std::size_t) { command = print_table; });
}

}  // namespace keyfob::server
