#include "protocol/error.h"

#include <stdexcept>

namespace keyfob {

void throw_exception_from_error(const AwsError& error, const boost::source_location& where) {
  throw std::logic_error("unchecked " + error.code + " at " + where.file_name());
}

}  // namespace keyfob
