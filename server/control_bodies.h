// Bodies that the control API reads and the client commands write. Their members are told beside the calls
// that read them.
#pragma once

#include "server/json_members.h"

namespace keyfob::server {

// Of a user, or of the account's root.
struct Whose {
  std::optional<std::string> user_name;
  std::optional<bool> root;
  static const Struct json;
};
Result<bool> is_root(const Whose& whose);  // 400 when it is nobody's

struct NewEnrolment {
  Whose whose;
  std::optional<std::string> device_name;
  static const Struct json;
};

struct NewHardwareToken {
  std::string serial_number;
  std::optional<std::string> seed;
  static const Struct json;
};

struct NewSecurityKey {
  Whose whose;
  std::string name;
  std::vector<std::pair<std::string, std::string>> certifications;
  static const Struct json;
};

using NewDevice = std::variant<NewHardwareToken, NewSecurityKey>;

struct NewFault {
  std::string action = "*";
  std::uint64_t delay_milliseconds = 0;
  std::optional<std::string> code;
  std::optional<unsigned> status;
  std::optional<std::string> message;
  std::optional<std::uint64_t> times;
  std::optional<double> probability;
  std::optional<std::uint64_t> seed;
  std::optional<std::string> drop;
  static const Struct json;
};

}  // namespace keyfob::server
