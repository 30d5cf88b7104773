// A counting sort by source, whose writes stay in the cache: rules go target by target, so that all
// rows grow at once by a few bytes, and only the 2-byte targets are written. Delays and weights are
// drawn afterwards, row by row, which is possible because a draw is named by source and target, not
// by the order of generation.
#include "synapses/row_layout.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <limits>
#include <memory>
#include <numeric>
#include <span>
#include <utility>

#include "base/errors.h"
#include "connect/generate.h"
#include "connect/synapse_estimate.h"
#include "synapses/row_order.h"

namespace tegmenta {

namespace {

/// Synapses of the rows that are finished together: what is held of them fits the cache.
constexpr std::uint64_t kBlockSynapses = 8192;
/// What is generated or read between two looks at the watch: draws, and what a rule goes through.
constexpr std::uint64_t kPieceDraws = std::uint64_t{1} << 20;
constexpr std::uint64_t kPieceMajors = std::uint64_t{1} << 16;

std::uint8_t channel_of(const Projection& p, Receives receives) {
  switch (receives) {
    case Receives::kInput:
      break;
    case Receives::kCounts:
      return p.receptor == 0 ? kChannelCount : kChannelIgnored;
    case Receives::kPorts:
      return static_cast<std::uint8_t>(kChannelPort + p.receptor - 1);
  }
  return 0;
}

/// The synapses of one projection in one row, before they are sorted.
struct Piece {
  std::uint32_t projection;
  std::uint32_t at;  // in the block
  std::uint32_t size;
  NodeId source;
};

// Rows of a block while they are finished; a worker's own.
struct Draft {
  AlignedVector<std::uint16_t> targets;
  AlignedVector<std::uint32_t> keys;  // delay_channel; unused when the same for all
  AlignedVector<double> weights;
  std::vector<AlignedVector<double>> columns;  // those that are stored
  AlignedVector<std::int64_t> time, created;
  AlignedVector<double> Kplus, Kplus_triplet;
  AlignedVector<std::uint64_t> origins;  // old position + 1, 0 for new ones
  AlignedVector<std::uint64_t> indices;

  std::vector<Piece> pieces;
  RowOrder order;
  std::vector<DelayRange> delays;  // by staged projection

  // Synapses that are drawn together, and where they are.
  std::size_t drawn = 0;
  std::array<NodeId, kDrawBlock> drawn_sources, drawn_targets;
  std::array<std::uint32_t, kDrawBlock> repeats, places;
  std::array<std::uint64_t, kDrawBlock> drawn_indices;
  std::array<double, kDrawBlock> values;
};

class RowLayout {
 public:
  RowLayout(const LayoutSource& from, PositionMap* map, int partition);

  /// Counts, and writes the targets of staged projections into their rows.
  void scatter();
  std::size_t blocks() const { return block_rows_.size() - 1; }
  /// Draws and sorts the rows of a block. Blocks may be finished at the same time.
  void finish(std::size_t block, Draft& draft);
  PartitionRows take();

 private:
  struct Entry {
    std::uint32_t projection;
    std::uint32_t synapses;
  };

  // Calls f(target ID, delay_channel, old partition, offset) for the synapses of a row of old rows
  // whose target is in this partition, in their order.
  template <typename F>
  void for_old_row(const OldRows& old, std::uint32_t row, F&& f) const;
  void see_key(std::uint32_t key) {
    if (any_key_ == 0) any_key_ = std::uint64_t{key} + 1;
    same_key_ &= any_key_ == std::uint64_t{key} + 1;
  }
  void count_old();
  void count_staged();
  /// emit(GeneratedBatch) for the synapses of a projection, piece by piece.
  template <typename F>
  void generate_here(const Projection& p, F&& emit) const;
  void make_room();
  void cut_blocks();

  void resize(Draft& draft, std::uint64_t n) const;
  void take_old(Draft& draft, std::uint32_t row, std::uint64_t at);
  void take_scattered(Draft& draft, std::uint32_t row, std::uint64_t block_begin);
  void draw(Draft& draft, const Piece* begin, const Piece* end) const;
  void draw_chunk(Draft& draft, const Projection& p, std::uint32_t projection) const;
  void fill(Draft& draft, const Projection& p, const Piece& piece) const;
  void finish_row(Draft& draft, std::uint32_t row, std::uint64_t block_begin, std::size_t block);
  void add_runs(std::size_t block, std::uint32_t row, const RowOrder* order);
  std::uint16_t slot_of(NodeId id) const {
    return static_cast<std::uint16_t>(placement_.place[id] & 0xffffu);
  }
  std::uint64_t size_of_row(std::uint32_t row) const { return begin_[row + 1] - begin_[row]; }

  const LayoutSource& from_;
  const RowStore& store_;
  const Placement& placement_;
  PositionMap* map_;
  int partition_;
  NodeId first_, last_;
  const AlignedVector<Receives>& receives_;
  const AlignedVector<NodeId>& nodes_;
  bool channels_ = false;  // they depend on the target
  bool arrays_ = false;    // some staged projection has an array of values
  bool plain_ = false;     // rows hold targets only
  std::vector<std::size_t> stored_columns_;

  std::uint64_t any_key_ = 0;
  bool same_key_ = true;

  std::vector<std::uint32_t> old_count_;  // by row; empty: no old rows
  std::vector<std::uint64_t> begin_;      // by row
  std::vector<std::uint64_t> entry_begin_;
  std::vector<Entry> entries_;  // by row, in order of the projections
  AlignedVector<std::uint64_t> indices_;
  std::vector<std::uint32_t> block_rows_;
  std::vector<std::vector<Run>> block_runs_;
  std::vector<std::uint32_t> block_repeat_;
  PartitionRows rows_;
};

RowLayout::RowLayout(const LayoutSource& from, PositionMap* map, int partition)
    : from_(from),
      store_(from.store),
      placement_(from.placement),
      map_(map),
      partition_(partition),
      first_(from.placement.first_of(partition)),
      last_(from.placement.last_of(partition)),
      receives_(from.placement.receives[static_cast<std::size_t>(partition)]),
      nodes_(from.placement.node_of_slot[static_cast<std::size_t>(partition)]) {
  channels_ = std::any_of(receives_.begin(), receives_.end(),
                          [](Receives r) { return r != Receives::kInput; });
  for (const Projection& p : store_.staged) {
    arrays_ |= p.delay.array || p.weight.array || p.Kplus.array || p.Kplus_triplet.array;
    for (const Quantity& q : p.columns) arrays_ |= q.array != nullptr;
  }
  if (!store_.plastic) return;
  for (std::size_t k = 0; k < store_.columns.size(); ++k) {
    if (store_.columns[k].stored) stored_columns_.push_back(k);
  }
}

template <typename F>
void RowLayout::for_old_row(const OldRows& old, std::uint32_t row, F&& f) const {
  const RowStore& store = *old.store;
  const std::uint64_t source = std::uint64_t{store_.source_low} + row;
  if (source < store.source_low || source >= std::uint64_t{store.source_low} + store.source_count) {
    return;
  }
  const auto old_row = static_cast<std::uint32_t>(source - store.source_low);
  for (std::uint32_t p = 0; p < store.partitions.size(); ++p) {
    const PartitionRows& rows = store.partitions[p];
    if (rows.targets.empty()) continue;
    if (from_.old_placement.first_of(static_cast<int>(p)) >= last_ ||
        from_.old_placement.last_of(static_cast<int>(p)) <= first_) {
      continue;
    }
    const auto& nodes = from_.old_placement.node_of_slot[p];
    for (std::uint32_t r = rows.row_begin[old_row]; r < rows.row_begin[old_row + 1]; ++r) {
      const Run& run = rows.runs[r];
      for (std::uint32_t i = 0; i < run.length; ++i) {
        const std::uint64_t offset = run.offset + i;
        const NodeId target = nodes[rows.targets[offset]];
        if (target < first_ || target >= last_) continue;
        std::uint32_t delay_channel = run.delay_channel;
        if (!old.delays.empty() && old.delays[p][offset] != 0) {
          delay_channel = old.delays[p][offset] << 8 | (delay_channel & 0xff);
        }
        f(target, delay_channel, p, offset);
      }
    }
  }
}

void RowLayout::count_old() {
  if (from_.old.empty()) return;
  old_count_.assign(store_.source_count, 0);
  for (const OldRows& old : from_.old) {
    std::uint64_t counted = 0;
    for (std::uint32_t row = 0; row < store_.source_count; ++row) {
      for_old_row(old, row, [&](NodeId, std::uint32_t key, std::uint32_t, std::uint64_t) {
        ++old_count_[row];
        ++counted;
        see_key(key);
      });
      if (counted >= kPieceMajors) from_.watch.done(std::exchange(counted, 0));
    }
  }
}

/// Draws that making the synapses of a projection takes, about.
std::uint64_t draws_of(const Projection& p) {
  const ConnectionPattern& c = p.pattern;
  if (draws_pairs(c)) return std::uint64_t{c.sources->size()} * c.targets->size();
  if (!c.part || c.rule->connects_recorders) return p.synapses;
  return static_cast<std::uint64_t>(static_cast<double>(p.synapses) /
                                    std::max(kept_share(c), 1e-9));
}

template <typename F>
void RowLayout::generate_here(const Projection& p, F&& emit) const {
  const MajorRange here = majors_within(p.pattern, first_, last_);
  const std::uint64_t majors = std::max<std::uint64_t>(1, major_count(p.pattern));
  const std::uint64_t draws = draws_of(p) / majors + 1;  // of each
  const std::uint64_t step = std::clamp<std::uint64_t>(kPieceDraws / draws, 1, kPieceMajors);
  for (std::uint64_t from = here.begin; from < here.end; from += step) {
    const MajorRange piece{from, std::min(here.end, from + step)};
    generate(p.pattern, from_.kernels, piece, first_, last_, emit);
    from_.watch.done((piece.end - piece.begin) * draws);
  }
}

void RowLayout::count_staged() {
  struct Counted {
    std::uint32_t row;
    Entry entry;
  };
  std::vector<Counted> counted;
  std::vector<std::uint32_t> count(store_.source_count, 0);
  std::uint64_t total = std::accumulate(old_count_.begin(), old_count_.end(), std::uint64_t{0});
  for (std::size_t i = 0; i < store_.staged.size(); ++i) {
    const Projection& p = store_.staged[i];
    const bool one_key = p.delay.is_scalar() && !channels_;
    if (one_key) see_key(p.delay_steps << 8);
    same_key_ &= one_key;
    const std::uint64_t before = total;
    std::uint32_t* const counts = count.data();
    const NodeId low = store_.source_low;
    generate_here(p, [&](const GeneratedBatch& batch) {
      total += batch.size;
      if (!batch.one_is_target) {
        counts[batch.one - low] += static_cast<std::uint32_t>(batch.size);
        return;
      }
      for (std::size_t k = 0; k < batch.size; ++k) ++counts[batch.others[k] - low];
    });
    if (total >= std::numeric_limits<std::uint32_t>::max()) {
      throw Error(ErrorKind::kNotImplemented,
                  "A partition holds at most 2^32 − 1 synapses of one model; use more threads.");
    }
    if (total == before) continue;
    for (const NodeId id : p.pattern.synapse_sources()) {
      const std::uint32_t row = id - store_.source_low;
      if (count[row] == 0) continue;
      counted.push_back({row, {static_cast<std::uint32_t>(i), count[row]}});
      count[row] = 0;
    }
  }
  // By row, in the order of the projections.
  entry_begin_.assign(store_.source_count + 1, 0);
  begin_.assign(store_.source_count + 1, 0);
  for (const Counted& c : counted) {
    ++entry_begin_[c.row + 1];
    begin_[c.row + 1] += c.entry.synapses;
  }
  for (std::uint32_t row = 0; row < store_.source_count; ++row) {
    entry_begin_[row + 1] += entry_begin_[row];
    begin_[row + 1] += begin_[row] + (old_count_.empty() ? 0 : old_count_[row]);
  }
  entries_.resize(counted.size());
  std::vector<std::uint64_t> cursor(entry_begin_.begin(), entry_begin_.end() - 1);
  for (const Counted& c : counted) entries_[cursor[c.row]++] = c.entry;
}

void RowLayout::make_room() {
  const std::uint64_t total = begin_.back();
  rows_.targets.resize(total);
  if (!store_.homogeneous) {
    if (store_.double_weights) {
      rows_.weights_double.resize(total);
    } else {
      rows_.weights_float.resize(total);
    }
  }
  rows_.row_begin.assign(store_.source_count + 1, 0);
  if (arrays_) indices_.resize(total);
  if (!store_.plastic) return;
  rows_.columns_double.resize(store_.columns.size());
  rows_.columns_float.resize(store_.columns.size());
  for (const std::size_t k : stored_columns_) {
    if (store_.double_weights) {
      rows_.columns_double[k].resize(total);
    } else {
      rows_.columns_float[k].resize(total);
    }
  }
  rows_.row_time.assign(store_.source_count, from_.now);
  rows_.row_Kplus.assign(store_.source_count, from_.first_trace);
  const bool triplets = store_.plastic->triplet_trace >= 0;
  if (triplets) rows_.row_Kplus_triplet.assign(store_.source_count, 0.0);
  if (store_.irregular) {
    rows_.synapse_time.resize(total);
    rows_.synapse_Kplus.resize(total);
    if (triplets) rows_.synapse_Kplus_triplet.resize(total);
  }
  if (store_.pairs_at_arrival()) {
    rows_.trains.resize(store_.source_count);
    rows_.synapse_created.resize(total);
  }
}

void RowLayout::cut_blocks() {
  block_rows_ = {0};
  for (std::uint32_t row = 0; row < store_.source_count; ++row) {
    if (row > block_rows_.back() && begin_[row + 1] - begin_[block_rows_.back()] > kBlockSynapses) {
      block_rows_.push_back(row);
    }
  }
  if (store_.source_count > 0) block_rows_.push_back(store_.source_count);
  block_runs_.resize(blocks());
  block_repeat_.assign(blocks(), 0);
}

void RowLayout::scatter() {
  count_old();
  count_staged();
  make_room();
  plain_ = same_key_ && store_.homogeneous && from_.old.empty();
  cut_blocks();
  std::vector<std::uint32_t> cursor(store_.source_count);
  for (std::uint32_t row = 0; row < store_.source_count; ++row) {
    cursor[row] =
        static_cast<std::uint32_t>(begin_[row] + (old_count_.empty() ? 0 : old_count_[row]));
  }
  std::uint16_t* const targets = rows_.targets.data();
  std::uint32_t* const next = cursor.data();
  const NodeId low = store_.source_low;
  const auto scatter_batch = [&](const GeneratedBatch& batch) {
    if (arrays_) {
      batch.for_each([&](const GeneratedSynapse& s) {
        const std::uint32_t at = next[s.source - low]++;
        targets[at] = slot_of(s.target);
        indices_[at] = s.index;
      });
    } else if (batch.one_is_target) {
      const std::uint16_t slot = slot_of(batch.one);
      for (std::size_t k = 0; k < batch.size; ++k) targets[next[batch.others[k] - low]++] = slot;
    } else {
      std::uint32_t& at = next[batch.one - low];
      for (std::size_t k = 0; k < batch.size; ++k) targets[at++] = slot_of(batch.others[k]);
    }
  };
  for (const Projection& p : store_.staged) generate_here(p, scatter_batch);
}

void RowLayout::resize(Draft& draft, std::uint64_t n) const {
  const auto at_least = [n](auto& column) {
    if (column.size() < n) column.resize(n);
  };
  at_least(draft.targets);
  if (!same_key_) at_least(draft.keys);
  if (!store_.homogeneous) at_least(draft.weights);
  draft.columns.resize(stored_columns_.size());
  for (auto& column : draft.columns) at_least(column);
  if (store_.irregular) {
    at_least(draft.time);
    if (store_.pairs_at_arrival()) at_least(draft.created);
    at_least(draft.Kplus);
    at_least(draft.Kplus_triplet);
  }
  if (map_) at_least(draft.origins);
  if (arrays_) at_least(draft.indices);
  draft.delays.resize(store_.staged.size());
}

// Old rows bring the state of their source along.
void RowLayout::take_old(Draft& draft, std::uint32_t row, std::uint64_t at) {
  const SourceTrain* train = nullptr;  // that of the synapse before
  for (std::size_t o = 0; o < from_.old.size(); ++o) {
    const RowStore& from = *from_.old[o].store;
    const std::uint32_t old_row = store_.source_low + row - from.source_low;
    for_old_row(from_.old[o], row,
                [&](NodeId target, std::uint32_t key, std::uint32_t p, std::uint64_t offset) {
                  draft.targets[at] = slot_of(target);
                  if (!same_key_) draft.keys[at] = key;
                  if (!store_.homogeneous) draft.weights[at] = from.weight_at(p, offset);
                  if (map_) {
                    draft.origins[at] =
                        SynapsePosition{static_cast<std::uint32_t>(o), p, offset}.packed() + 1;
                  }
                  if (store_.plastic) {
                    const PartitionRows& was = from.partitions[p];
                    const bool triplets = store_.plastic->triplet_trace >= 0;
                    rows_.row_time[row] = was.row_time[old_row];
                    rows_.row_Kplus[row] = was.row_Kplus[old_row];
                    if (triplets) rows_.row_Kplus_triplet[row] = was.row_Kplus_triplet[old_row];
                    for (std::size_t k = 0; k < stored_columns_.size(); ++k) {
                      draft.columns[k][at] = from.column_at(stored_columns_[k], p, offset);
                    }
                    if (store_.pairs_at_arrival()) {
                      if (was.trains.data() + old_row != train) {
                        train = was.trains.data() + old_row;
                        rows_.trains[row].take(*train);
                      }
                      draft.created[at] = was.synapse_created[offset];
                    }
                    if (store_.irregular) {
                      const bool own = from.irregular;
                      draft.time[at] = own ? was.synapse_time[offset] : was.row_time[old_row];
                      draft.Kplus[at] = own ? was.synapse_Kplus[offset] : was.row_Kplus[old_row];
                      if (triplets) {
                        draft.Kplus_triplet[at] = own ? was.synapse_Kplus_triplet[offset]
                                                      : was.row_Kplus_triplet[old_row];
                      }
                    }
                  }
                  ++at;
                });
  }
}

void RowLayout::take_scattered(Draft& draft, std::uint32_t row, std::uint64_t block_begin) {
  const std::uint64_t old = old_count_.empty() ? 0 : old_count_[row];
  const std::uint64_t begin = begin_[row] + old;
  const std::uint64_t n = begin_[row + 1] - begin;
  std::uint64_t at = begin - block_begin;
  std::copy_n(rows_.targets.data() + begin, n, draft.targets.data() + at);
  if (arrays_) std::copy_n(indices_.data() + begin, n, draft.indices.data() + at);
  if (map_) std::fill_n(draft.origins.data() + at, n, 0);
  if (n > 0 && store_.pairs_at_arrival()) rows_.trains[row].begin(from_.now);
  for (std::uint64_t e = entry_begin_[row]; e < entry_begin_[row + 1]; ++e) {
    draft.pieces.push_back({entries_[e].projection, static_cast<std::uint32_t>(at),
                            entries_[e].synapses, store_.source_low + row});
    at += entries_[e].synapses;
  }
}

// What is the same for all synapses of a piece.
void RowLayout::fill(Draft& draft, const Projection& p, const Piece& piece) const {
  const auto put = [&](auto& column, auto value) {
    std::fill_n(column.data() + piece.at, piece.size, value);
  };
  if (!same_key_ && p.delay.is_scalar()) {
    if (!channels_) {
      put(draft.keys, p.delay_steps << 8);
    } else {
      for (std::uint32_t i = piece.at; i < piece.at + piece.size; ++i) {
        draft.keys[i] = p.delay_steps << 8 | channel_of(p, receives_[draft.targets[i]]);
      }
    }
  }
  if (!store_.homogeneous && p.weight.is_scalar()) put(draft.weights, p.weight.scalar);
  for (std::size_t k = 0; k < stored_columns_.size(); ++k) {
    const Quantity& q = p.columns[stored_columns_[k]];
    if (q.is_scalar()) put(draft.columns[k], q.scalar);
  }
  if (!store_.irregular) return;
  put(draft.time, from_.now);
  if (store_.pairs_at_arrival()) put(draft.created, from_.now);
  put(draft.Kplus, p.Kplus_given ? p.Kplus.scalar : from_.first_trace);
  put(draft.Kplus_triplet, p.Kplus_triplet.scalar);
}

void RowLayout::draw_chunk(Draft& draft, const Projection& p, std::uint32_t projection) const {
  const std::size_t n = std::exchange(draft.drawn, 0);
  if (n == 0) return;
  const SynapseBlock synapses{draft.drawn_sources.data(), draft.drawn_targets.data(),
                              draft.repeats.data(), draft.drawn_indices.data(), n};
  const auto draw_into = [&](const Quantity& q, auto&& put) {
    if (q.is_scalar()) return;
    p.values(q, from_.kernels, synapses, draft.values.data());
    for (std::size_t i = 0; i < n; ++i) put(draft.places[i], draft.values[i]);
  };
  if (!same_key_) {
    std::uint32_t low = std::numeric_limits<std::uint32_t>::max(), high = 0;
    draw_into(p.delay, [&](std::uint32_t at, double ms) {
      const std::uint32_t steps = p.delay_to_steps(ms);
      low = std::min(low, steps);
      high = std::max(high, steps);
      draft.keys[at] = steps << 8 | channel_of(p, receives_[draft.targets[at]]);
    });
    if (high > 0) draft.delays[projection].include(DelayRange{low, high});
  }
  if (!store_.homogeneous) {
    draw_into(p.weight, [&](std::uint32_t at, double x) { draft.weights[at] = x; });
  }
  for (std::size_t k = 0; k < stored_columns_.size(); ++k) {
    draw_into(p.columns[stored_columns_[k]],
              [&](std::uint32_t at, double x) { draft.columns[k][at] = x; });
  }
  if (store_.irregular) {
    if (p.Kplus_given) {
      draw_into(p.Kplus, [&](std::uint32_t at, double x) { draft.Kplus[at] = x; });
    }
    draw_into(p.Kplus_triplet, [&](std::uint32_t at, double x) { draft.Kplus_triplet[at] = x; });
  }
}

// Values of the pieces of one projection.
void RowLayout::draw(Draft& draft, const Piece* begin, const Piece* end) const {
  const Projection& p = store_.staged[begin->projection];
  bool varied = !p.delay.is_scalar() || (!p.weight.is_scalar() && !store_.homogeneous);
  for (const std::size_t k : stored_columns_) varied |= !p.columns[k].is_scalar();
  varied |= store_.irregular && !(p.Kplus.is_scalar() && p.Kplus_triplet.is_scalar());
  for (const Piece* piece = begin; piece < end; ++piece) {
    if (varied) {
      // Synapses of one pair are told apart by their order here.
      draft.order.sort_targets(draft.targets.data() + piece->at, piece->size,
                               arrays_ ? draft.indices.data() + piece->at : nullptr);
    }
    fill(draft, p, *piece);
    if (!varied) continue;
    const std::uint32_t end = piece->at + piece->size;
    std::uint32_t repeat = 0;
    for (std::uint32_t from = piece->at; from < end;) {
      if (draft.drawn == kDrawBlock) draw_chunk(draft, p, piece->projection);
      const std::size_t first = draft.drawn;
      const std::uint32_t n = std::min(end - from, static_cast<std::uint32_t>(kDrawBlock - first));
      std::fill_n(draft.drawn_sources.begin() + first, n, piece->source);
      std::iota(draft.places.begin() + first, draft.places.begin() + first + n, from);
      for (std::uint32_t i = 0; i < n; ++i) {
        const std::uint32_t at = from + i;
        repeat = at > piece->at && draft.targets[at] == draft.targets[at - 1] ? repeat + 1 : 0;
        draft.repeats[first + i] = repeat;
        draft.drawn_targets[first + i] = nodes_[draft.targets[at]];
      }
      if (arrays_) std::copy_n(draft.indices.data() + from, n, draft.drawn_indices.begin() + first);
      draft.drawn += n;
      from += n;
    }
  }
  draw_chunk(draft, p, begin->projection);
}

void RowLayout::add_runs(std::size_t block, std::uint32_t row, const RowOrder* order) {
  const auto uniform = static_cast<std::uint32_t>(any_key_ ? any_key_ - 1 : 1 << 8);
  const auto n = static_cast<std::uint32_t>(size_of_row(row));
  if (n == 0) return;
  const RowOrder::KeyRun all{uniform, n};
  const std::span<const RowOrder::KeyRun> keys =
      order ? order->runs() : std::span<const RowOrder::KeyRun>(&all, 1);
  auto offset = static_cast<std::uint32_t>(begin_[row]);
  for (const RowOrder::KeyRun& run : keys) {
    block_runs_[block].push_back({offset, run.length, run.key});
    block_repeat_[block] =
        std::max(block_repeat_[block], longest_repeat(rows_.targets.data() + offset, run.length));
    offset += run.length;
  }
  rows_.row_begin[row + 1] = static_cast<std::uint32_t>(keys.size());
}

// Sorts a row by (delay, channel, target), keeping the order of creation among equals.
void RowLayout::finish_row(Draft& draft, std::uint32_t row, std::uint64_t block_begin,
                           std::size_t block) {
  const std::uint64_t n = size_of_row(row);
  const std::uint64_t from = begin_[row] - block_begin;
  const std::uint64_t to = begin_[row];
  draft.order.find(draft.targets.data() + from, same_key_ ? nullptr : draft.keys.data() + from,
                   static_cast<std::uint32_t>(n));
  const auto put = [&](auto& column, const auto& values) {
    if (column.empty()) return;
    using T = typename std::decay_t<decltype(column)>::value_type;
    auto* const out = column.data() + to;
    const auto* const in = values.data() + from;
    for (std::uint64_t i = 0; i < n; ++i) out[i] = static_cast<T>(in[draft.order[i]]);
  };
  put(rows_.targets, draft.targets);
  put(rows_.weights_float, draft.weights);
  put(rows_.weights_double, draft.weights);
  for (std::size_t k = 0; k < stored_columns_.size(); ++k) {
    put(rows_.columns_double[stored_columns_[k]], draft.columns[k]);
    put(rows_.columns_float[stored_columns_[k]], draft.columns[k]);
  }
  put(rows_.synapse_time, draft.time);
  put(rows_.synapse_created, draft.created);
  put(rows_.synapse_Kplus, draft.Kplus);
  put(rows_.synapse_Kplus_triplet, draft.Kplus_triplet);
  for (std::uint64_t i = 0; map_ && i < n; ++i) {
    const std::uint64_t origin = draft.origins[from + draft.order[i]];
    if (origin == 0) continue;
    const SynapsePosition old = SynapsePosition::unpack(origin - 1);
    (*map_)[old.store][old.partition][old.offset] =
        SynapsePosition{0, static_cast<std::uint32_t>(partition_), to + i}.packed();
  }
  add_runs(block, row, same_key_ ? nullptr : &draft.order);
}

void RowLayout::finish(std::size_t block, Draft& draft) {
  const std::uint32_t first = block_rows_[block], last = block_rows_[block + 1];
  const std::uint64_t begin = begin_[first];
  from_.watch.done(begin_[last] - begin);
  if (plain_) {
    for (std::uint32_t row = first; row < last; ++row) {
      draft.order.sort_targets(rows_.targets.data() + begin_[row],
                               static_cast<std::uint32_t>(size_of_row(row)), nullptr);
      add_runs(block, row, nullptr);
    }
    return;
  }
  resize(draft, begin_[last] - begin);
  draft.pieces.clear();
  for (std::uint32_t row = first; row < last; ++row) {
    if (!from_.old.empty()) take_old(draft, row, begin_[row] - begin);
    take_scattered(draft, row, begin);
  }
  // Projection by projection: draws of many rows go together.
  std::vector<Piece>& pieces = draft.pieces;
  std::stable_sort(pieces.begin(), pieces.end(),
                   [](const Piece& a, const Piece& b) { return a.projection < b.projection; });
  for (std::size_t i = 0; i < pieces.size();) {
    std::size_t j = i + 1;
    while (j < pieces.size() && pieces[j].projection == pieces[i].projection) ++j;
    draw(draft, pieces.data() + i, pieces.data() + j);
    i = j;
  }
  for (std::uint32_t row = first; row < last; ++row) finish_row(draft, row, begin, block);
}

PartitionRows RowLayout::take() {
  std::size_t runs = 0;
  for (const auto& part : block_runs_) runs += part.size();
  rows_.runs.reserve(runs);
  for (const auto& part : block_runs_) {
    rows_.runs.insert(rows_.runs.end(), part.begin(), part.end());
  }
  for (std::uint32_t row = 0; row < store_.source_count; ++row) {
    rows_.row_begin[row + 1] += rows_.row_begin[row];
  }
  for (const std::uint32_t repeat : block_repeat_) {
    rows_.max_repeat = std::max(rows_.max_repeat, repeat);
  }
  if (store_.homogeneous &&
      RowMasks::pay(rows_.runs.size(), rows_.targets.size(), nodes_.size(), rows_.max_repeat)) {
    rows_.masks = RowMasks(rows_.runs, rows_.targets, nodes_.size(), &from_.watch);
  }
  return std::move(rows_);
}

}  // namespace

std::uint64_t layout_work(const std::vector<Projection>& staged, std::uint64_t old_synapses,
                          int partitions) {
  std::uint64_t work = 2 * old_synapses;  // counted, and put into rows
  for (const Projection& p : staged) {
    // Counted and scattered, by every partition where a rule does not go by target.
    const bool by_target =
        !p.pattern.rule->by_source && p.pattern.rule->ids_ascend && !p.pattern.transposed;
    work += p.synapses + 2 * draws_of(p) * static_cast<std::uint64_t>(by_target ? 1 : partitions);
  }
  return work;
}

std::vector<PartitionRows> lay_out_rows(const LayoutSource& from, WorkerTeam& team,
                                        PositionMap* map, std::vector<DelayRange>& delays) {
  const auto partitions = static_cast<std::size_t>(from.placement.partitions());
  std::vector<std::unique_ptr<RowLayout>> layouts(partitions);
  // Every worker takes what is next; what it makes does not depend on who makes it.
  const auto share = [&](std::size_t tasks, auto&& task) {
    std::atomic<std::size_t> next{0};
    team.run([&](int worker) {
      for (std::size_t t = next++; t < tasks; t = next++) task(t, static_cast<std::size_t>(worker));
    });
  };
  PositionMap* const wanted = from.old.empty() ? nullptr : map;
  share(partitions, [&](std::size_t p, std::size_t) {
    layouts[p] = std::make_unique<RowLayout>(from, wanted, static_cast<int>(p));
    layouts[p]->scatter();
  });
  std::vector<std::pair<std::size_t, std::size_t>> blocks;
  for (std::size_t p = 0; p < partitions; ++p) {
    for (std::size_t b = 0; b < layouts[p]->blocks(); ++b) blocks.emplace_back(p, b);
  }
  std::vector<Draft> drafts(static_cast<std::size_t>(team.size()));
  share(blocks.size(), [&](std::size_t t, std::size_t worker) {
    layouts[blocks[t].first]->finish(blocks[t].second, drafts[worker]);
  });
  for (const Draft& draft : drafts) {
    for (std::size_t i = 0; i < draft.delays.size(); ++i) delays[i].include(draft.delays[i]);
  }
  std::vector<PartitionRows> made(partitions);
  share(partitions, [&](std::size_t p, std::size_t) { made[p] = layouts[p]->take(); });
  return made;
}

}  // namespace tegmenta
