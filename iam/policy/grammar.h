// What AWS refuses in a policy document, and the words it does it with (aws/policies.md#policy-documents,
// aws/roles.md#trust-policies).
//
// AWS checks in stages and tells the first fault of the first stage that finds one. Which input gives which
// text is inferred: from what people report of AWS's answers, and beyond that marked as a guess where it is
// checked.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iam/policy/document.h"

namespace keyfob::policy::grammar {

// AWS's words for the first fault, or nothing.
using Fault = std::optional<std::string>;

Fault fault_of_permissions(const boost::json::value& document, DocumentKind kind);  // Identity and Session
Fault fault_of_trust(const boost::json::value& document);
std::string_view fault_of_text(DocumentKind kind);  // of what isn't JSON at all

// What follows reads a document; the compiler uses it too, once the document is known to be right.

// The statements, whether there is one or a list of them; nothing when there are none or one isn't an object.
std::vector<const boost::json::object*> statements_of(const boost::json::value& document);
// The texts of a string or of a list of strings; numbers and booleans as they are written.
std::vector<std::string> texts(const boost::json::value& value);
// Those of an element, none when it is absent.
std::vector<std::string> texts(const boost::json::object& statement, std::string_view element);
bool is_2012(const boost::json::object& document);  // 2008-10-17 otherwise, also when it doesn't say

// Shapes that both kinds of policy share.
bool is_text_or_texts(const boost::json::value& value);
bool is_condition_block(const boost::json::value& value);
// Neither element of a pair that excludes itself is malformed, nor are both there.
bool is_either(const boost::json::object& statement, std::string_view element, std::string_view opposite);

}  // namespace keyfob::policy::grammar
