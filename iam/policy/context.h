// What is known about one request: the condition keys of AWS ("aws:MultiFactorAuthPresent") and their values.
//
// Keys are looked up in any case, tag keys after the slash included ("aws:PrincipalTag/Team"). A key that was
// never set is absent, which is not the same as set to "" (aws/authorization.md#condition-keys: BoolIfExists,
// Null and the negated operators all ask for the difference); a key set to an empty list counts as absent.
// Values are text, as a policy would write them: "true", "3600", "2026-11-24T08:20:30Z", "127.0.0.1". The
// texts are copied in, so nothing has to live longer than the call. Not for use by two threads while it
// changes.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/words.h"

namespace keyfob::policy {

// Text in lower case (ASCII), as condition keys and action names are compared.
std::string lower(std::string_view text);

class Context {
 public:
  Context();

  // One value in the place of whatever the key had.
  void set(std::string_view key, std::string_view value);
  void set(std::string_view key, const char* value) { set(key, std::string_view(value)); }
  void set(std::string_view key, bool value) { set(key, std::string_view(value ? "true" : "false")); }
  void set(std::string_view key, std::int64_t value);
  void set(std::string_view key, Instant value);  // for aws:CurrentTime and other dates
  // Any number of values in the place of whatever the key had. For the keys that AWS calls multivalued
  // (aws:TagKeys) however many they have: only ForAnyValue, ForAllValues and Null apply to those.
  void set_list(std::string_view key, std::span<const std::string> values);
  void set_list(std::string_view key, std::initializer_list<std::string_view> values);

  struct Slice {  // a piece of text_
    std::uint32_t at = 0;
    std::uint32_t size = 0;
  };

  // The values of one key, never none.
  class Values {
   public:
    Values() = default;
    Values(const Context* context, std::span<const Slice> slices, bool list)
        : context_(context), slices_(slices), list_(list) {}
    explicit operator bool() const { return !slices_.empty(); }  // is the key there at all
    std::size_t size() const { return slices_.size(); }
    bool is_list() const { return list_; }
    std::string_view operator[](std::size_t index) const { return context_->text(slices_[index]); }

   private:
    const Context* context_ = nullptr;
    std::span<const Slice> slices_;
    bool list_ = false;
  };

  // Takes the key in lower case, as compiled documents hold it. Valid until the context changes.
  Values find(std::string_view lower_key) const;

 private:
  struct Entry {
    Slice key;
    std::uint32_t first = 0;  // in values_
    std::uint32_t count = 0;
    bool list = false;
  };

  std::string_view text(Slice slice) const { return std::string_view(text_).substr(slice.at, slice.size); }
  Slice keep(std::string_view text);
  void begin(std::string_view key, bool list);
  void add(std::string_view value);

  std::string text_;  // every key (lower case) and value, one after another: one allocation instead of thirty
  std::vector<Slice> values_;
  std::vector<Entry> entries_;  // a later entry replaces an earlier one of the same key
};

}  // namespace keyfob::policy
