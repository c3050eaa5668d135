// The console: a web page that drives this very API. Its files are part of the binary; they hold no secrets
// and are served without the token, which the page asks for.
#include <algorithm>

#include "server/control_call.h"
#include "server/embedded_files.h"

namespace keyfob::server {
namespace console_calls {

// Scripts, styles and data come from this server only, nothing inline, and no other page may frame this one.
constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data: blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

HttpReply file_reply(const HttpRequest& request, const EmbeddedFile& file) {
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
  const auto file = std::ranges::find(files, name, &EmbeddedFile::name);
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

constexpr Content kPage[] = {{"text/html", R"({"type":"string"})"}};
constexpr Content kFile[] = {{"text/javascript", R"({"type":"string"})"},
                             {"text/css", R"({"type":"string"})"},
                             {"text/html", R"({"type":"string"})"},
                             {"image/svg+xml", R"({"type":"string"})"}};

constexpr Route kRoutes[] = {
    route<&to_the_page>({.method = "GET",
                         .path = "/_keyfob",
                         .id = "console",
                         .section = &section::kConsole,
                         .summary = "The way to the console.",
                         .is_public = true,
                         .takes_any_query = true,
                         .status = 308,
                         .answers = "The console is at /_keyfob/."}),
    route<&page>({.method = "GET",
                  .path = "/_keyfob/",
                  .id = "consolePage",
                  .section = &section::kConsole,
                  .summary = "The console.",
                  .is_public = true,
                  .takes_any_query = true,
                  .answers = "The page.",
                  .content = kPage}),
    route<&sign_in_page>({.method = "GET",
                          .path = "/_keyfob/signin",
                          .id = "signInPage",
                          .section = &section::kConsole,
                          .summary = "The page that signs a user in.",
                          .is_public = true,
                          .takes_any_query = true,
                          .answers = "The page.",
                          .content = kPage}),
    route<&part>({.method = "GET",
                  .path = "/_keyfob/console/{file}",
                  .item = "The file's name.",
                  .id = "consoleFile",
                  .section = &section::kConsole,
                  .summary = "A file of the console's pages.",
                  .is_public = true,
                  .takes_any_query = true,
                  .answers = "The file.",
                  .content = kFile,
                  .fails = {404}}),
};

}  // namespace console_calls

std::span<const Route> console_routes() { return console_calls::kRoutes; }

}  // namespace keyfob::server
