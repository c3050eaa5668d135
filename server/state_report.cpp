#include "server/state_report.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json.hpp>
#include <iostream>

#include "iam/state/state.h"
#include "protocol/json_members.h"
#include "protocol/json_text.h"

namespace keyfob::server {
namespace {

namespace json = boost::json;

std::string text_of(const json::object& schema, const char* member) {
  const auto* value = schema.if_contains(member);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

std::string code(const json::value& value) {
  return "`" + (value.is_string() ? std::string(value.get_string()) : json::serialize(value)) + "`";
}

std::string escaped(std::string text) {
  for (auto at = text.find('|'); at != text.npos; at = text.find('|', at + 2)) text.insert(at, "\\");
  return text;
}

// "of 1 to 64", "up to 64", "from 1", or nothing.
std::string bounds(const json::object& schema, const char* least, const char* most) {
  const auto* from = schema.if_contains(least);
  const auto* to = schema.if_contains(most);
  if (from && to) return json::serialize(*from) + " to " + json::serialize(*to);
  if (to) return "up to " + json::serialize(*to);
  return from ? "from " + json::serialize(*from) : "";
}

std::string with(const std::string& text, const std::string& more, const std::string& unit) {
  return more.empty() ? text : text + ", " + more + unit;
}

std::string in_words(const json::object& schema);

std::string type_in_words(const json::object& schema) {
  const auto type = text_of(schema, "type");
  if (type == "array") return "list: " + in_words(schema.at("items").as_object());
  if (type == "boolean") return "`true` or `false`";
  if (type == "integer") return with("number", bounds(schema, "minimum", "maximum"), "");
  if (type == "object") return "object of texts";
  if (type.empty()) return schema.contains("type") ? "object or text" : "anything";
  const auto text = with("text", bounds(schema, "minLength", "maxLength"), " characters");
  return schema.contains("pattern") ? text + ", " + escaped(code(schema.at("pattern"))) : text;
}

std::string in_words(const json::object& schema) {
  if (const auto reference = text_of(schema, "$ref"); !reference.empty()) {
    const auto name = reference.substr(reference.rfind('/') + 1);
    std::string anchor = name;
    for (char& c : anchor) c = char(std::tolower(static_cast<unsigned char>(c)));
    return "[" + name + "](#" + anchor + ")";
  }
  if (schema.contains("const")) return code(schema.at("const"));
  if (!schema.contains("enum")) return type_in_words(schema);
  std::string words;
  for (const auto& word : schema.at("enum").as_array()) words += (words.empty() ? "" : ", ") + code(word);
  return words;
}

bool is_required(const json::object& schema, json::string_view member) {
  const auto* required = schema.if_contains("required");
  return required != nullptr && std::ranges::any_of(required->as_array(), [&](const json::value& name) {
           return name.as_string() == member;
         });
}

// A row's last two columns: what holds when the member is left out, and its meaning.
std::string end_of_row(const json::object& schema, const json::object& member, json::string_view name) {
  const auto description = text_of(member, "description");
  const auto meaning = description.substr(0, description.find(kWhenLeftOut));
  std::string left_out;
  if (is_required(schema, name)) left_out = "required";
  if (member.contains("default")) left_out = code(member.at("default"));
  if (meaning.size() < description.size()) {
    left_out = description.substr(meaning.size() + kWhenLeftOut.size());
    left_out.pop_back();  // the full stop
  }
  return left_out + " | " + meaning + " |";
}

void print_table(const json::object& schema) {
  std::cout << "| member | is | left out | meaning |\n|---|---|---|---|\n";
  for (const auto& [name, value] : schema.at("properties").as_object()) {
    const auto& member = value.as_object();
    std::cout << "| `" << std::string(name) << "` | " << in_words(member) << " | "
              << end_of_row(schema, member, name) << "\n";
  }
}

void print_definition(std::string_view name, const json::object& schema) {
  std::cout << "\n### " << name << "\n\n";
  const auto description = text_of(schema, "description");
  if (!description.empty()) std::cout << description << "\n";
  if (!schema.contains("properties")) return;
  if (!description.empty()) std::cout << "\n";
  print_table(schema);
}

int print_markdown() {
  const auto schema = state_schema();
  print_table(schema);
  for (const auto& [name, definition] : schema.at("$defs").as_object())
    print_definition({name.data(), name.size()}, definition.as_object());
  return 0;
}

int print_schema() {
  std::cout << pretty_json(state_schema());
  return 0;
}

}  // namespace

void add_state_schema_command(CLI::App& app, std::function<int()>& command) {
  auto* sub = app.add_subcommand("state-schema", "print the JSON schema of the state document");
  sub->add_flag_callback(
      "--markdown", [&command] { command = print_markdown; }, "as the tables of docs/state.md");
  sub->preparse_callback([&command](std::size_t) { command = print_schema; });
}

}  // namespace keyfob::server
