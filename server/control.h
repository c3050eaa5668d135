// The control API under /_keyfob/ (contract §3): what a test author does that AWS's API can't. Safe from any
// thread.
#pragma once

#include <string>
#include <vector>

#include "iam/service.h"
#include "protocol/http.h"
#include "server/guard.h"
#include "server/metrics.h"

namespace keyfob::server {

class Control {
 public:
  Control(Service& service, const Metrics& metrics, GuardOptions guard)
      : service_(service), metrics_(metrics), guard_(std::move(guard)) {}

  // Whether the path is one of the control API's, or of the doors for people from other emulators.
  static bool owns(std::string_view path);

  HttpReply handle(const HttpRequest& request);

 private:
  Service& service_;
  const Metrics& metrics_;
  Guard guard_;
};

}  // namespace keyfob::server
