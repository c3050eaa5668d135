// The console: a web page that drives this very API. Its files are part of the binary; they hold no secrets
// and are served without the token, which the page asks for.
#include <algorithm>
#include <boost/json/object.hpp>

#include "server/console_files.h"
#include "server/control_call.h"
#include "server/json_reply.h"

namespace keyfob::server {
namespace {

// Scripts, styles and data come from this server only, nothing inline, and no other page may frame this one.
constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data: blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

HttpReply file_reply(const HttpRequest& request, const ConsoleFile& file) {
  HttpReply reply{.content_type = file.content_type,
                  .headers = {{"Content-Security-Policy", std::string(kContentSecurityPolicy)},
                              {"X-Content-Type-Options", "nosniff"},
                              {"Referrer-Policy", "no-referrer"},
                              {"Cache-Control", "no-cache"},
                              {"ETag", std::string(file.etag)}}};
  if (request.header("If-None-Match") == file.etag) {
    reply.status = 304;
  } else {
    reply.body = file.content;
  }
  return reply;
}

Result<HttpReply> serve_file(const HttpRequest& request, std::string_view name) {
  const auto files = console_files();
  const auto file = std::ranges::find(files, name, &ConsoleFile::name);
  if (file == files.end()) return not_found("The console has no such file.");
  return file_reply(request, *file);
}

Result<HttpReply> page(ControlCall& call) { return serve_file(call.request, "index.html"); }

Result<HttpReply> sign_in_page(ControlCall& call) { return serve_file(call.request, "signin.html"); }

Result<HttpReply> part(ControlCall& call) { return serve_file(call.request, call.path_item); }

// The page's links are relative to its folder.
Result<HttpReply> to_the_page(ControlCall&) {
  return HttpReply{.status = 308, .headers = {{"Location", "/_keyfob/"}}};
}

constexpr Route kRoutes[] = {
    {"GET", "/_keyfob", to_the_page},
    {"GET", "/_keyfob/", page},
    {"GET", "/_keyfob/signin", sign_in_page},
    {"GET", "/_keyfob/console/{}", part},
};

}  // namespace

std::span<const Route> console_routes() { return kRoutes; }

}  // namespace keyfob::server
