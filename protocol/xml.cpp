#include "protocol/xml.h"

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

// XML 1.0 has no way to write these; a client's parser would stumble over the whole answer.
bool is_unwritable(char c) {
  return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
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
  for (const char c : text) {
    if (!is_unwritable(c)) continue;
    std::string written(text);
    for (char& w : written) w = is_unwritable(w) ? '?' : w;
    node.text().set(written.data(), written.size());
    return;
  }
  node.text().set(text.data(), text.size());
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
