// Who may drive the control API: no page of another site, no rebound DNS name, and with a token only those
// who know it (contract §3).
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

// 403 for a request of a page from elsewhere: a browser says where its page came from.
Result<void> check_origin(const HttpRequest& request);

class Guard {
 public:
  explicit Guard(GuardOptions options) : options_(std::move(options)) {}

  // 403 for a foreign Host or Origin, 401 without the token. `open` paths (health) need no token.
  Result<void> check(const HttpRequest& request, bool open) const;

 private:
  bool accepts_host(std::string_view host) const;

  GuardOptions options_;
};

}  // namespace keyfob::server
