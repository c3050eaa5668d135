// The two ends of an event stream: any thread puts text in, the connection's own thread takes it out.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <utility>

#include "server/listener.h"

namespace keyfob::server {

class EventChannel final : public EventStream {
 public:
  // `wake` is called, from the sender's thread, whenever there is something to take or to end.
  explicit EventChannel(std::function<void()> wake) : wake_(std::move(wake)) {}

  bool send(std::string_view text) override {
    const std::lock_guard lock(mutex_);
    if (closed_) return false;
    pending_ += text;
    closed_ = pending_.size() > kMaxPending;
    wake_();
    return !closed_;
  }

  void close() override {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    closed_ = true;
    wake_();
  }

  // What was sent since the last take, and whether more may come.
  std::pair<std::string, bool> take() {
    const std::lock_guard lock(mutex_);
    return {std::exchange(pending_, {}), !closed_};
  }

  // The connection is gone: nobody is woken any more.
  void abandon() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }

 private:
  // A client that lets this much pile up is not reading.
  static constexpr std::size_t kMaxPending = 1 << 20;

  std::mutex mutex_;
  std::string pending_;
  bool closed_ = false;
  std::function<void()> wake_;
};

}  // namespace keyfob::server
