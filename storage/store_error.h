// What the store throws. Nothing of the transaction under way is kept.
#pragma once

#include <stdexcept>

namespace keyfob {

class StoreError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace keyfob
