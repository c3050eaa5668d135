// Structs with a table of members: read with the place of what is wrong, written, and described.
#include "server/json_members.h"

#include <boost/json.hpp>

#include "server/json_reply.h"
#include "tests/catch.h"

using namespace keyfob;
using namespace keyfob::server;

namespace json_members_test {

constexpr const char* kColours[] = {"red", "green", "blue"};
constexpr Shape kWord{.name = "word", .min = 2, .max = 4, .pattern = R"([\w]+)", .accepts = shape::is_word};

struct Wheel {
  unsigned spokes = 0;
  static const Struct json;
};
constexpr Member kWheel[] = {required<&Wheel::spokes>("spokes", "How many.", {.least = 1, .most = 36})};
constexpr Struct Wheel::json{.name = "Wheel", .members = kWheel};

struct Paint {
  std::optional<std::string> colour;
  static const Struct json;
};
constexpr Member kPaint[] = {
    optional<&Paint::colour>("colour", "Of the frame.", {.words = kColours, .otherwise = R"("red")"})};
constexpr Struct Paint::json{.members = kPaint};

struct Bicycle {
  std::string name;
  Paint paint;
  std::vector<Wheel> wheels;
  std::vector<std::pair<std::string, std::string>> marks;
  std::optional<Instant> built;
  std::optional<double> weight;
  bool sold = false;
  static const Struct json;
};
constexpr Member kBicycle[] = {
    constant("type", "bicycle"),
    required<&Bicycle::name>("name", {}, {.shape = &kWord}),
    members_of<&Bicycle::paint>(),
    optional<&Bicycle::wheels>("wheels"),
    optional<&Bicycle::marks>("marks"),
    optional<&Bicycle::built>("built"),
    optional<&Bicycle::weight>("weight", {}, {.least = 0.5}),
    optional<&Bicycle::sold>("sold"),
};
constexpr Struct Bicycle::json{.members = kBicycle};

struct Ferry {
  std::string harbour;
  static const Struct json;
};
constexpr Member kFerry[] = {constant("type", "ferry"), required<&Ferry::harbour>("harbour")};
constexpr Struct Ferry::json{.members = kFerry};

using Vehicle = std::variant<Bicycle, Ferry>;

std::string refusal(const std::string& body) {
  Vehicle vehicle;
  const auto read = read_body(JsonTypeOf<Vehicle>::type, body, &vehicle);
  return read ? "none" : read.error().message.value_or("");
}

std::string refusal_of_member(const std::string& member) {
  return refusal(R"({"type":"bicycle","name":"abc",)" + member + "}");
}

}  // namespace json_members_test

using namespace json_members_test;

TEST_CASE("a body is read into a struct, and written as it was read") {
  const std::string body =
      R"({"type":"bicycle","name":"abc","colour":"blue","wheels":[{"spokes":36},{"spokes":1}],)"
      R"("marks":{"front":"a","rear":"b"},"built":"2026-01-01T00:00:00.5Z","weight":1.25E1,"sold":true})";
  Vehicle vehicle;
  REQUIRE(read_body(JsonTypeOf<Vehicle>::type, body, &vehicle).has_value());
  const auto& bicycle = std::get<Bicycle>(vehicle);
  CHECK(bicycle.paint.colour == "blue");
  CHECK(bicycle.wheels.at(0).spokes == 36);
  CHECK(bicycle.marks.at(1).second == "b");
  CHECK(bicycle.sold);
  CHECK(json_text(vehicle) == body);
}

TEST_CASE("what is absent or null keeps what it was, and is left out where it may be") {
  Vehicle vehicle;
  REQUIRE(read_body(JsonTypeOf<Vehicle>::type, R"({"type":"bicycle","name":"abc","sold":null})", &vehicle)
              .has_value());
  CHECK(json_text(vehicle) == R"({"type":"bicycle","name":"abc","wheels":[],"marks":{},"sold":false})");
}

TEST_CASE("a body is refused with the place of what is wrong") {
  CHECK(refusal("[]") == "The body must be a JSON object.");
  CHECK(refusal("{") == "The body isn't JSON: incomplete JSON in line 1, column 2.");
  CHECK(refusal("") == R"("type" must be "bicycle" or "ferry".)");
  CHECK(refusal(R"({"type":"boat"})") == R"("type" must be "bicycle" or "ferry".)");
  CHECK(refusal(R"({"type":"ferry","harbour":"x","name":"abc"})") == R"("name" is not known here.)");
  CHECK(refusal(R"({"type":"bicycle"})") == R"("name" is required.)");
  CHECK(refusal(R"({"type":"bicycle","name":""})") == R"("name" is required.)");
  CHECK(refusal(R"({"type":"bicycle","name":5})") == R"("name" must be a string.)");
  CHECK(refusal(R"({"type":"bicycle","name":"abcde"})") == R"("name" is not what is allowed here ([\w]+).)");
  CHECK(refusal(R"({"type":"bicycle","name":"a b"})") == R"("name" is not what is allowed here ([\w]+).)");
  CHECK(refusal_of_member(R"("colour":"pink")") == R"("colour" must be "red", "green" or "blue".)");
  CHECK(refusal_of_member(R"("wheels":{})") == R"("wheels" must be an array.)");
  CHECK(refusal_of_member(R"("wheels":[{"spokes":2},{"spokes":0}])") ==
        R"("wheels[1].spokes" is out of range.)");
  CHECK(refusal_of_member(R"("wheels":[{"spokes":2,"rim":1}])") == R"("wheels[0].rim" is not known here.)");
  CHECK(refusal_of_member(R"("wheels":[{"spokes":2.5}])") == R"("wheels[0].spokes" must be an integer.)");
  CHECK(refusal_of_member(R"("marks":{"front":1})") == R"("marks.front" must be a string.)");
  CHECK(refusal_of_member(R"("built":"noon")") == R"("built" must be a time like 2026-01-01T00:00:00Z.)");
  CHECK(refusal_of_member(R"("weight":0.25)") == R"("weight" is out of range.)");
  CHECK(refusal_of_member(R"("sold":"yes")") == R"("sold" must be true or false.)");
  CHECK(refusal_of_member(R"("paint":{})") == R"("paint" is not known here.)");
}

TEST_CASE("a query is read by the same table") {
  Wheel wheel;
  CHECK(read_query(Wheel::json, *Form::parse("spokes=3&spokes=4&account=1"), &wheel).has_value());
  CHECK(wheel.spokes == 3);
  CHECK(read_query(Wheel::json, *Form::parse("spokes=3x"), &wheel).error().message ==
        R"("spokes" must be an integer.)");
  CHECK(check_query(&Wheel::json, *Form::parse("spokes=3&account=1")).has_value());
  CHECK(check_query(&Wheel::json, *Form::parse("rim=1")).error().message == R"("rim" is not known here.)");
  CHECK(check_query(nullptr, *Form::parse("spokes=3")).error().message == R"("spokes" is not known here.)");
}

TEST_CASE("the schema says what is read, and what is written") {
  const auto schema = [](bool closed) {
    boost::json::object components, described;
    Schemas schemas{.components = components, .closed = closed};
    JsonTypeOf<Bicycle>::type.describe({}, schemas, described);
    CHECK(components.at("Wheel").at("properties").at("spokes") ==
          boost::json::parse(R"({"type":"integer","minimum":1,"maximum":36,"description":"How many."})"));
    return described;
  };
  const auto read = schema(true);
  CHECK(read.at("required") == boost::json::parse(R"(["type","name"])"));
  CHECK(read.at("additionalProperties") == false);
  CHECK(read.at("properties").at("name") ==
        boost::json::parse(R"({"type":"string","minLength":2,"maxLength":4,"pattern":"^[A-Za-z0-9_]+$"})"));
  CHECK(
      read.at("properties").at("colour") ==
      boost::json::parse(R"({"enum":["red","green","blue"],"default":"red","description":"Of the frame."})"));
  CHECK(read.at("properties").at("weight").at("minimum") == 0.5);
  CHECK(schema(false).at("required") == boost::json::parse(R"(["type","name","wheels","marks","sold"])"));
}
