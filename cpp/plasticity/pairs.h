// Visits of synapses that change at pairs of spikes, by rules of their own weight. See
// docs/event-driven-core.md#other-plastic-synapses.
#pragma once

#include <algorithm>
#include <concepts>

#include "models/synapses/rule.h"

namespace tegmenta {

/// Decay of a trace: by the row's table, or computed where τ differs from synapse to synapse.
struct Decay {
  const ExpTable* table;
  double tau, h;
  double operator()(std::int64_t steps) const {
    if (table) return (*table)(steps);
    return elementary::exp(-(static_cast<double>(steps) * h) / tau);
  }
};

/// One post spike of the window, where it meets a synapse.
struct PostEvent {
  const VisitRow& row;
  const Histories& histories;
  Decay decay_plus;
  std::size_t slot;
  std::uint32_t position;
  std::uint32_t before;  // so many of its step came before it

  /// Of the row's trace since the last visit.
  double decay() const {
    return decay_plus(histories.at(slot, position).stamp + row.delay - row.from);
  }
  /// K+ there.
  double trace() const { return row.Kplus * decay(); }
  /// The slow postsynaptic trace with this spike in it.
  double triplet() const { return histories.triplet_at(slot, position) + before; }
};

/// One presynaptic spike at the end of a visit.
struct PreEvent {
  const VisitRow& row;
  const Histories& histories;
  Decay decay_triplet;
  std::size_t slot;
  std::uint32_t last;    // Histories::Window::last
  std::uint32_t before;  // so many of its step came before it
  double least;          // a smaller weight is 0

  /// K− there; the trace of the nearest post spike alone.
  double trace() const { return histories.trace_before(slot, row.until - row.delay, last); }
  double nearest() const { return histories.nearest_before(slot, row.until - row.delay, last); }
  /// The slow presynaptic trace without this spike.
  double triplet() const {
    return row.Kplus_triplet * decay_triplet(row.until - row.from) + before;
  }
};

/// Which synapses of a run: all, or those that a vectorised visit has left.
struct Chosen {
  const std::uint32_t* positions;  // null: all
  std::size_t n;
  std::size_t operator[](std::size_t j) const { return positions ? positions[j] : j; }
};

/// What the functions below share.
template <typename T>
struct PairRun {
  VisitKind kind;
  const VisitSynapses<T>& synapses;
  const VisitRow& row;
  const VisitTools& tools;
  double* sent;

  bool spike() const { return kind == VisitKind::kSpike; }
  Histories::Window posts(std::size_t slot) const {
    return tools.histories->window(slot, row.from - row.delay, row.until - row.delay);
  }
  /// The weight after each spike of the row goes where it is asked for; their sum is what is sent.
  /// depress(w, m): the weight after its m-th.
  template <typename D>
  double transmit(std::size_t i, double w, double unit, D&& depress) const {
    double sum = 0;
    for (std::uint32_t m = 0; m < row.spikes; ++m) {
      w = depress(w, m);
      const auto transmitted = static_cast<double>(static_cast<T>(w * unit));
      sum += transmitted;
      if (tools.each) tools.each[i * row.spikes + m] = transmitted;
    }
    sent[i] = sum;
    return w;
  }
};

template <auto Member, typename Own>
double tau_of(const Own& own) {
  if constexpr (is_member<Member>) {
    return own.*Member;
  } else {
    return 0;
  }
}

/// Visits some synapses one by one. own_of(i): the numbers of a synapse.
template <typename Rule, typename T, typename O>
void visit_one_by_one(Chosen chosen, const PairRun<T>& run, O&& own_of) {
  const VisitSynapses<T>& s = run.synapses;
  const VisitRow& row = run.row;
  const VisitTools& tools = run.tools;
  const Histories& histories = *tools.histories;
  for (std::size_t j = 0; j < chosen.n; ++j) {
    const std::size_t i = chosen[j];
    const std::size_t slot = s.targets[i];
    const Histories::Window posts = run.posts(slot);
    constexpr bool kEnds = requires { &Rule::end_of_visit; };
    if (!kEnds && !run.spike() && posts.first == posts.last) continue;
    auto&& own = own_of(i);
    const Decay plus{tools.decay_plus, tau_of<Rule::kTrace>(own), tools.h};
    if (run.spike() || posts.first != posts.last) {
      const double unit = Rule::unit(own);
      double w = static_cast<double>(s.weights[i]) / unit;
      for (std::uint32_t p = posts.first; p != posts.last; ++p) {
        const std::uint32_t spikes = histories.multiplicity_at(slot, p);
        for (std::uint32_t m = 0; m < spikes; ++m) {
          w = Rule::post_spike(own, w, PostEvent{row, histories, plus, slot, p, m});
        }
      }
      if (run.spike()) {
        const Decay triplet{tools.decay_triplet, tau_of<Rule::kTripletTrace>(own), tools.h};
        w = run.transmit(i, w, unit, [&](double before, std::uint32_t m) {
          return Rule::pre_spike(own, before,
                                 PreEvent{row, histories, triplet, slot, posts.last, m,
                                          Rule::template kLeastWeight<T>});
        });
      }
      s.weights[i] = static_cast<T>(w * unit);
    }
    if constexpr (kEnds) {
      Rule::end_of_visit(own, plus(row.until - row.from), run.spike() ? row.spikes : 0);
    }
    if constexpr (!std::is_const_v<std::remove_reference_t<decltype(own)>>) {
      SynapsesOf<Rule, T>(s).keep(i, own);
    }
  }
}

/// The post spikes of some synapses of one run, those of one rank together.
template <typename T>
class PostsByRank {
 public:
  static constexpr std::size_t kMost = 256;

  PostsByRank(const PairRun<T>& run, Chosen chosen, std::size_t begin, std::size_t count)
      : run_(run), chosen_(chosen), begin_(begin), count_(count) {
    for (std::size_t j = 0; j < count; ++j) {
      const std::size_t i = chosen[begin + j];
      posts_[j] = run.posts(run.synapses.targets[i]);
      position_[j] = posts_[j].first;
      taken_[j] = 0;
      weights[j] = static_cast<double>(run.synapses.weights[i]);
    }
  }

  double weights[kMost];
  std::uint32_t at[kMost];  // those that have a next post spike
  double traces[kMost];     // K+ there

  /// Goes on to the next rank; how many synapses have one.
  std::size_t next() {
    const Histories& histories = *run_.tools.histories;
    const VisitRow& row = run_.row;
    std::size_t n = 0;
    for (std::uint32_t j = 0; j < count_; ++j) {
      if (position_[j] == posts_[j].last) continue;
      const std::size_t slot = run_.synapses.targets[chosen_[begin_ + j]];
      const PostSpike& post = histories.at(slot, position_[j]);
      at[n] = j;
      traces[n] = row.Kplus * (*run_.tools.decay_plus)(post.stamp + row.delay - row.from);
      ++n;
      if (++taken_[j] < histories.multiplicity_at(slot, position_[j])) continue;
      taken_[j] = 0;
      ++position_[j];
    }
    return n;
  }
  std::uint32_t last(std::size_t j) const { return posts_[j].last; }

 private:
  const PairRun<T>& run_;
  const Chosen chosen_;
  const std::size_t begin_, count_;
  Histories::Window posts_[kMost];
  std::uint32_t position_[kMost], taken_[kMost];  // the next post spike: its step, those before it
};

/// Visits some synapses of a rule whose post spikes are dear one by one.
template <typename Rule, typename T>
void visit_by_rank(Chosen chosen, const PairRun<T>& run, const typename Rule::Own& own) {
  const VisitSynapses<T>& s = run.synapses;
  constexpr std::size_t kMost = PostsByRank<T>::kMost;
  for (std::size_t begin = 0; begin < chosen.n; begin += kMost) {
    const std::size_t count = std::min(kMost, chosen.n - begin);
    PostsByRank<T> posts(run, chosen, begin, count);
    while (const std::size_t n = posts.next()) {
      if (run.tools.simd) {
        Rule::post_spikes(*run.tools.simd, own, posts.weights, posts.at, posts.traces, n);
        continue;
      }
      for (std::size_t k = 0; k < n; ++k) {
        double& w = posts.weights[posts.at[k]];
        w = Rule::post_spike(own, w, posts.traces[k]);
      }
    }
    for (std::size_t j = 0; j < count; ++j) {
      const std::size_t i = chosen[begin + j];
      double w = posts.weights[j];
      if (run.spike()) {
        w = run.transmit(i, w, 1, [&](double before, std::uint32_t m) {
          return Rule::pre_spike(own, before,
                                 PreEvent{run.row,
                                          *run.tools.histories,
                                          {},
                                          s.targets[i],
                                          posts.last(j),
                                          m,
                                          Rule::template kLeastWeight<T>});
        });
      }
      s.weights[i] = static_cast<T>(w);
    }
  }
}

/// The kernel for T of the two.
template <typename T>
simd::PairKernel<T> one_of(simd::PairKernel<double> for_double, simd::PairKernel<float> for_float) {
  if constexpr (std::is_same_v<T, double>) {
    return for_double;
  } else {
    return for_float;
  }
}

/// Visits with the kernel what it can; how many synapses it has left, in tools.scratch->left.
template <typename T>
std::size_t visit_vectors(const PairRun<T>& run, simd::PairVisit visit,
                          simd::PairKernel<T> kernel) {
  const VisitSynapses<T>& s = run.synapses;
  const VisitRow& row = run.row;
  const VisitTools& tools = run.tools;
  const ExpTable& decay = *tools.decay_plus;
  const std::int64_t length = row.until - row.from;
  double* const trace = tools.scratch->gains.data();
  const std::int64_t end = std::min(length + 1, decay.size());
  tools.simd->scale(trace, decay.data(), row.Kplus, static_cast<std::size_t>(end));
  for (std::int64_t k = end; k <= length; ++k) trace[k] = row.Kplus * decay(k);
  visit.posts = post_window(*tools.histories, row, false);
  visit.next = s.next;
  visit.trace = trace;
  visit.spikes = run.spike() ? static_cast<int>(row.spikes) : 0;
  return kernel(visit, s.targets, s.weights, run.sent, s.n, tools.scratch->left.data());
}

/// A rule that says what a post spike and a presynaptic spike do to the weight:
///
///     double post_spike(Own&, double w, const PostEvent&)
///     double pre_spike(Own&, double w, const PreEvent&)
///     void end_of_visit(Own&, double decay, std::uint32_t spikes)   may be left out
///
/// Own& may be const where the rule has no states. Weights are in units of unit(own).
template <typename Rule>
struct PairRule : SynapseRule {
  static constexpr bool kLooksAtPosts = true;
  static constexpr bool kShowsTrace = true;

  template <typename Own>
  static double unit(const Own&) {
    return 1;
  }
  /// Weights that are depressed below it become 0.
  template <typename T>
  static constexpr double kLeastWeight = kLeast<T>;

  template <typename T>
  static void visit(VisitKind kind, const VisitSynapses<T>& s, const VisitRow& row,
                    const VisitTools& tools, double* sent, VisitCounts&) {
    using Own = typename Rule::Own;
    static_assert(
        requires(Own& own, const PostEvent& post) {
          { Rule::post_spike(own, 0.0, post) } -> std::same_as<double>;
        }, "A rule of pairs needs what a post spike does: post_spike().");
    static_assert(
        requires(Own& own, const PreEvent& pre) {
          { Rule::pre_spike(own, 0.0, pre) } -> std::same_as<double>;
        }, "A rule of pairs needs what a presynaptic spike does: pre_spike().");
    if (s.n == 0) return;
    const SynapsesOf<Rule, T> synapses(s);
    const PairRun<T> run{kind, s, row, tools, sent};
    if constexpr (requires { Rule::vector_visit(Own{}); }) {
      if (synapses.uniform()) return visit_uniform(run, synapses.own(0));
    }
    visit_one_by_one<Rule>(Chosen{nullptr, s.n}, run,
                           [&](std::size_t i) { return synapses.own(i); });
  }

 private:
  // By vectors where they apply, the rest one by one.
  template <typename T, typename Own>
  static void visit_uniform(const PairRun<T>& run, const Own& own) {
    Chosen chosen{nullptr, run.synapses.n};
    if (!run.tools.each && tabulates(run.tools, run.row, chosen.n)) {
      simd::PairVisit visit = Rule::vector_visit(own);
      visit.least = Rule::template kLeastWeight<T>;
      chosen.n = visit_vectors(
          run, visit,
          one_of<T>(run.tools.simd->*Rule::kVectorsDouble, run.tools.simd->*Rule::kVectorsFloat));
      chosen.positions = run.tools.scratch->left.data();
    }
    if constexpr (requires { &Rule::post_spikes; }) {
      visit_by_rank<Rule>(chosen, run, own);
    } else {
      visit_one_by_one<Rule>(chosen, run, [&](std::size_t) -> const Own& { return own; });
    }
  }
};

}  // namespace tegmenta
