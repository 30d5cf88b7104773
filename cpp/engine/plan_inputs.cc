// What generators send to which neurons: uniform connections to many that stand side by side as
// they are, all others gathered by lane.
#include <algorithm>
#include <array>
#include <limits>
#include <map>

#include "engine/engine.h"

namespace tegmenta {

namespace {

/// Uniform lists are gathered below this length.
constexpr std::size_t kLeastDense = 16;

/// The sums that inputs go to: spikes, where there are no ports; the currents of each receptor; the
/// ports.
using Sums = int;
constexpr Sums kPoissonSums = 0, kFirstCurrent = 1;

/// What a projection has sent, or sends: weights and delays, one or one a target.
struct Sent {
  const GeneratorList& projection;
  const std::vector<NodeId>& targets;
  const std::vector<double>& weights;
  const std::vector<std::uint32_t>& delays;
  std::int64_t from, until;

  double weight(std::size_t i) const { return weights[weights.size() == 1 ? 0 : i]; }
  SentWindow window(std::size_t i) const {
    return {from, until, delays[delays.size() == 1 ? 0 : i]};
  }
};

/// The inputs of one chunk, which are added in order.
class InputPlan {
 public:
  InputPlan(ChunkState& chunk, const std::vector<std::unique_ptr<Device>>& devices)
      : chunk_(chunk),
        devices_(devices),
        first_port_(kFirstCurrent + static_cast<Sums>(chunk.currents.size())),
        last_(static_cast<std::size_t>(first_port_ + chunk.ports)),
        dense_(last_.size()),
        gathered_(last_.size()) {}

  void add(const Sent& sent) {
    const std::vector<NodeId>& targets = sent.targets;
    const NodeId low = chunk_.population->first() + chunk_.place.lane_begin;
    const NodeId high = chunk_.population->first() + chunk_.place.lane_end;
    const auto first = std::lower_bound(targets.begin(), targets.end(), low);
    const auto last = std::lower_bound(first, targets.end(), high);
    if (first == last) return;
    const auto begin = static_cast<std::size_t>(first - targets.begin());
    const auto end = static_cast<std::size_t>(last - targets.begin());
    const Device& device = *devices_[sent.projection.device];
    if (const auto* const poisson = device.as<PoissonGenerator>()) {
      if (chunk_.counting && sent.projection.receptor != 0) return;
      const Sums sums =
          chunk_.ports > 0 ? first_port_ + sent.projection.receptor - 1 : kPoissonSums;
      if (add_dense(sent, begin, end, sums, poisson, nullptr)) return;
      add_gathered<GatheredPoisson>(sent, begin, end, sums, *poisson);
    } else if (const auto* const current = device.as<CurrentGenerator>()) {
      add_current(sent, begin, end, *current);
    }
  }

  void finish() {
    for (ChunkInput& input : chunk_.inputs) {
      std::visit(
          [](auto& in) {
            if constexpr (requires { in.finish(); }) in.finish();
          },
          input);
    }
  }

 private:
  static constexpr int kNone = -1;
  struct DenseLanes {
    int input;
    std::uint32_t from, to;
  };

  void add_current(const Sent& sent, std::size_t begin, std::size_t end,
                   const CurrentGenerator& current) {
    chunk_.currents[sent.projection.receptor] = true;
    const Sums sums = kFirstCurrent + sent.projection.receptor;
    if (add_dense(sent, begin, end, sums, nullptr, &current)) return;
    if (current.per_target()) {
      add_gathered<GatheredNoise>(sent, begin, end, sums, current);
    } else {
      add_gathered<GatheredCurrents>(sent, begin, end, sums, current);
    }
  }

  int receptor_of(Sums sums) const {
    if (sums == kPoissonSums) return 0;
    return sums < first_port_ ? sums - kFirstCurrent : sums - first_port_ + 1;
  }
  std::uint32_t lane(const Sent& sent, std::size_t i) const {
    return sent.targets[i] - chunk_.population->first();
  }
  int& last_input(Sums sums, std::uint32_t lane) {
    return last_[static_cast<std::size_t>(sums)][lane - chunk_.place.lane_begin];
  }
  void mark(Sums sums, const DenseLanes& dense) {
    for (std::uint32_t l = dense.from; l < dense.to; ++l) last_input(sums, l) = dense.input;
  }
  // Dense inputs alone need no account of lanes.
  void begin_gathering(Sums sums) {
    if (!last_[static_cast<std::size_t>(sums)].empty()) return;
    last_[static_cast<std::size_t>(sums)].assign(chunk_.place.lane_end - chunk_.place.lane_begin,
                                                 kNone);
    for (const DenseLanes& dense : dense_[static_cast<std::size_t>(sums)]) mark(sums, dense);
  }

  bool add_dense(const Sent& sent, std::size_t begin, std::size_t end, Sums sums,
                 const PoissonGenerator* poisson, const CurrentGenerator* current) {
    if (sent.weights.size() != 1 || sent.delays.size() != 1 || end - begin < kLeastDense) {
      return false;
    }
    const std::vector<NodeId>& targets = sent.targets;
    for (std::size_t i = begin; i < end; ++i) {
      if (targets[i] != targets[begin] + (i - begin)) return false;
    }
    DenseInput input;
    input.projection = &sent.projection;
    input.poisson = poisson;
    input.window = sent.window(0);
    input.lane_from = lane(sent, begin);
    input.lane_to = lane(sent, end - 1) + 1;
    input.weight = sent.weights[0];
    if (current && !current->per_target()) input.current = {current, input.window};
    if (current && current->per_target()) {
      input.noise = {current, input.window};
      input.drawn_step.assign(end - begin, -1);
      input.drawn.assign(end - begin, 0.0);
    }
    dense_[static_cast<std::size_t>(sums)].push_back(
        {static_cast<int>(chunk_.inputs.size()), input.lane_from, input.lane_to});
    if (!last_[static_cast<std::size_t>(sums)].empty())
      mark(sums, dense_[static_cast<std::size_t>(sums)].back());
    chunk_.inputs.emplace_back(std::move(input));
    return true;
  }

  // The gathered input that a projection joins: the first whose lanes nothing has come to since, so
  // that sums keep their order and lanes have one entry each. Where that would make many of them,
  // lanes of the last one get more.
  template <typename Gathered>
  int input_to_join(const Sent& sent, std::size_t begin, std::size_t end, Sums sums) {
    constexpr std::size_t kMostOfAKind = 8;
    std::vector<int>& known =
        gathered_[static_cast<std::size_t>(sums)][ChunkInput(Gathered()).index()];
    const auto last = [&](std::size_t i) { return last_input(sums, lane(sent, i)); };
    for (const int at : known) {
      bool joins = true;
      for (std::size_t i = begin; i < end && joins; ++i) joins = last(i) < at;
      if (joins) return at;
    }
    if (known.size() >= kMostOfAKind) {
      bool joins = true;
      for (std::size_t i = begin; i < end && joins; ++i) joins = last(i) <= known.back();
      if (joins) return known.back();
    }
    known.push_back(static_cast<int>(chunk_.inputs.size()));
    Gathered made;
    if constexpr (requires { made.counting; }) made.counting = chunk_.counting;
    if constexpr (requires { made.receptor; }) made.receptor = receptor_of(sums);
    chunk_.inputs.emplace_back(std::move(made));
    return known.back();
  }

  template <typename Gathered, typename Generator>
  void add_gathered(const Sent& sent, std::size_t begin, std::size_t end, Sums sums,
                    const Generator& generator) {
    begin_gathering(sums);
    const int at = input_to_join<Gathered>(sent, begin, end, sums);
    auto& input = std::get<Gathered>(chunk_.inputs[static_cast<std::size_t>(at)]);
    std::map<std::uint32_t, std::uint32_t> source_of_delay;
    std::uint32_t ordinal = 0;
    const std::vector<NodeId>& targets = sent.targets;
    for (std::size_t i = begin; i < end; ++i) {
      ordinal = i > begin && targets[i] == targets[i - 1] ? ordinal + 1 : 0;
      const SentWindow window = sent.window(i);
      const auto [source, is_new] = source_of_delay.emplace(window.delay, 0u);
      if (is_new) source->second = input.add_source(generator, window);
      input.entries.add(
          {lane(sent, i), source->second, sent.weight(i), sent.projection.call, ordinal});
      last_input(sums, lane(sent, i)) = at;
    }
  }

  ChunkState& chunk_;
  const std::vector<std::unique_ptr<Device>>& devices_;
  Sums first_port_;
  /// The input that was added last to each lane; none as long as nothing is gathered.
  std::vector<std::vector<int>> last_;
  std::vector<std::vector<DenseLanes>> dense_;
  /// The gathered inputs that more may join, by kind.
  std::vector<std::array<std::vector<int>, std::variant_size_v<ChunkInput>>> gathered_;
};

}  // namespace

void Engine::plan_device_inputs() {
  const auto add = [&](InputPlan& plan, const Sent& sent) {
    if (!sent.targets.empty() && net_.nodes.is_neuron(sent.targets.front())) plan.add(sent);
  };
  for (auto& p : partitions_) {
    for (ChunkState& chunk : p->chunks) {
      InputPlan plan(chunk, net_.nodes.devices);
      for (const GeneratorList& projection : net_.synapses.of_generators) {
        for (const GeneratorList::Past& past : projection.past) {
          add(plan, {projection, projection.targets_of(past), past.weights, past.delays, past.from,
                     past.until});
        }
        add(plan, {projection, projection.targets, projection.weights, projection.delays,
                   projection.since, std::numeric_limits<std::int64_t>::max()});
      }
      plan.finish();
    }
  }
}

}  // namespace tegmenta
