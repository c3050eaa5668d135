#include "totp/qr.h"

#include <png.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstdint>
#include <stdexcept>
#include <vector>

// Distributions put this header in different folders.
#if __has_include(<qrcodegen/qrcodegen.h>)
#include <qrcodegen/qrcodegen.h>
#else
#include <qrcodegen.h>
#endif

namespace keyfob::totp {
namespace {

constexpr int kQuietZone = 4;  // modules
constexpr int kScale = 4;      // pixels a module: two modules fill a byte of a one-bit row
// Any mask makes a valid code. Trying all eight for the prettiest, as the library does when left to choose,
// costs fifteen times as much.
constexpr auto kMask = qrcodegen_Mask_0;
// Digits, capitals and a few signs take 5.5 bits each in a segment of their own, which about so many of them
// pay for. A seed is such a run: with it apart the code is a version smaller.
constexpr std::size_t kWorthASegment = 16;
// Clearing zlib's tables is much of what a small image costs; 8 is the default, 5 is the quickest here.
constexpr int kZlibMemory = 5;

// One-bit pixels, black = 0, each row of modules once: it is written kScale times.
struct Bitmap {
  int modules;  // each way, quiet zone included
  std::size_t row_bytes;
  std::vector<std::uint8_t> rows;
};

bool is_alphanumeric(char c) {
  constexpr std::string_view kSigns = " $%*+-./:";
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || kSigns.find(c) != std::string_view::npos;
}

// The text cut into segments, each encoded as is best for it.
class Segments {
 public:
  explicit Segments(std::string_view text) : bytes_(text.size()) {
    std::size_t start = 0;  // of what has no segment yet
    for (std::size_t at = 0; at < text.size();) {
      const auto run = run_length(text.substr(at));
      if (run >= kWorthASegment) {
        add_bytes(text, start, at);
        add_alphanumeric(text, at, run);
        start = at + run;
      }
      at += std::max<std::size_t>(run, 1);
    }
    add_bytes(text, start, text.size());
  }

  const std::vector<qrcodegen_Segment>& all() const { return segments_; }

 private:
  static std::size_t run_length(std::string_view text) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_alphanumeric);
    return static_cast<std::size_t>(end - text.begin());
  }

  // A segment is never longer than its text, so each is encoded where its text would lie.
  void add_bytes(std::string_view text, std::size_t begin, std::size_t end) {
    if (begin == end) return;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data() + begin);
    segments_.push_back(qrcodegen_makeBytes(bytes, end - begin, &bytes_[begin]));
  }
  void add_alphanumeric(std::string_view text, std::size_t begin, std::size_t size) {
    const std::string run(text.substr(begin, size));
    segments_.push_back(qrcodegen_makeAlphanumeric(run.c_str(), &bytes_[begin]));
  }

  std::vector<std::uint8_t> bytes_;
  std::vector<qrcodegen_Segment> segments_;
};

// Modules are asked for by qrcodegen_getModule.
using QrCode = std::array<std::uint8_t, qrcodegen_BUFFER_LEN_MAX>;

QrCode draw(std::string_view text) {
  const Segments segments(text);
  constexpr bool kStrengthenIfRoom = true;
  QrCode code, scratch;
  const bool fits = qrcodegen_encodeSegmentsAdvanced(
      segments.all().data(), segments.all().size(), qrcodegen_Ecc_LOW, qrcodegen_VERSION_MIN,
      qrcodegen_VERSION_MAX, kMask, kStrengthenIfRoom, scratch.data(), code.data());
  if (!fits) throw std::runtime_error("a text of legal length fits no QR code");
  return code;
}

Bitmap to_bitmap(const QrCode& code) {
  const int size = qrcodegen_getSize(code.data());
  const int modules = size + 2 * kQuietZone;
  const auto row_bytes = static_cast<std::size_t>(modules + 1) / 2;
  Bitmap bitmap{modules, row_bytes,
                std::vector<std::uint8_t>(row_bytes * static_cast<std::size_t>(modules), 0xFF)};
  for (int y = 0; y < size; ++y) {
    std::uint8_t* row = &bitmap.rows[static_cast<std::size_t>(y + kQuietZone) * row_bytes];
    for (int x = 0; x < size; ++x) {
      const auto at = static_cast<unsigned>(x + kQuietZone);
      if (qrcodegen_getModule(code.data(), x, y)) row[at / 2] &= at % 2 == 0 ? 0x0F : 0xF0;
    }
  }
  return bitmap;
}

void append(png_structp png, png_bytep bytes, png_size_t count) {
  static_cast<std::string*>(png_get_io_ptr(png))->append(reinterpret_cast<const char*>(bytes), count);
}

void flush_nothing(png_structp) {}

// libpng reports failure by a jump back to here, past all destructors: nothing in this function may need one.
bool write_png(const Bitmap& bitmap, std::string& image) {
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png != nullptr ? png_create_info_struct(png) : nullptr;
  if (info == nullptr || setjmp(png_jmpbuf(png)) != 0) {
    png_destroy_write_struct(&png, &info);
    return false;
  }
  png_set_write_fn(png, &image, append, flush_nothing);
  png_set_compression_level(png, Z_BEST_SPEED);
  png_set_compression_mem_level(png, kZlibMemory);
  png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
  const auto pixels = static_cast<png_uint_32>(bitmap.modules * kScale);
  png_set_IHDR(png, info, pixels, pixels, 1, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(png, info);
  for (std::size_t row = 0; row < bitmap.rows.size(); row += bitmap.row_bytes) {
    for (int line = 0; line < kScale; ++line) png_write_row(png, &bitmap.rows[row]);
  }
  png_write_end(png, nullptr);
  png_destroy_write_struct(&png, &info);
  return true;
}

}  // namespace

std::string qr_png(std::string_view text) {
  if (text.size() > kQrMaxBytes) return {};
  std::string image;
  if (!write_png(to_bitmap(draw(text)), image)) throw std::runtime_error("libpng could not write a QR code");
  return image;
}

}  // namespace keyfob::totp
