// Spikes under way, from the calendars of one layout to those of the next.
#include <algorithm>
#include <tuple>
#include <vector>

#include "kernel/layout.h"

namespace tegmenta {

namespace {

/// One synapse of a run that is under way.
struct Moved {
  std::int64_t due;
  std::int64_t stamp;
  NodeId source;
  PendingRun run;
  double factor;
  // Of a spike that is paired when it arrives.
  std::int64_t until = 0;
  std::uint32_t delay = 0;

  auto order() const { return std::tie(due, stamp, source, until, run.store, run.offset); }
  /// Whether `other` is the synapse `n` further on in one run.
  bool is_continued_by(const Moved& other, std::size_t n) const {
    return other.due == due && other.source == source && other.run.store == run.store &&
           other.run.channel == run.channel && other.run.multiplicity == run.multiplicity &&
           other.factor == factor && other.until == until && other.run.offset == run.offset + n;
  }
};

/// The synapses of a run, as `after` has them, to the lists of their partitions.
void take_apart(const SynapsePosition& first, std::int64_t due, const PendingRun& run,
                double factor, const Relocation& now, const std::vector<const RowStore*>& after,
                std::vector<std::vector<Moved>>& into, std::int64_t until = 0,
                std::uint32_t delay = 0) {
  for (std::uint32_t i = 0; i < run.length; ++i) {
    const SynapsePosition at = now({first.store, first.partition, first.offset + i});
    const RowStore& store = *after[at.store];
    const PartitionRows& rows = store.partitions[at.partition];
    const RowPlace place = rows.find(at.offset);
    PendingRun moved = run;
    moved.store = static_cast<std::uint16_t>(at.store);
    moved.offset = static_cast<std::uint32_t>(at.offset);
    moved.length = 1;
    moved.index = PendingRun::kPart;
    into[at.partition].push_back({due, due + 1 - rows.runs[place.run].delay(),
                                  store.source_low + place.row, moved, factor, until, delay});
  }
}

/// Puts synapses that follow each other together again, and calls push(Moved) for each run.
template <typename Push>
void put_together(std::vector<Moved>& moved, Push&& push) {
  std::stable_sort(moved.begin(), moved.end(),
                   [](const Moved& a, const Moved& b) { return a.order() < b.order(); });
  for (std::size_t i = 0; i < moved.size();) {
    Moved& first = moved[i];
    std::size_t n = 1;
    while (i + n < moved.size() && first.is_continued_by(moved[i + n], n)) ++n;
    first.run.length = static_cast<std::uint32_t>(n);
    push(first);
    i += n;
  }
}

}  // namespace

std::vector<Calendar> Layout::move_pending(const Placement& placement,
                                           const std::vector<const RowStore*>& after,
                                           const Relocation& now) const {
  const auto partitions = static_cast<std::size_t>(placement.partitions());
  std::vector<Calendar> calendars(partitions);
  std::int64_t reach = 0;
  for (const Calendar& calendar : net_.synapses.calendars)
    reach = std::max(reach, calendar.capacity());
  for (Calendar& calendar : calendars) calendar.reserve(net_.clock.now, reach);

  std::vector<std::vector<Moved>> generators(partitions), neurons(partitions), arriving(partitions);
  for (std::size_t p = 0; p < net_.synapses.calendars.size(); ++p) {
    const auto place_of = [&](const PendingRun& run) {
      return SynapsePosition{run.store, static_cast<std::uint32_t>(p), run.offset};
    };
    for (std::int64_t due = net_.clock.now;
         due < net_.clock.now + net_.synapses.calendars[p].capacity(); ++due) {
      const CalendarDay& day = net_.synapses.calendars[p].day(due);
      for (const PendingDeviceRun& g : day.generators) {
        take_apart(place_of(g.run), due, g.run, g.factor, now, after, generators);
      }
      for (const PendingRun& run : day.neurons) {
        take_apart(place_of(run), due, run, 1, now, after, neurons);
      }
      for (const PendingPlasticRun& p : day.arriving) {
        take_apart(place_of(p.run), due, p.run, 1, now, after, arriving, p.until, p.delay);
      }
    }
  }
  move_settled(placement, calendars);
  for (std::size_t p = 0; p < partitions; ++p) {
    put_together(generators[p], [&](const Moved& m) {
      calendars[p].day(m.due).generators.push_back({m.run, m.factor});
    });
    put_together(neurons[p],
                 [&](const Moved& m) { calendars[p].day(m.due).neurons.push_back(m.run); });
    put_together(arriving[p], [&](const Moved& m) {
      calendars[p].day(m.due).arriving.push_back(
          {m.run, m.source, m.delay, m.until, m.until, 0, 0});
    });
  }
  return calendars;
}

}  // namespace tegmenta
