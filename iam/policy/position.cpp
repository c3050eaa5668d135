#include "iam/policy/position.h"

namespace keyfob::policy {
namespace {

class Scanner {
 public:
  explicit Scanner(std::string_view json) : json_(json) {}

  std::vector<std::pair<Position, Position>> run() {
    for (; at_ < json_.size(); step()) {
      const char c = json_[at_];
      if (c == '"') {
        string();
      } else if (c == '{' || c == '[') {
        open(c);
      } else if (c == '}' || c == ']') {
        close();
      }
    }
    return std::move(found_);
  }

 private:
  void step() {
    const auto byte = static_cast<unsigned char>(json_[at_++]);
    if (byte == '\n') {
      ++here_.line;
      here_.column = 1;
    } else if ((byte & 0xC0) != 0x80) {  // characters, not bytes
      ++here_.column;
    }
  }

  // Leaves the scanner on the closing quote.
  void string() {
    const auto start = at_ + 1;
    for (step(); json_[at_] != '"'; step()) {
      if (json_[at_] == '\\') step();
    }
    if (depth_ == 1) last_text_ = json_.substr(start, at_ - start);  // in the end the key before an opening
  }

  bool is_statement(char c) const {
    return c == '{' && ((depth_ == 1 && last_text_ == "Statement") || (depth_ == 2 && in_list_));
  }

  void open(char c) {
    if (depth_ == 1) {
      in_list_ = c == '[' && last_text_ == "Statement";
      if (last_text_ == "Statement") found_.clear();  // of two, the last one counts
    }
    if (is_statement(c)) {
      found_.emplace_back(here_, here_);
      statement_depth_ = depth_;
    }
    ++depth_;
  }

  void close() {
    --depth_;
    if (depth_ != statement_depth_) return;
    found_.back().second = {here_.line, here_.column + 1};
    statement_depth_ = kNone;
  }

  static constexpr int kNone = -1;

  std::string_view json_;
  std::size_t at_ = 0;
  Position here_;
  int depth_ = 0;
  int statement_depth_ = kNone;
  bool in_list_ = false;
  std::string_view last_text_;
  std::vector<std::pair<Position, Position>> found_;
};

}  // namespace

std::vector<std::pair<Position, Position>> statement_positions(std::string_view json) {
  return Scanner(json).run();
}

}  // namespace keyfob::policy
