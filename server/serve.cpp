#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>

#include "server/control.h"
#include "server/json_reply.h"
#include "server/log.h"
#include "server/metrics.h"
#include "server/options.h"

namespace keyfob::server {
namespace {

ServiceOptions service_options(const ServeOptions& options) {
  ServiceOptions service;
  service.authentication.default_account = *AccountId::parse(options.account);
  service.authentication.verify_signatures = options.verify_signatures;
  service.authentication.root_access_key_id = options.root_access_key_id;
  service.authentication.root_secret_access_key = Secret{options.root_secret_access_key};
  service.enforce_policies = options.enforce_policies;
  service.propagation_delay = Duration{std::llround(options.propagation_delay * 1e6)};
  if (options.limits == "relaxed") service.limits = Limits::relaxed();
  return service;
}

// State to start with, for the default account.
void load_fixture(Service& service, const std::string& path) {
  std::ifstream file(path);
  const std::string document{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file) throw std::runtime_error("can't read the fixture " + path);
  const auto loaded = service.accounts().replace_state(service.default_account(), document);
  if (!loaded)
    throw std::runtime_error("the fixture " + path + " is wrong: " + loaded.error().message.value_or(""));
}

// The control API has its paths, AWS has the rest.
class Router final : public Handler {
 public:
  Router(Service& service, const Metrics& metrics, const Log& log, GuardOptions guard)
      : service_(service), guard_(std::move(guard)), control_(service, metrics, guard_, log) {}

  HttpReply handle(const HttpRequest& request) override {
    if (Control::owns(request.path())) return control_.handle(request);
    // Without CORS a page from elsewhere couldn't read AWS's answers, but its calls would count.
    if (const auto allowed = guard_.check_page(request); !allowed) return error_reply(allowed.error());
    return service_.handle(request);
  }

  HttpReply refuse_body(const HttpRequest& head) override {
    return Control::owns(head.path()) ? error_reply(body_too_large()) : HttpReply{.status = 413};
  }

  void follow(const HttpRequest& request, const std::shared_ptr<EventStream>& stream) override {
    control_.follow(request, stream);
  }

 private:
  Service& service_;
  const Guard guard_;
  Control control_;
};

}  // namespace

int serve(const ServeOptions& options) {
  const Log log(log_level(options.log_level), options.log_format == "json");
  try {
    Store store(options.data);
    Service service(store, service_options(options));
    Metrics metrics;
    service.on_request = [&](const RequestRecord& record) {
      metrics.count(record);
      log.request(record);
    };
    Router router(service, metrics, log,
                  {.bound_host = options.host,
                   .allowed_hosts = options.allow_hosts,
                   .control_token = options.control_token});
    Listener listener({.host = options.host,
                       .port = options.port,
                       .threads = options.threads,
                       .tls_cert = options.tls_cert,
                       .tls_key = options.tls_key},
                      router);
    // The account in a data file is replaced by a server that can start, or not at all.
    if (!options.fixture.empty()) load_fixture(service, options.fixture);
    const bool secure = !options.tls_cert.empty();
    const bool v6 = options.host.find(':') != std::string::npos;
    std::cout << "keyfob listening on " << (secure ? "https://" : "http://") << (v6 ? "[" : "")
              << options.host << (v6 ? "]" : "") << ":" << listener.port() << std::endl;
    listener.run();
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "keyfob: %s\n", error.what());
    return 1;
  }
}

}  // namespace keyfob::server
