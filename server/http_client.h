// One HTTP request to a keyfob server, blocking: what the client commands are made of.
#pragma once

#include <string>

namespace keyfob::server {

struct ClientReply {
  unsigned status;
  std::string body;
};

struct ClientOptions {
  std::string url = "http://127.0.0.1:4593";
  std::string token;  // of --control-token
};

// Throws std::runtime_error with one clear line when there is no answer. An https:// server's certificate is
// not checked: a keyfob's is made for a test.
ClientReply fetch(const ClientOptions& options, const std::string& method, const std::string& target,
                  const std::string& body = {});

}  // namespace keyfob::server
