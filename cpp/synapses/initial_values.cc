#include "synapses/initial_values.h"

#include <algorithm>
#include <utility>

#include "synapses/row_store.h"

namespace tegmenta {

namespace {

using Kind = ChangingValue::Kind;

std::vector<ChangingValue> changing(const RowStore& store) {
  std::vector<ChangingValue> all;
  // Those that depend on their own past only transmit a part of their weight.
  if (!store.plastic->releases) all.push_back({Kind::kWeight, 0});
  for (std::size_t k = 0; k < store.columns.size(); ++k) {
    const auto parameter = static_cast<std::size_t>(store.plastic->columns[k]);
    const bool state =
        store.plastic->stored[k] || store.plastic->parameters[parameter].role == Role::kState;
    if (state && store.columns[k].stored) {
      all.push_back({Kind::kColumn, static_cast<std::uint32_t>(k)});
    }
  }
  if (store.irregular) {
    all.push_back({Kind::kKplus, 0});
    if (store.plastic->triplet_trace >= 0) all.push_back({Kind::kKplusTriplet, 0});
  }
  return all;
}

/// Of what was the same for all when they were simulated first, and had not changed: `now`, apart
/// from traces, which belonged to the rows.
double unkept(const ChangingValue& what, double now, double first_trace) {
  if (what.kind == Kind::kKplus) return first_trace;
  return what.kind == Kind::kKplusTriplet ? 0 : now;
}

}  // namespace

double ChangingValue::read(const RowStore& store, const PartitionRows& rows, std::size_t i) const {
  switch (kind) {
    case Kind::kWeight:
      return store.double_weights ? rows.weights_double[i]
                                  : static_cast<double>(rows.weights_float[i]);
    case Kind::kColumn:
      return store.double_weights ? rows.columns_double[column][i]
                                  : static_cast<double>(rows.columns_float[column][i]);
    case Kind::kKplus:
      return rows.synapse_Kplus[i];
    case Kind::kKplusTriplet:
      return rows.synapse_Kplus_triplet[i];
  }
  return 0;
}

void ChangingValue::write(const RowStore& store, PartitionRows& rows, std::size_t i,
                          double value) const {
  const auto put = [&](AlignedVector<double>& doubles, AlignedVector<float>& floats) {
    if (store.double_weights) {
      doubles[i] = value;
    } else {
      floats[i] = static_cast<float>(value);
    }
  };
  switch (kind) {
    case Kind::kWeight:
      return put(rows.weights_double, rows.weights_float);
    case Kind::kColumn:
      return put(rows.columns_double[column], rows.columns_float[column]);
    case Kind::kKplus:
      rows.synapse_Kplus[i] = value;
      return;
    case Kind::kKplusTriplet:
      rows.synapse_Kplus_triplet[i] = value;
      return;
  }
}

const NumberColumn* InitialValues::find(const ChangingValue& what) const {
  const auto found = std::find_if(values_.begin(), values_.end(),
                                  [&](const Values& values) { return values.what == what; });
  return found == values_.end() ? nullptr : &found->numbers;
}

void InitialValues::keep(const RowStore& store, const PartitionRows& rows, double first_trace) {
  const std::size_t n = rows.targets.size();
  if (n == 0 || (kept_ && fresh_.empty())) return;
  std::vector<Values> made;
  for (const ChangingValue& what : changing(store)) {
    const NumberColumn* const known = find(what);
    made.push_back({what, gathered(n, [&](std::size_t i) {
                      const double now = what.read(store, rows, i);
                      if (is_fresh(i)) return now;
                      return known ? known->at(i) : unkept(what, now, first_trace);
                    })});
  }
  values_ = std::move(made);
  fresh_ = {};
  kept_ = true;
}

void InitialValues::restore(const RowStore& store, PartitionRows& rows, const Wanted& wanted,
                            double first_trace) const {
  const std::size_t n = rows.targets.size();
  for (const ChangingValue& what : changing(store)) {
    const bool eligibility = what.kind == Kind::kColumn && store.plastic->gate != Gate::kNone;
    if (what.kind == Kind::kWeight && !wanted.weights) continue;
    if (eligibility && !wanted.eligibility) continue;
    const NumberColumn* const known = find(what);
    if (!known && what.kind != Kind::kKplus && what.kind != Kind::kKplusTriplet) continue;
    for (std::size_t i = 0; i < n; ++i) {
      if (is_fresh(i)) continue;
      what.write(store, rows, i, known ? known->at(i) : unkept(what, 0, first_trace));
    }
  }
}

bool InitialValues::fits(std::size_t n) const {
  return (fresh_.empty() || (kept_ && fresh_.size() == n)) &&
         std::all_of(values_.begin(), values_.end(),
                     [&](const Values& values) { return values.numbers.fits(n); });
}

InitialValues::Move::Move(const RowStore& store, PartitionRows& rows, double first_trace)
    : rows_(rows), first_trace_(first_trace), what_(changing(store)) {
  const std::size_t n = rows.targets.size();
  for (const ChangingValue& what : what_) {
    AlignedVector<double>& numbers = numbers_.emplace_back(n);
    for (std::size_t i = 0; i < n; ++i) numbers[i] = what.read(store, rows, i);
  }
  rows.initial.fresh_.assign(n, 1);
}

void InitialValues::Move::take(const PartitionRows& old, std::size_t offset, std::size_t to) {
  const InitialValues& initial = old.initial;
  if (initial.is_fresh(offset)) return;
  for (std::size_t c = 0; c < what_.size(); ++c) {
    const NumberColumn* const known = initial.find(what_[c]);
    numbers_[c][to] = known ? known->at(offset) : unkept(what_[c], numbers_[c][to], first_trace_);
  }
  rows_.initial.fresh_[to] = 0;
}

void InitialValues::Move::finish() {
  InitialValues& initial = rows_.initial;
  for (std::size_t c = 0; c < what_.size(); ++c) {
    const auto& numbers = numbers_[c];
    initial.values_.push_back(
        {what_[c], gathered(numbers.size(), [&](std::size_t i) { return numbers[i]; })});
  }
  const auto& fresh = initial.fresh_;
  if (std::find(fresh.begin(), fresh.end(), 1) == fresh.end()) initial.fresh_ = {};
  initial.kept_ = true;
}

}  // namespace tegmenta
