// The files of the console, as they lay in server/console when the binary was built. The definition is made
// by server/console/embed.cmake.
#pragma once

#include <span>
#include <string_view>

namespace keyfob::server {

struct ConsoleFile {
  std::string_view name;
  std::string_view content_type;
  std::string_view etag;  // changes with the content, in quotes as HTTP wants it
  std::string_view content;
};

std::span<const ConsoleFile> console_files();

}  // namespace keyfob::server
