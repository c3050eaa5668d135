// Small things done to text: UTF-8, percent and base64 encoding, AWS's spelling of names.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace keyfob {

bool is_utf8(std::string_view text);
// Every sequence that isn't UTF-8 replaced by U+FFFD.
std::string repair_utf8(std::string_view text);
// Code points of valid UTF-8: AWS counts lengths in characters (aws/shapes.md).
std::size_t characters(std::string_view text);
// The first `most` bytes or fewer, cut between characters, with an ellipsis when that isn't all.
std::string shortened(std::string_view text, std::size_t most);
// Takes one code point off the front of valid, non-empty UTF-8.
char32_t take_code_point(std::string_view& text);
// The line and column at an offset, as an editor counts them: from 1, in characters.
struct LineAndColumn {
  std::size_t line;
  std::size_t column;
};
LineAndColumn line_and_column(std::string_view text, std::size_t offset);
// Whole text lower-cased by Unicode's simple mapping: what makes "Team" and "TEAM" the same tag key of a
// user.
std::string fold_case(std::string_view text);

// Two lower-case digits for each byte.
std::string hex(std::string_view bytes);
// RFC 3986: everything but unreserved characters as %XX, and but those `kept` as well. What AWS does to
// policy documents.
std::string percent_encode(std::string_view text, std::string_view kept = {});
// The reverse, appended to `out`; false when an escape is broken. A plus is a space in a form, a plus in a
// path.
bool percent_decode(std::string_view encoded, char plus, std::string& out);
// The same, but a broken escape stays as it is.
std::string percent_decode_what_is_sound(std::string_view encoded, char plus);
std::string base64_encode(std::string_view bytes);
// URL-safe alphabet, no padding.
std::string base64url_encode(std::string_view bytes);
// False when the text isn't base64url.
bool base64url_decode(std::string_view text, std::string& bytes);

// "UserName" → "userName": how AWS names members in validation messages.
std::string member_path(std::string_view member);

}  // namespace keyfob
