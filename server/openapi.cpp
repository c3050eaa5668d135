#include "server/openapi.h"

#include <algorithm>
#include <boost/json.hpp>

#include "server/control_call.h"
#include "server/control_words.h"

namespace keyfob::server {
namespace {

namespace json = boost::json;

json::string_view view(std::string_view text) { return {text.data(), text.size()}; }
json::object reference_to(const std::string& place) { return {{"$ref", "#/components/" + place}}; }

std::string lower(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(),
                         [](char c) { return char(c >= 'A' && c <= 'Z' ? c + 32 : c); });
  return lowered;
}

// --- Errors ---

struct ErrorStatus {
  unsigned status;
  const char* name;  // among the responses
  const char* description;
};
constexpr ErrorStatus kErrors[] = {
    {400, "BadRequest", "A parameter or the body is wrong; the message says which and where."},
    {401, "Unauthorized", "The server wants its control token, or signing in failed."},
    {403, "Forbidden", "A page of another origin, or a Host that may not drive the server."},
    {404, "NotFound", "There is no such device, user, fault or snapshot."},
    {409, "Conflict", "It exists already, or a quota is reached."},
    {500, "StoreFailure", "The store failed; nothing was changed."},
};

bool may_fail_with(const Route& route, unsigned status) {
  if (status == 401) return !route.is_public;
  if (status == 404 || status == 409) return std::ranges::find(route.fails, status) != route.fails.end();
  return true;
}

json::object error_responses(Schemas& schemas) {
  json::object responses;
  for (const auto& error : kErrors) {
    json::object schema;
    describe_struct(ErrorShown::json, schemas, schema);
    responses[error.name] = {{"description", error.description},
                             {"content", {{"application/json", {{"schema", std::move(schema)}}}}}};
  }
  return responses;
}

// --- Parameters ---

// The name that a path has for its segment: "id" of "/_keyfob/faults/{id}".
std::string_view item_name(const Route& route) {
  const auto open = route.path.find('{');
  if (open == std::string_view::npos) return {};
  return route.path.substr(open + 1, route.path.find('}') - open - 1);
}

json::object account_parameter(const char* description, json::object schema) {
  return {{"name", "account"}, {"in", "query"}, {"description", description}, {"schema", std::move(schema)}};
}

json::object account_parameters(Schemas& schemas) {
  json::object account;
  JsonTypeOf<std::string>::type.describe(kAccountIdBounds, schemas, account);
  return {{"account", account_parameter("The account; the default one without it.", std::move(account))},
          {"accountOrAll", account_parameter("The account, or * for all of them; the default one without it.",
                                             {{"type", "string"}, {"pattern", R"(^(?:[0-9]{12}|\*)$)"}})}};
}

json::array parameters(const Route& route, Schemas& schemas) {
  json::array all{reference_to(route.takes_all ? "parameters/accountOrAll" : "parameters/account")};
  if (const auto name = item_name(route); !name.empty()) {
    all.push_back({{"name", view(name)},
                   {"in", "path"},
                   {"required", true},
                   {"description", view(route.item)},
                   {"schema", {{"type", "string"}, {"minLength", 1}}}});
  }
  if (route.query != nullptr) describe_query(*route.query, schemas, all);
  return all;
}

// --- Operations ---

// Whether an empty body would lack something.
bool demands(const json::object& schema, const json::object& components) {
  if (const auto* name = schema.if_contains("$ref")) {
    const auto text = name->get_string();
    const auto* named = components.if_contains(text.subview(text.rfind('/') + 1));
    return named == nullptr || demands(named->get_object(), components);
  }
  return std::ranges::any_of(std::array{"required", "oneOf", "anyOf"},
                             [&](const char* word) { return schema.contains(word); });
}

void add_body(const Route& route, json::object& components, json::object& operation) {
  json::object schema;
  Schemas schemas{.components = components, .closed = true};
  if (route.body != nullptr) {
    route.body->describe({}, schemas, schema);
  } else if (!route.body_schema.empty()) {
    schema = json::parse(view(route.body_schema)).as_object();
  } else {
    return;
  }
  const bool required = demands(schema, components);
  operation["requestBody"] = {{"required", required},
                              {"content", {{"application/json", {{"schema", std::move(schema)}}}}}};
}

json::object answer(const Route& route, Schemas& schemas) {
  json::object response{{"description", view(route.answers)}};
  json::object content;
  for (const auto& [type, schema] : route.content) {
    content[view(type)] = {{"schema", json::parse(view(schema))}};
  }
  if (route.answer != nullptr) {
    json::object schema;
    route.answer->describe({}, schemas, schema);
    content["application/json"] = {{"schema", std::move(schema)}};
  }
  if (!content.empty()) response["content"] = std::move(content);
  return response;
}

json::object operation(const Route& route, json::object& components) {
  Schemas schemas{.components = components, .closed = false};
  json::object described{{"operationId", view(route.id)},
                         {"tags", {view(route.section->subject->name)}},
                         {"summary", view(route.summary)}};
  if (!route.description.empty()) described["description"] = view(route.description);
  if (route.is_public) described["security"] = json::array();
  described["parameters"] = parameters(route, schemas);
  add_body(route, components, described);
  json::object responses{{std::to_string(route.status), answer(route, schemas)}};
  for (const auto& error : kErrors) {
    if (may_fail_with(route, error.status)) {
      responses[std::to_string(error.status)] = reference_to(std::string("responses/") + error.name);
    }
  }
  described["responses"] = std::move(responses);
  return described;
}

// --- The document ---

json::array tags() {
  std::vector<const Subject*> subjects;
  for (const auto routes : route_tables()) {
    for (const auto& route : routes) {
      if (std::ranges::find(subjects, route.section->subject) == subjects.end())
        subjects.push_back(route.section->subject);
    }
  }
  json::array tags;
  for (const auto* subject : subjects)
    tags.push_back({{"name", view(subject->name)}, {"description", view(subject->description)}});
  return tags;
}

json::object paths(json::object& components) {
  json::object paths;
  for (const auto routes : route_tables()) {
    for (const auto& route : routes) {
      auto& path = paths[view(route.path)];
      if (path.is_null()) path.emplace_object();
      path.get_object()[lower(route.method)] = operation(route, components);
    }
  }
  return paths;
}

std::string made_document() {
  json::object schemas;
  Schemas of_answers{.components = schemas, .closed = false};
  json::object components{{"securitySchemes",
                           {{"token",
                             {{"type", "http"},
                              {"scheme", "bearer"},
                              {"description", "The server's --control-token, when it has one."}}}}},
                          {"parameters", account_parameters(of_answers)},
                          {"responses", error_responses(of_answers)}};
  json::object document{
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "keyfob's control API"},
        {"version", "1"},
        {"summary", "What a test does that AWS's API can't."},
        {"description",
         "JSON in and out, times in RFC 3339 UTC. A call acts on one account, the default one unless it says "
         "otherwise. In a body null is as good as absent; members and parameters that aren't known are "
         "refused. "
         "An error has changed nothing."}}},
      {"servers", {{{"url", "/"}}}},
      {"security", {json::object(), {{"token", json::array()}}}},
      {"tags", tags()},
      {"paths", paths(schemas)}};
  components["schemas"] = std::move(schemas);
  document["components"] = std::move(components);
  return json::serialize(document) + "\n";
}

// --- Markdown ---

// GitHub's anchor of a heading.
std::string anchor(std::string_view heading) {
  auto name = lower(heading);
  std::ranges::replace(name, ' ', '-');
  return name;
}

std::string code(std::string_view text) { return "`" + std::string(text) + "`"; }

// "`serial`, `at`?": a question mark where it may be left out.
void append_members(const Struct& described, std::string& list) {
  for (const auto& member : described.members) {
    if (member.inner != nullptr) {
      append_members(*member.inner, list);
    } else {
      list += (list.empty() ? "" : ", ") + code(member.name) + (member.required ? "" : "?");
    }
  }
}

// One struct's members; those of several, one struct after the other.
std::string body_members(const JsonType& body) {
  std::string list;
  for (const auto* described : body.structs) {
    std::string members;
    append_members(*described, members);
    list += (list.empty() ? "" : "; or ") + members;
  }
  return list;
}

std::string row(const Route& route) {
  std::string query, body;
  if (route.query != nullptr) append_members(*route.query, query);
  if (route.body != nullptr) body = body_members(*route.body);
  const auto call = std::string(route.method) + " " + std::string(route.path);
  return "| [" + code(call) + "](#" + anchor(route.section->heading) + ") | " + query + " | " + body + " | " +
         std::to_string(route.status) + " | " + std::string(route.summary) + " |\n";
}

std::string made_table() {
  std::string table = "| call | parameters | body | answer | does |\n|---|---|---|---|---|\n";
  for (const auto routes : route_tables()) {
    for (const auto& route : routes) table += row(route);
  }
  return table;
}

}  // namespace

const std::string& openapi_document() {
  static const std::string document = made_document();
  return document;
}

const std::string& calls_as_markdown() {
  static const std::string table = made_table();
  return table;
}

}  // namespace keyfob::server
