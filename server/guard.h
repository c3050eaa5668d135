// Who may drive the control API: no page of another site, no rebound DNS name, and with a token only those
// who know it (docs/control-api.md).
#pragma once

#include <string>
#include <vector>

#include "protocol/error.h"
#include "protocol/http.h"

namespace keyfob::server {

struct GuardOptions {
  std::string bound_host = "127.0.0.1";
  std::vector<std::string> allowed_hosts;  // beyond loopback and the bound address
  std::string control_token;               // none when empty
};

class Guard {
 public:
  explicit Guard(GuardOptions options) : options_(std::move(options)) {}

  // 403 for a foreign Host or Origin, 401 without the token. `open` paths (health) need no token.
  Result<void> check(const HttpRequest& request, bool open) const;
  // The same of a call of AWS's, where it comes from a browser's page, which says so in Origin.
  Result<void> check_page(const HttpRequest& request) const;

 private:
  bool accepts_host(std::string_view host) const;

  GuardOptions options_;
};

}  // namespace keyfob::server
