# Writes a file into a C++ source that defines a constant of server/documents.h:
#   cmake -D FILE=<the file> -D NAME=<the constant> -D OUT=<the source> -P embed.cmake
file(READ "${FILE}" bytes HEX)
string(REGEX REPLACE "(..)" "\\\\x\\1" literal "${bytes}")
file(WRITE "${OUT}" "// Made by server/embed.cmake.
#include \"server/documents.h\"

namespace keyfob::server {

using std::string_view_literals::operator\"\"sv;

const std::string_view ${NAME} = \"${literal}\"sv;

}  // namespace keyfob::server
")
