#include "totp/qr.h"

#include <png.h>
#include <zlib.h>

#include <csetjmp>
#include <cstdint>
#include <stdexcept>
#include <vector>

// Distributions put this header in folders of different names.
#if __has_include(<qrcodegencpp/qrcodegen.hpp>)
#include <qrcodegencpp/qrcodegen.hpp>
#elif __has_include(<qrcodegen/qrcodegen.hpp>)
#include <qrcodegen/qrcodegen.hpp>
#else
#include <qrcodegen.hpp>
#endif

namespace keyfob::totp {
namespace {

using qrcodegen::QrCode;

constexpr int kQuietZone = 4;  // modules
constexpr int kScale = 4;      // pixels a module: two modules fill a byte of a one-bit row
// Any mask makes a valid code. Trying all eight for the prettiest, as the library does when left to choose,
// costs fifteen times as much.
constexpr int kMask = 0;
// Clearing zlib's tables is much of what a small image costs; 8 is the default, 5 is the quickest here.
constexpr int kZlibMemory = 5;

// One-bit pixels, black = 0, each row of modules once: it is written kScale times.
struct Bitmap {
  int modules;  // each way, quiet zone included
  std::size_t row_bytes;
  std::vector<std::uint8_t> rows;
};

QrCode draw(std::string_view text) {
  const std::vector<std::uint8_t> bytes(text.begin(), text.end());
  constexpr bool kStrengthenIfRoom = true;
  return QrCode::encodeSegments({qrcodegen::QrSegment::makeBytes(bytes)}, QrCode::Ecc::LOW,
                                QrCode::MIN_VERSION, QrCode::MAX_VERSION, kMask, kStrengthenIfRoom);
}

Bitmap to_bitmap(const QrCode& code) {
  const int modules = code.getSize() + 2 * kQuietZone;
  const auto row_bytes = static_cast<std::size_t>(modules + 1) / 2;
  Bitmap bitmap{modules, row_bytes,
                std::vector<std::uint8_t>(row_bytes * static_cast<std::size_t>(modules), 0xFF)};
  for (int y = 0; y < code.getSize(); ++y) {
    std::uint8_t* row = &bitmap.rows[static_cast<std::size_t>(y + kQuietZone) * row_bytes];
    for (int x = 0; x < code.getSize(); ++x) {
      const auto at = static_cast<unsigned>(x + kQuietZone);
      if (code.getModule(x, y)) row[at / 2] &= at % 2 == 0 ? 0x0F : 0xF0;
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
    png_destroy_write_struct(&png, nullptr);  // the info goes with it
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
