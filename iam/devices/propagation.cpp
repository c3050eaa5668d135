#include "iam/devices/propagation.h"

namespace keyfob {

void remember_for_sts(Call& call, const Device& before) {
  if (call.world.propagation_delay == Duration{0} || before.kind == DeviceKind::fido) return;
  call.tx.forget_past_devices(call.now - call.world.propagation_delay);
  call.tx.add_past_device(before, call.now);
}

void remove_device(Call& call, const Device& device) {
  remember_for_sts(call, device);
  call.tx.remove_device(device.serial_number);
}

std::optional<Device> device_at_sts(const ReadCall& call, const std::string& serial_number) {
  if (call.world.propagation_delay != Duration{0}) {
    if (auto past = call.tx.past_device(serial_number, call.now - call.world.propagation_delay)) return past;
  }
  return call.tx.device(serial_number);
}

}  // namespace keyfob
