#include "plasticity/reward_line.h"

#include <cmath>
#include <limits>
#include <tuple>

#include "plasticity/line_blocks.h"

namespace tegmenta {

namespace {

ExpTable table_of(double tau, double h, std::int64_t horizon) {
  return {tau, h, table_steps(tau, h, horizon)};
}

}  // namespace

RewardLine::RewardLine(const RewardLineParameters& parameters, double h, std::int64_t horizon,
                       std::int64_t now, double level)
    : p_(parameters),
      h_(h),
      per_step_(h / p_.tau_c),
      block_(block_steps(p_.tau_c, h)),
      horizon_(horizon),
      mask_(ring_steps(horizon, block_) - 1),
      now_(now),
      decay_c_(table_of(p_.tau_c, h, horizon)),
      decay_wave_{ExpTable(1, h, 1), ExpTable(1, h, 1)},
      block_decay_(decay_c_(block_)) {
  growth_.resize(static_cast<std::size_t>(block_) + 1);
  for (std::int64_t k = 0; k <= block_; ++k) {
    growth_[static_cast<std::size_t>(k)] =
        k == 0 ? 1 : elementary::exp(static_cast<double>(k) * h_ / p_.tau_c);
  }
  kept_.assign(kKept * (static_cast<std::size_t>(mask_) + 1), 0.0);
  totals_.assign(2 * blocks_of(mask_ + 1, block_), 0.0);
  tails_.resize(totals_.size() / 2);
  take_kernel();
  RewardSignal signal;
  signal.level = level;
  for (std::size_t i = 0; i < signal.waves.size(); ++i) {
    signal.waves[i].tau = p_.kernel.alphas[i].tau;
  }
  remember(now, 0, signal);
}

// What depends on the time constants of the kernel.
void RewardLine::take_kernel() {
  const auto level = exponential_moments(1 / p_.tau_c, h_);
  moments_.level = {level[0], level[1] / p_.tau_c};
  for (std::size_t i = 0; i < moments_.waves.size(); ++i) {
    const double tau = p_.kernel.alphas[i].tau;
    const auto m = exponential_moments(1 / p_.tau_c + 1 / tau, h_);
    moments_.waves[i] = {{m[0], m[1] / p_.tau_c}, {m[1] / tau, m[2] / (tau * p_.tau_c)}};
    decay_wave_[i] = table_of(tau, h_, horizon_);
  }
}

void RewardLine::take_over(const RewardLine& before) {
  RewardSignal signal = before.signal_at(before.events_.back(), now_);
  signal.level = events_.back().signal.level;
  remember(now_, 0, signal);
  arrivals_ = before.arrivals_;
  pulses_ = before.pulses_;
  recent_ = before.recent_;
  const RewardKernel kernel = p_.kernel;
  const std::uint64_t clearings = p_.clearings;
  p_.kernel = before.p_.kernel;
  p_.clearings = before.p_.clearings;
  renew(kernel, clearings);
}

void RewardLine::renew(const RewardKernel& kernel, std::uint64_t clearings) {
  if (p_.kernel == kernel && p_.clearings == clearings) return;
  RewardSignal signal = signal_at(events_.back(), now_);
  if (p_.clearings != clearings) {
    for (AlphaWave& wave : signal.waves) wave = {0, 0, wave.tau};
    arrivals_.clear();
    pulses_.clear();
    for (auto& recent : recent_) recent.clear();
  }
  for (std::size_t i = 0; i < signal.waves.size(); ++i) signal.waves[i].tau = kernel.alphas[i].tau;
  p_.kernel = kernel;
  p_.clearings = clearings;
  take_kernel();
  remember(now_, 0, signal);
}

bool RewardLine::loaded() const {
  const auto by_time = [](const auto& a, const auto& b) { return a.time < b.time; };
  const auto sorted = [&](const auto& list) {
    return std::is_sorted(list.begin(), list.end(), by_time);
  };
  const bool sensible =
      h_ > 0 && p_.tau_c > 0 && p_.kernel.alphas[0].tau > 0 && p_.kernel.alphas[1].tau > 0 &&
      horizon_ > 0 && horizon_ <= std::numeric_limits<std::int32_t>::max() && now_ >= 0 &&
      !events_.empty() && events_.front().time >= 0 && events_.back().time <= now_ &&
      sorted(events_) && sorted(arrivals_) && sorted(pulses_) && sorted(changes_) &&
      sorted(recent_[0]) && sorted(recent_[1]);
  if (!sensible) return false;
  const std::int64_t block = block_steps(p_.tau_c, h_), ring = ring_steps(horizon_, block);
  return kept_.size() == kKept * static_cast<std::size_t>(ring) &&
         totals_.size() == 2 * blocks_of(ring, block);
}

void RewardLine::restore() {
  RewardLine made(p_, h_, horizon_, now_, 0);
  made.kept_ = std::move(kept_);
  made.totals_ = std::move(totals_);
  made.events_ = std::move(events_);
  for (Event& event : made.events_) event.turns = event.signal.turns();
  made.arrivals_ = std::move(arrivals_);
  made.pulses_ = std::move(pulses_);
  made.changes_ = std::move(changes_);
  made.recent_ = std::move(recent_);
  *this = std::move(made);
}

std::size_t RewardLine::first_after(std::int64_t step) const {
  const auto after =
      std::upper_bound(events_.begin(), events_.end(), step,
                       [](std::int64_t t, const Event& event) { return t < event.time; });
  // Of what is asked for there is always an event that is no later.
  return static_cast<std::size_t>(
      std::max<std::ptrdiff_t>(after - events_.begin(), std::ptrdiff_t{1}));
}

RewardSignal RewardLine::signal_at(const Event& from, std::int64_t step) const {
  RewardSignal signal = from.signal;
  const std::int64_t steps = step - from.time;
  if (steps == 0) return signal;
  for (std::size_t i = 0; i < signal.waves.size(); ++i) {
    AlphaWave& wave = signal.waves[i];
    if (!wave.is_zero()) wave = wave.later(ms(steps), decay_wave_[i](steps));
  }
  return signal;
}

double RewardLine::value() const { return signal_at(events_.back(), now_).value(); }

void RewardLine::remember(std::int64_t time, double pulse, const RewardSignal& signal) {
  if (!events_.empty() && events_.back().time == time) {
    events_.back().pulse += pulse;
    events_.back().signal = signal;
    events_.back().turns = signal.turns();
    return;
  }
  events_.push_back({time, pulse, signal, signal.turns()});
  // The latest event at or before the horizon's begin is still needed: it holds there. Those before
  // go many at a time.
  const std::size_t needless = first_after(time - horizon_) - 1;
  if (needless > 64 && needless > events_.size() / 2) {
    events_.erase(events_.begin(), events_.begin() + static_cast<std::ptrdiff_t>(needless));
  }
}

void RewardLine::schedule(const Arrival& arrival) {
  const auto key = [](const Arrival& a) {
    return std::tie(a.time, a.receptor, a.source, a.weight, a.multiplicity);
  };
  const auto after =
      std::upper_bound(arrivals_.begin(), arrivals_.end(), arrival,
                       [&](const Arrival& a, const Arrival& b) { return key(a) < key(b); });
  arrivals_.insert(after, arrival);
}

void RewardLine::advance(std::int64_t to) {
  std::size_t changed = 0;
  while (now_ < to) {
    change_level(changed);
    const Event& last = events_.back();
    if (last.signal.is_zero()) {
      pass_over(std::min(to, next_event(changed)));
    } else {
      advance_step(signal_at(last, now_));
    }
    take_events();
  }
  changes_.erase(changes_.begin(), changes_.begin() + static_cast<std::ptrdiff_t>(changed));
}

// The number given for the next step.
void RewardLine::change_level(std::size_t& changed) {
  double level = events_.back().signal.level;
  while (changed < changes_.size() && changes_[changed].time <= now_ + 1) {
    level = changes_[changed++].value;
  }
  if (level == events_.back().signal.level) return;
  RewardSignal signal = signal_at(events_.back(), now_);
  signal.level = level;
  remember(now_, 0, signal);
}

// The next step at whose end something may happen.
std::int64_t RewardLine::next_event(std::size_t changed) const {
  std::int64_t next = std::numeric_limits<std::int64_t>::max();
  if (changed < changes_.size()) next = std::min(next, changes_[changed].time - 1);
  if (!arrivals_.empty()) next = std::min(next, arrivals_.front().time);
  if (!pulses_.empty()) next = std::min(next, pulses_.front().time);
  return std::max(next, now_ + 1);
}

void RewardLine::advance_step(const RewardSignal& signal) {
  RewardIntegrals step{signal.level * moments_.level.eligibility,
                       signal.level * moments_.level.pending};
  double most = std::abs(signal.level);
  for (std::size_t i = 0; i < signal.waves.size(); ++i) {
    const AlphaWave& wave = signal.waves[i];
    const auto& m = moments_.waves[i];
    step.eligibility += wave.value * m.value.eligibility + wave.drive * m.drive.eligibility;
    step.pending += wave.value * m.value.pending + wave.drive * m.drive.pending;
    most += std::abs(wave.value) + std::abs(wave.drive) * (h_ / wave.tau);
  }
  const std::int64_t in_block = now_ % block_;
  const double decay = decay_c_(in_block);
  Kept numbers = kept(now_);
  numbers.eligibility += decay * step.eligibility;
  numbers.pending += decay * (step.pending + in_time_constants(in_block) * step.eligibility);
  numbers.reach += h_ * most;
  ++now_;
  end_step(numbers);
}

// A block ends with the pulse that comes at its end.
void RewardLine::end_step(const Kept& numbers) {
  if (now_ % block_ != 0) return keep(now_, numbers);
  double* const sums = total(now_ / block_ - 1);
  sums[0] = numbers.eligibility;
  sums[1] = numbers.pending;
  keep(now_, {0, 0, numbers.reach});
}

void RewardLine::add_pulse(double area) {
  const bool ends_block = now_ % block_ == 0;
  const std::int64_t in_block = ends_block ? block_ : now_ % block_;
  const double pulse = decay_c_(in_block) * area;
  double* const here = at(now_);
  double* const sums = ends_block ? total(now_ / block_ - 1) : here;
  sums[0] += pulse;
  sums[1] += in_time_constants(in_block) * pulse;
  here[kKept - 1] += std::abs(area);
}

// Steps without a reward.
void RewardLine::pass_over(std::int64_t to) {
  while (now_ < to) {
    const std::int64_t end = std::min(to, (now_ / block_ + 1) * block_);
    const Kept numbers = kept(now_);
    while (now_ < end) keep(++now_, numbers);
    end_step(numbers);
  }
}

void RewardLine::take_events() {
  const bool arrives = !arrivals_.empty() && arrivals_.front().time <= now_;
  const bool pulses = !pulses_.empty() && pulses_.front().time <= now_;
  if (!arrives && !pulses) return;
  RewardSignal signal = signal_at(events_.back(), now_);
  double area = arrives ? take_arrivals(signal) : 0;
  if (!pulses_.empty() && pulses_.front().time <= now_) {
    area += pulses_.front().area;
    pulses_.erase(pulses_.begin());
  }
  if (area != 0) add_pulse(area);
  remember(now_, area, signal);
}

// The area of what they send at once.
double RewardLine::take_arrivals(RewardSignal& signal) {
  const RewardKernel& kernel = p_.kernel;
  double at_once = 0, of_pairs = 0;
  std::size_t taken = 0;
  for (; taken < arrivals_.size() && arrivals_[taken].time <= now_; ++taken) {
    const Arrival& arrival = arrivals_[taken];
    if (static_cast<RewardReceptor>(arrival.receptor) != RewardReceptor::kKernel) {
      of_pairs += pairs_of(arrival);
      continue;
    }
    const double weight = arrival.weight * arrival.multiplicity;
    at_once += weight * kernel.pulse;
    for (std::size_t i = 0; i < signal.waves.size(); ++i) {
      signal.waves[i].drive += weight * kernel.alphas[i].amplitude;
    }
  }
  arrivals_.erase(arrivals_.begin(), arrivals_.begin() + static_cast<std::ptrdiff_t>(taken));
  if (of_pairs != 0) send_pulse(now_ + kernel.kappa_delay, of_pairs);
  return at_once;
}

// With the spikes of the other side that came before it.
double RewardLine::pairs_of(const Arrival& arrival) {
  const RewardKernel& kernel = p_.kernel;
  if (!kernel.has_pairs()) return 0;
  const bool learns = static_cast<RewardReceptor>(arrival.receptor) == RewardReceptor::kLearner;
  for (auto& recent : recent_) {
    std::erase_if(recent,
                  [&](const Recent& spike) { return spike.time < now_ - kernel.kappa_window; });
  }
  double sum = 0;
  for (const Recent& other : recent_[learns ? 1 : 0]) {
    const double r = ms(now_ - other.time);
    sum += other.spikes * kernel.kappa(learns ? r : -r);
  }
  recent_[learns ? 0 : 1].push_back({now_, arrival.multiplicity});
  return sum * arrival.multiplicity;
}

void RewardLine::send_pulse(std::int64_t time, double area) {
  const auto place =
      std::lower_bound(pulses_.begin(), pulses_.end(), time,
                       [](const Pulse& pulse, std::int64_t t) { return pulse.time < t; });
  if (place != pulses_.end() && place->time == time) {
    place->area += area;
  } else {
    pulses_.insert(place, {time, area});
  }
}

RewardLine::Until::Until(const RewardLine& line, std::int64_t begin, std::int64_t end)
    : line_(line), begin_(begin / line.block_ * line.block_) {
  const std::int64_t first = begin / line.block_, last = end / line.block_;
  RewardIntegrals* const tails = line.tails_.data();
  tails_ = tails;
  const Kept until = line.kept(end);
  RewardIntegrals tail{until.eligibility, until.pending};
  tails[static_cast<std::size_t>(last - first)] = tail;
  for (std::int64_t block = last - 1; block >= first; --block) {
    tail = line.chained(block, tail);
    tails[static_cast<std::size_t>(block - first)] = tail;
  }
}

RewardIntegrals RewardLine::integrals(std::int64_t s, std::int64_t e) const {
  const std::int64_t first = s / block_;
  const Kept until = kept(e);
  RewardIntegrals tail{until.eligibility, until.pending};
  for (std::int64_t block = e / block_ - 1; block >= first; --block) tail = chained(block, tail);
  return since(s, s - first * block_, tail);
}

}  // namespace tegmenta
