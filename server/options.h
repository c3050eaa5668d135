// The command line (README.md#two-commands). Every option can also come from KEYFOB_<OPTION> or a --config
// file, in that order.
#pragma once

#include <string>
#include <vector>

#include "iam/request/service.h"
#include "server/guard.h"
#include "server/listener.h"

namespace keyfob::server {

struct ServeOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 4593;
  std::string data;
  std::string account = "123456789012";
  bool verify_signatures = false;
  bool enforce_policies = false;
  double propagation_delay = 0;
  unsigned threads = 0;
  std::string fixture;
  std::string tls_cert;
  std::string tls_key;
  std::string control_token;
  std::vector<std::string> allow_hosts;
  std::string limits = "aws";
  std::string log_level = "info";
  std::string log_format = "text";
  std::string root_access_key_id = "test";
  std::string root_secret_access_key = "test";
};

// Serves until a signal; the process's exit status.
int serve(const ServeOptions& options);

}  // namespace keyfob::server
