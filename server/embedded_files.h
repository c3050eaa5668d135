// Files that are part of the binary, as they lay in the source tree when it was built. The definitions are
// made by server/embed.cmake.
#pragma once

#include <span>
#include <string_view>

namespace keyfob::server {

struct EmbeddedFile {
  std::string_view name;  // without its folder
  std::string_view content_type;
  std::string_view etag;  // changes with the content, in quotes as HTTP wants it
  std::string_view content;
};

std::span<const EmbeddedFile> console_files();  // server/console/

}  // namespace keyfob::server
