# Writes files into one C++ source that defines a function of server/embedded_files.h:
#   cmake -D OUT=<the source> -D FUNCTION=<its name> -D FILES=<file;file…> -P embed.cmake
function(content_type name result)
  cmake_path(GET name EXTENSION LAST_ONLY extension)
  if(extension STREQUAL ".html")
    set(type "text/html; charset=utf-8")
  elseif(extension STREQUAL ".css")
    set(type "text/css; charset=utf-8")
  elseif(extension STREQUAL ".js")
    set(type "text/javascript; charset=utf-8")
  elseif(extension STREQUAL ".svg")
    set(type "image/svg+xml")
  elseif(extension STREQUAL ".json")
    set(type "application/json")
  else()
    message(FATAL_ERROR "embed.cmake doesn't know the content type of ${name}")
  endif()
  set(${result} "${type}" PARENT_SCOPE)
endfunction()

set(rows "")
foreach(file IN LISTS FILES)
  cmake_path(GET file FILENAME name)
  content_type("${name}" type)
  file(SHA256 "${file}" sum)
  string(SUBSTRING "${sum}" 0 16 etag)
  file(READ "${file}" bytes HEX)
  string(REGEX REPLACE "(..)" "\\\\x\\1" literal "${bytes}")
  string(APPEND rows "    {\"${name}\", \"${type}\", \"\\\"${etag}\\\"\", \"${literal}\"sv},\n")
endforeach()

file(WRITE "${OUT}" "// Made by server/embed.cmake.
#include \"server/embedded_files.h\"

namespace keyfob::server {

using std::string_view_literals::operator\"\"sv;

std::span<const EmbeddedFile> ${FUNCTION}() {
  static constexpr EmbeddedFile kFiles[] = {
${rows}  };
  return kFiles;
}

}  // namespace keyfob::server
")
