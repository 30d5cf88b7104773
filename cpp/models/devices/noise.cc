#include "models/devices/noise.h"

#include <algorithm>
#include <numeric>

#include "base/random.h"

namespace tegmenta {

namespace {

std::uint32_t noise_key(const NoiseDraw& draw, std::uint32_t ordinal) {
  return static_cast<std::uint32_t>(Purpose::kNoise) << 24 |
         (static_cast<std::uint32_t>(draw.step >> 32) & 0xffu) << 16 | (ordinal & 0xffffu);
}

}  // namespace

void NoiseValues::add(const NoiseDraw& draw, std::uint32_t connection, NodeId target,
                      std::uint32_t ordinal, double* value) {
  const std::uint32_t key_high = noise_key(draw, ordinal);
  if (waiting_ == kMost || (waiting_ > 0 && key_high != key_high_)) flush();
  key_high_ = key_high;
  connection_[waiting_] = connection;
  target_[waiting_] = target;
  step_[waiting_] = static_cast<std::uint32_t>(draw.step);
  draw_[waiting_] = draw;
  value_[waiting_] = value;
  ++waiting_;
}

void NoiseValues::flush() {
  simd::Streams streams{seed_, key_high_, 0, 0, target_.data(), step_.data()};
  streams.own_a = connection_.data();
  std::array<double, kMost> normal;
  kernels_.normals(normal.data(), streams, waiting_);
  for (std::size_t i = 0; i < waiting_; ++i) {
    *value_[i] = draw_[i].mean + draw_[i].std * normal[i];
  }
  waiting_ = 0;
}

void NoiseValues::draw(const NoiseDraw& draw, std::uint32_t connection, NodeId first, std::size_t n,
                       double* values) {
  std::array<std::uint32_t, kMost> targets, steps;
  steps.fill(static_cast<std::uint32_t>(draw.step));
  const simd::Streams streams{seed_,      noise_key(draw, 0), 0,
                              connection, targets.data(),     steps.data()};
  for (std::size_t at = 0; at < n; at += kMost) {
    const std::size_t count = std::min(n - at, kMost);
    std::iota(targets.begin(), targets.end(), first + static_cast<NodeId>(at));
    kernels_.normals(values + at, streams, count);
    for (std::size_t i = at; i < at + count; ++i) values[i] = draw.mean + draw.std * values[i];
  }
}

}  // namespace tegmenta
