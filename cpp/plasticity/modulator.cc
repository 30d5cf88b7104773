#include "plasticity/modulator.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <tuple>

#include "plasticity/line_blocks.h"
#include "simd/visits.h"

namespace tegmenta {

Modulator::Modulator(const ModulatorParameters& parameters, double h, std::int64_t horizon,
                     std::int64_t now, double n)
    : p_(parameters),
      h_(h),
      block_(block_steps(p_.tau_c, h)),
      horizon_(horizon),
      mask_(ring_steps(horizon, block_) - 1),
      now_(now),
      decay_c_(p_.tau_c, h, table_steps(p_.tau_c, h, horizon)),
      decay_n_(p_.tau_n, h, table_steps(p_.tau_n, h, horizon)) {
  const double rate = 1 / p_.tau_c + 1 / p_.tau_n;
  per_step_n_ = -elementary::expm1(-rate * h_) / rate;
  per_step_b_ = -p_.tau_c * elementary::expm1(-h_ / p_.tau_c);
  block_decay_ = decay_c_(block_);
  growth_.resize(static_cast<std::size_t>(block_) + 1);
  for (std::int64_t k = 0; k <= block_; ++k) {
    growth_[static_cast<std::size_t>(k)] =
        k == 0 ? 1 : elementary::exp(static_cast<double>(k) * h_ / p_.tau_c);
  }
  prefix_.assign(static_cast<std::size_t>(mask_) + 1, 0.0);
  bound_.assign(static_cast<std::size_t>(mask_) + 1, 0.0);
  block_total_.assign(blocks_of(mask_ + 1, block_), 0.0);
  tail_.assign(block_total_.size(), 0.0);
  events_.resize(16);
  remember(now, n);
}

std::vector<Modulator::Event> Modulator::events_known() const {
  std::vector<Event> known;
  for (std::uint64_t e = event_begin_; e != event_end_; ++e) known.push_back(event(e));
  return known;
}

bool Modulator::loaded() {
  const auto by_time = [](const auto& a, const auto& b) { return a.time < b.time; };
  const bool sensible = h_ > 0 && p_.tau_c >= 0 && p_.tau_n > 0 && horizon_ > 0 && now_ >= 0 &&
                        static_cast<std::uint64_t>(horizon_) < prefix_.size() && !events_.empty() &&
                        events_.front().time >= 0 && events_.back().time <= now_ &&
                        std::is_sorted(events_.begin(), events_.end(), by_time) &&
                        std::is_sorted(pending_.begin(), pending_.end(), by_time) &&
                        std::is_sorted(changes_.begin(), changes_.end(), by_time);
  if (!sensible) return false;
  const std::int64_t block = block_steps(p_.tau_c, h_), ring = ring_steps(horizon_, block);
  return prefix_.size() == static_cast<std::uint64_t>(ring) && bound_.size() == prefix_.size() &&
         block_total_.size() == blocks_of(ring, block);
}

// The tables are made anew; the sums, and what they are about, are those that were loaded.
void Modulator::restore() {
  Modulator made(p_, h_, horizon_, now_, 0);
  made.prefix_ = std::move(prefix_);
  made.bound_ = std::move(bound_);
  made.block_total_ = std::move(block_total_);
  made.negative_from_ = negative_from_;
  made.event_begin_ = 0;
  made.event_end_ = events_.size();
  events_.resize(std::bit_ceil(std::max(events_.size(), made.events_.size())));
  made.events_ = std::move(events_);
  made.pending_ = std::move(pending_);
  made.changes_ = std::move(changes_);
  *this = std::move(made);
}

void Modulator::remember(std::int64_t time, double n) {
  // The latest event at or before the horizon's begin is still needed: n decays from it.
  while (event_end_ - event_begin_ > 1 && event(event_begin_ + 1).time < time - horizon_) {
    ++event_begin_;
  }
  if (event_end_ - event_begin_ == events_.size()) {
    std::vector<Event> bigger(events_.size() * 2);
    for (std::uint64_t i = event_begin_; i != event_end_; ++i) {
      bigger[static_cast<std::size_t>(i & (bigger.size() - 1))] = event(i);
    }
    events_ = std::move(bigger);
  }
  Event& made = events_[static_cast<std::size_t>(event_end_++ & (events_.size() - 1))];
  made = {time, n};
  if (!p_.reward && !p_.pulses && p_.b != 0 && n / p_.b > 1)
    made.turn = p_.tau_n * elementary::log(n / p_.b);
  if (n < 0) negative_from_ = std::min(negative_from_, time);
}

void Modulator::schedule(std::int64_t time, std::uint32_t multiplicity) {
  // In one order, whoever has entered them.
  const auto key = [](const Arrival& a) { return std::tie(a.time, a.multiplicity); };
  const Arrival arrival{time, multiplicity};
  const auto after =
      std::upper_bound(pending_.begin(), pending_.end(), arrival,
                       [&](const Arrival& a, const Arrival& b) { return key(a) < key(b); });
  pending_.insert(after, arrival);
}

double Modulator::value_at(std::int64_t step) const {
  const Event& last = event(in_force(step));
  if (p_.reward) return last.n;
  return left(last, std::max<std::int64_t>(step, last.time));
}

// What is left of the dopamine of an event; 0 where it has all but vanished.
double Modulator::left(const Event& from, std::int64_t step) const {
  const double n = from.n * decay_n_(step - from.time);
  return std::abs(n) < simd::kLeastDouble ? 0 : n;
}

// Mostly the present is asked for: in strides that double, backwards from the end, then by halves.
std::uint64_t Modulator::first_after(std::int64_t step) const {
  std::uint64_t last = event_end_, stride = 1;
  while (last - event_begin_ > stride && event(last - stride).time > step) {
    last -= stride;
    stride *= 2;
  }
  std::uint64_t first = last - std::min(stride, last - event_begin_);
  while (first != last) {
    const std::uint64_t middle = first + (last - first) / 2;
    if (event(middle).time > step) {
      last = middle;
    } else {
      first = middle + 1;
    }
  }
  return first;
}

bool Modulator::keeps_sign_within(std::int64_t s, std::int64_t e) const {
  const double first = value_at(s + 1);
  bool positive = first > 0, negative = first < 0;
  const auto [begin, end] = events(s + 1, e);
  for (std::uint64_t i = begin; i != end; ++i) {
    positive |= event(i).n > 0;
    negative |= event(i).n < 0;
  }
  return !(positive && negative);
}

// The integral from the begin of the block up to the present step, and the bound.
void Modulator::keep(double prefix, double reach) {
  const std::int64_t block = (now_ - 1) / block_;
  if (now_ == (block + 1) * block_) {
    block_total_[static_cast<std::size_t>(block % static_cast<std::int64_t>(block_total_.size()))] =
        prefix;
    prefix = 0;
  }
  prefix_[static_cast<std::size_t>(now_ & mask_)] = prefix;
  bound_[static_cast<std::size_t>(now_ & mask_)] = reach;
}

void Modulator::advance_reward(std::int64_t to) {
  std::size_t arrived = 0;
  double n = value_at(now_);
  while (now_ < to) {
    while (arrived < changes_.size() && changes_[arrived].time <= now_ + 1) {
      const double value = changes_[arrived++].value;
      if (value != n) remember(now_ + 1, n = value);
    }
    const std::int64_t in_block = now_ % block_;
    const double begin = in_block == 0 ? 0 : prefix(now_);
    const double gain = p_.gain * n;
    const double reach = bound(now_) + std::abs(gain);
    ++now_;
    keep(begin + decay_c_(in_block) * gain, reach);
  }
  changes_.erase(changes_.begin(), changes_.begin() + static_cast<std::ptrdiff_t>(arrived));
}

void Modulator::advance_pulses(std::int64_t to) {
  std::size_t arrived = 0;
  while (arrived < pending_.size() && pending_[arrived].time <= to) {
    const std::int64_t time = pending_[arrived].time;
    double spikes = 0;
    for (; arrived < pending_.size() && pending_[arrived].time == time; ++arrived) {
      spikes += pending_[arrived].multiplicity;
    }
    remember(time, spikes);
  }
  now_ = to;
  pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(arrived));
}

void Modulator::advance(std::int64_t to) {
  if (p_.reward) return advance_reward(to);
  if (p_.pulses) return advance_pulses(to);
  std::size_t arrived = 0;
  const Event* last = &event(event_end_ - 1);
  while (now_ < to) {
    const double n = left(*last, now_);
    const double n_end = left(*last, now_ + 1);
    const std::int64_t in_block = now_ % block_;
    const double begin = in_block == 0 ? 0 : prefix(now_);
    const double end = begin + decay_c_(in_block) * (n * per_step_n_ - p_.b * per_step_b_);
    const double reach = bound(now_) + h_ * std::max(std::abs(n - p_.b), std::abs(n_end - p_.b));
    ++now_;
    keep(end, reach);
    if (arrived < pending_.size() && pending_[arrived].time <= now_) {
      double pulses = 0;
      for (; arrived < pending_.size() && pending_[arrived].time <= now_; ++arrived) {
        pulses += pending_[arrived].multiplicity;
      }
      if (p_.ignores_multiplicity) pulses = 1;
      remember(now_, n_end + p_.gain * pulses / p_.tau_n);
      last = &event(event_end_ - 1);
    }
  }
  pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(arrived));
}

Modulator::Until::Until(const Modulator& m, std::int64_t begin, std::int64_t end)
    : m_(m), first_(begin / m.block_), begin_(first_ * m.block_) {
  const std::int64_t last = end / m.block_;
  double* const tails = m.tail_.data();
  tail_ = tails;
  double tail = m.prefix(end);
  tails[static_cast<std::size_t>(last - first_)] = tail;
  for (std::int64_t block = last - 1; block >= first_; --block) {
    tail = m.block_total_[static_cast<std::size_t>(
               block % static_cast<std::int64_t>(m.block_total_.size()))] +
           m.block_decay_ * tail;
    tails[static_cast<std::size_t>(block - first_)] = tail;
  }
}

double Modulator::integral(std::int64_t s, std::int64_t e) const {
  const std::int64_t first = s / block_;
  double tail = prefix(e);
  std::int64_t block = e / block_ - 1;
  // Where nothing outlasts a block, later ones do not count.
  if (block_decay_ == 0) block = std::min(block, first);
  for (; block >= first; --block) {
    tail = block_total_[static_cast<std::size_t>(block %
                                                 static_cast<std::int64_t>(block_total_.size()))] +
           block_decay_ * tail;
  }
  return growth_[static_cast<std::size_t>(s - first * block_)] * (tail - prefix(s));
}

double Modulator::segment(double since, double n, double length) const {
  const double rate = 1 / p_.tau_c + 1 / p_.tau_n;
  return elementary::exp(-since / p_.tau_c) *
         (n / rate * -elementary::expm1(-rate * length) +
          p_.b * p_.tau_c * elementary::expm1(-length / p_.tau_c));
}

bool Modulator::pieces_keep_sign(std::int64_t s, std::int64_t e) const {
  bool positive = false, negative = false;
  std::uint64_t position = in_force(s);
  for (std::int64_t at = s; at < e; ++position) {
    const Event& from = event(position);
    const bool more = position + 1 < event_end_ && event(position + 1).time < e;
    const std::int64_t end = more ? event(position + 1).time : e;
    const double excess = from.n * decay_n_(at - from.time) - p_.b;
    positive |= excess > 0;
    negative |= excess < 0;
    const double turn = from.turn - ms(at - from.time);
    if ((turn > 0 && turn < ms(end - at)) || (positive && negative)) return false;
    at = end;
  }
  return true;
}

std::pair<std::uint64_t, std::uint64_t> Modulator::events(std::int64_t s, std::int64_t e) const {
  return {first_after(s), first_after(e)};
}

}  // namespace tegmenta
