// The control API under /_keyfob/ (docs/control-api.md): what a test author does that AWS's API can't. Safe
// from any thread.
#pragma once

#include <memory>
#include <string_view>

#include "iam/request/service.h"
#include "protocol/http.h"
#include "server/guard.h"
#include "server/journal_streams.h"
#include "server/log.h"
#include "server/metrics.h"

namespace keyfob::server {

class Control {
 public:
  // Listens to the service's journal from now on. A call that fails through no fault of the caller's is
  // logged.
  Control(Service& service, const Metrics& metrics, const Guard& guard, const Log& log);
  ~Control();
  Control(const Control&) = delete;
  Control& operator=(const Control&) = delete;

  // Whether the path is one of the control API's, or one that people know from other emulators.
  static bool owns(std::string_view path);

  HttpReply handle(const HttpRequest& request);
  // The rest of a reply that `handle` began as an event stream: the journal.
  void follow(const HttpRequest& request, const std::shared_ptr<EventStream>& stream);

 private:
  Service& service_;
  const Metrics& metrics_;
  const Guard& guard_;
  const Log& log_;
  JournalStreams streams_;
};

}  // namespace keyfob::server
