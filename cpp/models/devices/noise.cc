#include "models/devices/noise.h"

#include "base/random.h"

namespace tegmenta {

void NoiseValues::add(const NoiseDraw& draw, NodeId target, std::uint32_t ordinal, double* value) {
  const std::uint32_t key_high = static_cast<std::uint32_t>(Purpose::kNoise) << 24 |
                                 (static_cast<std::uint32_t>(draw.step >> 32) & 0xffu) << 16 |
                                 (ordinal & 0xffffu);
  if (waiting_ == kMost || (waiting_ > 0 && key_high != key_high_)) flush();
  key_high_ = key_high;
  target_[waiting_] = target;
  step_[waiting_] = static_cast<std::uint32_t>(draw.step);
  draw_[waiting_] = draw;
  value_[waiting_] = value;
  ++waiting_;
}

void NoiseValues::flush() {
  const simd::Streams streams{seed_, key_high_, 0, connection_, target_.data(), step_.data()};
  std::array<double, kMost> normal;
  kernels_.normals(normal.data(), streams, waiting_);
  for (std::size_t i = 0; i < waiting_; ++i) {
    *value_[i] = draw_[i].mean + draw_[i].std * normal[i];
  }
  waiting_ = 0;
}

}  // namespace tegmenta
