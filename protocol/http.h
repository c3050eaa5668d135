// A request and a reply as the floors below the sockets see them: no Beast, no Asio.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace keyfob {

struct HeaderField {
  std::string_view name;
  std::string_view value;
};

// Views into the connection's buffer: valid until the reply is returned.
struct HttpRequest {
  std::string_view method;  // "POST"
  std::string_view target;  // "/path?query", as sent
  std::string_view body;
  std::span<const HeaderField> headers;  // in the order sent, names in the spelling sent
  std::string_view peer;                 // the client's IP address, without port
  bool secure = false;                   // came over TLS

  // The first header of that name (any case); empty when there is none.
  std::string_view header(std::string_view name) const;
  bool has_header(std::string_view name) const;
  std::string_view path() const { return target.substr(0, target.find('?')); }
  // What follows the first '?', without it.
  std::string_view query() const {
    const auto mark = target.find('?');
    return mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
  }
};

struct HttpReply {
  unsigned status = 200;
  std::string_view content_type = {};  // a literal; none when empty
  std::string body = {};
  std::vector<std::pair<std::string, std::string>> headers =
      {};  // beyond Content-Type, Content-Length and Date

  // What a test asked to go wrong (docs/control-api.md#faults).
  std::chrono::milliseconds delay{0};  // wait before the reply is sent
  bool drop = false;                   // close the connection instead of replying
};

bool iequals(std::string_view a, std::string_view b);  // ASCII, any case

}  // namespace keyfob
