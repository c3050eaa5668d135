// AWS's XML, to the byte: two spaces, LF, no declaration, empty elements self-closed
// (aws/wire.md#success-envelope).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "protocol/error.h"
#include "protocol/words.h"

namespace pugi {
class xml_document;
struct xml_node_struct;
}  // namespace pugi

namespace keyfob {

// A place in a document to add to; as cheap to copy as a pointer, good while its document lives.
class XmlElement {
 public:
  XmlElement add(const char* name);
  void add(const char* name, std::string_view text);
  void add(const char* name, const char* text) { add(name, std::string_view(text)); }
  void add(const char* name, const std::string& text) { add(name, std::string_view(text)); }
  void add(const char* name, bool value) { add(name, std::string_view(value ? "true" : "false")); }
  void add(const char* name, std::int64_t value);
  void add(const char* name, Instant at) { add(name, to_iso8601(at)); }
  void set_text(std::string_view text);

 private:
  friend class XmlDocument;
  explicit XmlElement(pugi::xml_node_struct* node) : node_(node) {}
  pugi::xml_node_struct* node_;
};

class XmlDocument {
 public:
  XmlDocument(const std::string& root, const char* xmlns);
  ~XmlDocument();
  XmlDocument(const XmlDocument&) = delete;
  XmlDocument& operator=(const XmlDocument&) = delete;

  XmlElement root();
  std::string str() const;

 private:
  std::unique_ptr<pugi::xml_document> document_;
};

inline constexpr const char* kIamXmlns = "https://iam.amazonaws.com/doc/2010-05-08/";
inline constexpr const char* kStsXmlns = "https://sts.amazonaws.com/doc/2011-06-15/";
// Errors of dispatch speak in another namespace (aws/wire.md#dispatch).
inline constexpr const char* kFaultXmlns = "http://webservices.amazon.com/AWSFault/2005-15-09";

// The error envelope of aws/wire.md#error-envelope.
std::string error_body(const AwsError& error, const char* xmlns, const std::string& request_id);

}  // namespace keyfob
