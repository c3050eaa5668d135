#include "protocol/xml.h"

#include <algorithm>
#include <pugixml.hpp>

namespace keyfob {
namespace {

struct StringWriter final : pugi::xml_writer {
  std::string text;
  void write(const void* data, std::size_t size) override {
    text.append(static_cast<const char*>(data), size);
  }
};

// pugixml closes an empty element with " />", AWS with "/>". In what pugixml writes, these three characters
// stand nowhere else: a '>' in a text or an attribute is escaped.
void tighten_empty_elements(std::string& xml) {
  auto from = xml.find(" />");
  if (from == std::string::npos) return;
  auto to = from;
  while (from < xml.size()) {
    if (xml.compare(from, 3, " />") == 0) ++from;
    xml[to++] = xml[from++];
  }
  xml.resize(to);
}

// XML 1.0 has no way to write control characters, U+FFFE and U+FFFF; a client's parser would stumble over the
// whole answer.
bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
}
constexpr std::string_view kNoCharacters = "\xEF\xBF";  // their first two bytes in UTF-8

bool is_no_character(std::string_view text, std::size_t at) {
  return text.substr(at, 2) == kNoCharacters && at + 2 < text.size() &&
         (text[at + 2] == '\xBE' || text[at + 2] == '\xBF');
}

bool is_writable(std::string_view text) {
  if (std::ranges::any_of(text, is_control)) return false;
  for (auto at = text.find(kNoCharacters); at != text.npos; at = text.find(kNoCharacters, at + 1)) {
    if (is_no_character(text, at)) return false;
  }
  return true;
}

std::string with_question_marks(std::string_view text) {
  std::string written;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool no_character = is_no_character(text, at);
    written += no_character || is_control(text[at]) ? '?' : text[at];
    if (no_character) at += 2;
  }
  return written;
}

}  // namespace

XmlElement XmlElement::add(const char* name) {
  return XmlElement(pugi::xml_node(node_).append_child(name).internal_object());
}

void XmlElement::add(const char* name, std::string_view text) {
  XmlElement(pugi::xml_node(node_).append_child(name).internal_object()).set_text(text);
}

void XmlElement::add(const char* name, std::int64_t value) { add(name, std::to_string(value)); }

void XmlElement::set_text(std::string_view text) {
  if (text.empty()) return;
  pugi::xml_node node(node_);
  if (is_writable(text)) {
    node.text().set(text.data(), text.size());
  } else {
    const auto written = with_question_marks(text);
    node.text().set(written.data(), written.size());
  }
}

XmlDocument::XmlDocument(const std::string& root, const char* xmlns)
    : document_(std::make_unique<pugi::xml_document>()) {
  document_->append_child(root.c_str()).append_attribute("xmlns").set_value(xmlns);
}

XmlDocument::~XmlDocument() = default;

XmlElement XmlDocument::root() { return XmlElement(document_->document_element().internal_object()); }

std::string XmlDocument::str() const {
  StringWriter writer;
  writer.text.reserve(1024);
  document_->save(writer, "  ", pugi::format_indent | pugi::format_no_declaration, pugi::encoding_utf8);
  tighten_empty_elements(writer.text);
  return std::move(writer.text);
}

std::string error_body(const AwsError& error, const char* xmlns, const std::string& request_id) {
  XmlDocument document("ErrorResponse", xmlns);
  auto root = document.root();
  auto element = root.add("Error");
  element.add("Type", error.status < 500 ? "Sender" : "Receiver");
  element.add("Code", error.code);
  if (error.message) element.add("Message", *error.message);
  root.add("RequestId", request_id);
  return document.str();
}

}  // namespace keyfob
