'use strict';

const name = 'perfect_integrator';

module.exports = {
  edits: [
    {
      file: 'cpp/models/neurons.def',
      after: '#include "models/neurons/parrot_neuron.h"\n',
      insert: `#include "models/neurons/${name}.h"\n`,
    },
  ],
  files: {
    [`cpp/models/neurons/${name}.h`]: `// Made up: adds up what it receives and forgets nothing.
#ifdef TEGMENTA_NEURON_NAMES
TEGMENTA_NEURON(${name})
#else

#include "models/neurons/common.h"

namespace tegmenta {

struct ${name} : Neuron {
  static constexpr const char* kSummary =
      "Perfect integrator: an input spike shifts the potential by its weight (mV), and nothing "
      "leaks away.";
  static constexpr const char* kSource = "made up";

  struct Parameters {
    double C_m, t_ref, I_e, V_th, V_reset;
  };
  static constexpr std::tuple kParameters{
      common::C_m<Parameters>(250), common::t_ref<Parameters>(1), common::I_e<Parameters>(0),
      common::V_th<Parameters>(15), common::V_reset<Parameters>(0)};

  template <typename T>
  struct State {
    T v, refractory;
  };
  static constexpr std::tuple kStates{common::V_m<State<double> >(0)};

  template <typename T>
  struct Coefficients {
    T theta, reset, refractory_steps;
    T drive;        // by I_e
    T per_current;  // mV a step and pA
  };

  static void check(const Given<Parameters>& p) { common::check_reset_below_threshold(p); }

  static Coefficients<double> calibrate(const Parameters& p, const TimeGrid& grid) {
    const double per_current = grid.resolution_ms() / p.C_m;
    return {.theta = p.V_th,
            .reset = p.V_reset,
            .refractory_steps = common::refractory_steps(p.t_ref, grid),
            .drive = per_current * p.I_e,
            .per_current = per_current};
  }

  // v ← v + h (I_e + I_stim) / C_m + s
  template <typename T>
  static TEGMENTA_INLINE auto step(State<T>& x, const Coefficients<T>& c, const Input<T>& in) {
    T drive = c.drive;
    if (in.has_current) drive = c.per_current * in.current + drive;
    return held_for_steps(x, c, x.v + drive + (in.excitatory + in.inhibitory));
  }
};

}  // namespace tegmenta
#endif
`,
  },
  test: `
it('a neuron works, is typed, documented and checked', () => {
  const kernel = new nest.Kernel();
  const neuron = kernel.Create('${name}', 1, { I_e: 250, V_th: 14.95 });
  kernel.Connect(
    kernel.Create('spike_generator', { spike_times: [2] }), neuron, 'all_to_all', { weight: 4 },
  );
  kernel.SimulateSync(9);
  const potential: number = neuron.get('V_m');
  expect(potential).toBeCloseTo(13, 9);
  kernel.SimulateSync(3);
  expect(neuron.t_spike).toBeCloseTo(11, 9);
  expect(() => kernel.Create('${name}', 1, { V_reset: 20 })).toThrow('V_reset of ${name} must be');
  // @ts-expect-error: it does not leak
  expect(() => kernel.Create('${name}', 1, { tau_m: 20 })).toThrow('tau_m');
  expect(nest.node_models).toContain('${name}');
  expect(textOf('docs/models.md')).toContain('${name}');
});
`,
  covered: [
    ['test/property/invariance.test.ts', `a network of all models ${name} fires`],
    ['test/property/invariance.test.ts', 'a network of all models'],
    ['test/property/extreme-parameters.test.ts', name],
    ['test/property/model-digests.test.ts', `${name}, of which no digest is kept`],
    ['test/api/errors-table.test.ts', 'creating nodes refuses an unknown model'],
  ],
  inCore: [
    ['vector models: same bits for every level, kind of coefficients and the scalar update', name],
    ['neuron models: any division into calls gives the same trace', name],
    ['digest: the neuron updates give one answer on every processor', name],
  ],
};
