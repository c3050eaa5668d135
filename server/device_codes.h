// What a TOTP device shows, as the control API says it.
#pragma once

#include <boost/json/object.hpp>

#include "storage/records.h"

namespace keyfob::server {

// {"serialNumber","step","previous","current","next","secondsLeft"} of that moment.
boost::json::object codes_json(const Device& device, Instant at);

}  // namespace keyfob::server
