'use strict';

module.exports = {
  edits: [
    {
      file: 'cpp/models/devices/stimulators.def',
      after: 'TEGMENTA_DEVICE(poisson_generator)\n',
      insert: 'TEGMENTA_DEVICE(ramp_generator)\n',
    },
  ],
  files: {
    'cpp/models/devices/ramp_generator.cc': `#include "models/devices/current_generators.h"
#include "models/devices/current_ranges.h"
#include "models/devices/stimulators.h"

namespace tegmenta {

namespace {

class RampGenerator final : public DeviceOf<RampGenerator, CurrentGenerator> {
 public:
  static constexpr const char* kName = "ramp_generator";
  static constexpr const char* kSummary = "A current that rises steadily up to a highest one.";
  static constexpr const char* kSource = "made up";

  struct Parameters : Window {
    double slope, highest;
  };
  static constexpr std::tuple kParameters{
      DeviceField<&Parameters::slope>{.unit = "pA/ms",
                                      .value = 10,
                                      .range = {0, 1e280, false, false},
                                      .description = "What the current gains in a millisecond."},
      DeviceField<&Parameters::highest>{
          .unit = "pA", .value = 600, .range = kCurrents, .description = "Largest current."},
  };

  void check(const Parameters& next, const GivenParameters& given,
             const DeviceContext& context) const {
    CurrentGenerator::check(next, given, context);
    if (next.highest < 0) refuse<&Parameters::highest>(next.highest, "≥ 0");
  }

  Signal signal(std::int64_t step, const TimeGrid& grid) const override {
    const auto [p, active, until] = activity<Parameters>(step, grid);
    if (!active) return {until};
    const std::int64_t begin = window_of(p, grid).from - 1;
    const double current = p.slope * grid.ms_from_steps(step - begin);
    return {step + 1, current < p.highest ? current : p.highest};
  }
};

}  // namespace

std::unique_ptr<Device> make_ramp_generator() { return std::make_unique<RampGenerator>(); }

}  // namespace tegmenta
`,
  },
  test: `
it('a generator works, is typed, documented and checked', () => {
  const kernel = new nest.Kernel();
  const ramp = kernel.Create('ramp_generator', 1, { slope: 20, highest: 50, start: 1 });
  const meter = kernel.Create('multimeter', { record_from: ['I'], interval: 1 });
  kernel.Connect(meter, ramp);
  kernel.SimulateSync(5);
  expect([...meter.events.I!]).toEqual([0, 20, 40, 50, 50]);
  expect(() => ramp.set({ highest: -1 })).toThrow('highest of ramp_generator must be ≥ 0, got -1.');
  expect(() => ramp.set({ start: 0.05 })).toThrow('start of ramp_generator must be a multiple');
  // @ts-expect-error: no such parameter
  expect(() => kernel.Create('ramp_generator', 1, { lowest: 1 })).toThrow('lowest');
  expect(nest.node_models).toContain('ramp_generator');
  expect(textOf('docs/models.md')).toContain('ramp_generator');
});
`,
  covered: [
    ['test/api/connection-pairs.test.ts', 'ramp_generator'],
    ['test/property/model-digests.test.ts', 'ramp_generator, of which no digest is kept'],
  ],
};
