// What generators send through connections that each have a source, weight or delay of their own:
// single connections, and lists that are not uniform. They are gathered by the lane that they go
// to, so that a block of neurons touches only its own; what is sent is worked out once a slice, and
// only where it changes.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "base/aligned.h"
#include "engine/poisson_draw.h"
#include "models/devices/stimulators.h"
#include "simd/kernels.h"

namespace tegmenta {

/// What is sent in the update steps [from, until) with this delay.
struct SentWindow {
  std::int64_t from = 0;
  std::int64_t until = std::numeric_limits<std::int64_t>::max();
  std::uint32_t delay = 1;

  bool has(std::int64_t step) const { return step >= from && step < until; }
};

/// A connection that is gathered. The names of its draws: the Connect call, and its ordinal among
/// the connections of one list to the same target.
struct GatheredEntry {
  std::uint32_t lane;
  std::uint32_t source;
  double weight;
  std::uint32_t call;
  std::uint32_t ordinal;
};

/// A part of a chunk in some steps of a slice.
struct InputBlock {
  std::uint32_t lane;
  int lanes;
  std::int64_t origin;  // of the slice
  int first;            // step of the slice
  int steps;
  int stride;  // of the output, from step to step
};

/// What all inputs of a chunk need to know.
struct InputSetting {
  const TimeGrid& grid;
  const simd::Kernels& simd;
  std::uint32_t seed;
  NodeId population;  // ID of the first node
};

/// What a generator sends through connections of one window. To be asked in the order of steps.
struct CurrentSource {
  const CurrentGenerator* generator;
  SentWindow window;
  Signal held = {};

  /// The signal that is sent in a step, which stays until `held.until`.
  const Signal& at(std::int64_t sent, const TimeGrid& grid);
};

/// The same of a noise_generator.
struct NoiseSource {
  const CurrentGenerator* generator;
  SentWindow window;
  HeldDraw held = {{}, std::numeric_limits<std::int64_t>::min()};

  /// The draw for what is sent in a step, which stays until `held.until`.
  const NoiseDraw& at(std::int64_t sent, const TimeGrid& grid);
};

/// Connections by lane; those to one lane in the order of their creation, which is the order of
/// sums.
class GatheredEntries {
 public:
  void add(const GatheredEntry& entry) { entries_.push_back(entry); }
  /// Orders the entries; to be called once, after the last `add`. Where every source has one entry,
  /// sources are ordered like entries.
  template <typename Source>
  void order(std::vector<Source>& sources);

  struct Range {
    std::size_t begin, end;
  };
  Range of(const InputBlock& block) const;
  const GatheredEntry& operator[](std::size_t i) const { return entries_[i]; }
  std::size_t size() const { return entries_.size(); }
  /// Entry i has source i, which has no other.
  bool single() const { return single_; }
  /// Entry i goes to the lane after that of entry i − 1.
  bool side_by_side() const { return side_by_side_; }

 private:
  std::vector<GatheredEntry> entries_;
  bool single_ = false, side_by_side_ = false;
};

/// Generators, each with the window in which it sends, and the connections from them.
template <typename Source, typename Generator>
class GatheredSources {
 public:
  GatheredEntries entries;

  /// The index of the new source.
  std::uint32_t add_source(const Generator& generator, const SentWindow& window) {
    sources_.push_back({&generator, window});
    return static_cast<std::uint32_t>(sources_.size()) - 1;
  }

 protected:
  std::vector<Source> sources_;
};

/// Currents, but for those of noise_generators.
class GatheredCurrents : public GatheredSources<CurrentSource, CurrentGenerator> {
 public:
  int receptor = 0;  // that the currents go to

  void finish();
  void reserve(int steps);
  void begin_slice(std::int64_t origin, int steps, const InputSetting& setting);
  void add_to(double* out, const InputBlock& block, const InputSetting& setting) const;
  std::size_t bytes_per_step() const { return columns_ * sizeof(double); }

 private:
  void renew(std::int64_t step, const TimeGrid& grid);
  void fill(int row, std::int64_t step, const InputSetting& setting);
  void measure_waves();

  std::size_t columns_ = 0;  // sources, in whole vectors
  bool one_delay_ = false;
  // By source: its signal, and the step from which on another may arrive.
  AlignedVector<double> offset_, amplitude_, omega_, phi_, weight_, time_;
  std::vector<std::int64_t> until_;
  std::int64_t next_change_ = 0;
  bool waves_ = false;                          // some amplitude is not 0
  std::size_t wave_ = 0;                        // the first of these
  bool one_wave_ = false;                       // they have the same sine
  double largest_omega_ = 0, largest_phi_ = 0;  // magnitudes
  bool steady_ = false;                         // all rows have the present signals
  int steps_ = 0;
  AlignedVector<double> values_;  // [step of the slice][source], with weights where single
};

/// Currents of noise_generators.
class GatheredNoise : public GatheredSources<NoiseSource, CurrentGenerator> {
 public:
  int receptor = 0;

  void finish();
  void reserve(int steps);
  void begin_slice(std::int64_t origin, int steps, const InputSetting& setting);
  void add_to(double* out, const InputBlock& block, const InputSetting& setting);
  std::size_t bytes_per_step() const {
    return sources_.size() * (entries.single() ? sizeof(double) : sizeof(NoiseDraw));
  }

 private:
  std::vector<NoiseDraw> draws_;  // [step of the slice][source], where not single
  // By entry: the value drawn last, and in which step.
  std::vector<double> drawn_;
  std::vector<std::int64_t> drawn_step_;
  // Single: what arrives at present, with weights; and the step from which on there is another.
  AlignedVector<double> present_;
  std::vector<std::size_t> due_;
  std::vector<std::int64_t> until_;
  std::int64_t next_change_ = 0;
  AlignedVector<double> values_;  // [step of the slice][source]
};

/// A Poisson generator.
struct PoissonSource {
  const PoissonGenerator* generator;
  SentWindow window;
};

/// Spikes of Poisson generators.
class GatheredPoisson : public GatheredSources<PoissonSource, PoissonGenerator> {
 public:
  bool counting = false;  // spikes count, whatever their weight
  int receptor = 0;       // the port that they go to, from 1 on; 0: none

  void finish();
  void reserve(int) {}
  /// The generators' lines are new.
  void begin_run();
  /// To be called in the order of steps.
  void add_to(double* excitatory, double* inhibitory, const InputBlock& block,
              const InputSetting& setting);
  std::size_t bytes_per_step() const { return 0; }

 private:
  /// A block of entries: the step from which on one of them may have another rate, and whether one
  /// has any.
  struct Present {
    std::size_t end = 0;
    std::int64_t until = std::numeric_limits<std::int64_t>::min();
    bool sounding = false;
  };
  using Range = GatheredEntries::Range;
  const Present& present(const Range& range, std::int64_t step);
  void use(std::size_t i, const PoissonTable* table);
  void begin_words(std::int64_t stamp, const InputSetting& setting);
  void draw_halves(const Range& range, std::int64_t arrival, const InputSetting& setting);
  void settle_open(const Range& range, std::int64_t arrival, const InputSetting& setting);
  PoissonDraw draw(std::size_t i, std::int64_t arrival, const InputSetting& setting) const;

  std::vector<Present> present_;  // by the first entry of a block
  // By entry, and some more: see kGatheredTogether. Tables are null where silent.
  std::vector<const PoissonTable*> table_;
  std::vector<std::int64_t> until_;
  AlignedVector<std::uint32_t> delay_, half_;
  std::array<AlignedVector<std::uint32_t>, 4> begun_;
  AlignedVector<std::uint16_t> halves_, open_, usual_, smallest_, thresholds_;
  AlignedVector<double> weight_, values_;
  std::size_t stride_ = 0;       // of thresholds
  int rows_ = 0;                 // of thresholds that are in use
  std::int64_t begun_for_ = -1;  // high word of stamps
  bool one_ordinal_ = false, one_delay_ = false;
  std::uint32_t longest_ = 0;  // delay
  bool excites_ = false, inhibits_ = false;
};

}  // namespace tegmenta
