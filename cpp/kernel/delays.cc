#include "kernel/delays.h"

#include "base/errors.h"

namespace tegmenta {

namespace {

/// Longest delay, in steps.
constexpr std::int64_t kMostDelay = (1 << 21) - 1;

}  // namespace

std::optional<std::uint32_t> allowed_delay(const Network& network, double ms) {
  if (!(ms >= 0) || !(ms / network.clock.grid.resolution_ms() < 1e9)) return std::nullopt;
  const std::int64_t rounded = network.clock.grid.delay_steps_from_ms(ms);
  const std::int64_t low = network.settings.user_delays ? network.settings.user_min_delay : 1;
  const std::int64_t high =
      network.settings.user_delays ? network.settings.user_max_delay : kMostDelay;
  if (rounded < low || rounded > high) return std::nullopt;
  return static_cast<std::uint32_t>(rounded);
}

std::uint32_t check_delay(const Network& network, double ms, const std::string& model) {
  const std::optional<std::uint32_t> steps = allowed_delay(network, ms);
  if (!steps) {
    std::string allowed =
        network.settings.user_delays
            ? "within min_delay and max_delay (" +
                  format_number(
                      network.clock.grid.nearest_ms_from_steps(network.settings.user_min_delay)) +
                  " … " +
                  format_number(
                      network.clock.grid.nearest_ms_from_steps(network.settings.user_max_delay)) +
                  " ms)"
            : "≥ half the resolution (" + format_number(network.clock.grid.resolution_ms() / 2) +
                  " ms)";
    if (!(ms <= network.clock.grid.nearest_ms_from_steps(kMostDelay)) &&
        !network.settings.user_delays) {
      allowed =
          "< " + format_number(network.clock.grid.nearest_ms_from_steps(kMostDelay + 1)) + " ms";
    }
    throw bad_value(ErrorKind::kBadDelay, model, "delay", ms, allowed);
  }
  return *steps;
}

}  // namespace tegmenta
