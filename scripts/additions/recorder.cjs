'use strict';

module.exports = {
  edits: [
    {
      file: 'cpp/recording/recorders.def',
      after: 'TEGMENTA_DEVICE(multimeter)\n',
      insert: 'TEGMENTA_DEVICE(latency_recorder)\n',
    },
  ],
  files: {
    'cpp/recording/latency_recorder.cc': `#include "recording/recorders.h"

namespace tegmenta {

namespace {

class LatencyRecorder final : public DeviceOf<LatencyRecorder, SpikeSink> {
 public:
  static constexpr const char* kName = "latency_recorder";
  static constexpr const char* kSummary = "Records spikes by the time since the last stimulus.";
  static constexpr const char* kSource = "made up";

  struct Parameters : RecorderValues {
    double every, most;
  };
  static constexpr std::tuple kParameters{
      DeviceField<&Parameters::every>{.unit = "ms",
                                      .value = 10,
                                      .range = Range::positive(),
                                      .description = "Interval between stimuli."},
      DeviceField<&Parameters::most>{.unit = "ms",
                                     .value = 10,
                                     .range = Range::positive(),
                                     .description = "The longest latency, at most every."},
  };

  void check(const Parameters& next, const GivenParameters& given, const DeviceContext& context) {
    if (next.most > next.every) refuse<&Parameters::most>(next.most, "≤ every");
    SpikeSink::check(next, given, context);
  }

  ResultMap events(const TimeGrid& grid) const override {
    return with_latencies(SpikeSink::events(grid));
  }
  ResultMap events_from(std::uint64_t from, std::uint64_t most,
                        const TimeGrid& grid) const override {
    return with_latencies(SpikeSink::events_from(from, most, grid));
  }

 private:
  ResultMap with_latencies(ResultMap map) const {
    Column<double> latencies = std::get<Column<double>>(map.front().second.value);
    for (double& t : latencies) {
      while (t > own().every) t -= own().every;
      if (t > own().most) t = own().most;
    }
    map.emplace_back("latencies", Result{std::move(latencies)});
    return map;
  }
};

}  // namespace

std::unique_ptr<Device> make_latency_recorder() { return std::make_unique<LatencyRecorder>(); }

}  // namespace tegmenta
`,
  },
  test: `
it('a recorder works, is typed, documented and checked', () => {
  const kernel = new nest.Kernel();
  const source = kernel.Create('spike_generator', { spike_times: [3, 12, 18, 29] });
  const recorder = kernel.Create('latency_recorder', 1, { every: 10, most: 8.5 });
  kernel.Connect(source, recorder);
  kernel.SimulateSync(40);
  const events = recorder.events as unknown as Record<string, Float64Array>;
  expect([...events.times!]).toEqual([3, 12, 18, 29]);
  expect([...events.latencies!]).toEqual([3, 2, 8, 8.5]);
  expect(recorder.n_events).toBe(4);
  recorder.n_events = 0;
  expect(recorder.n_events).toBe(0);
  expect(() => recorder.set({ most: 11 })).toThrow('most of latency_recorder must be ≤ every, got 11.');
  // @ts-expect-error: no such parameter
  expect(() => kernel.Create('latency_recorder', 1, { least: 1 })).toThrow('least');
  expect(nest.node_models).toContain('latency_recorder');
  expect(textOf('docs/models.md')).toContain('latency_recorder');
});
`,
  covered: [['test/api/connection-pairs.test.ts', 'latency_recorder']],
};
