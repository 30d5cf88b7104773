'use strict';

module.exports = {
  edits: [
    {
      file: 'cpp/models/synapses/rules.h',
      after: '#include "models/synapses/vogels_sprekeler_synapse.h"\n',
      insert: '#include "models/synapses/homeostatic_synapse.h"\n',
    },
  ],
  files: {
    'cpp/models/synapses/homeostatic_synapse.h': `// Made up: weights rise while the target is less active than it should be, and fall otherwise.
#ifdef TEGMENTA_RULE_NAMES
TEGMENTA_SYNAPSE_RULE(homeostatic_synapse);
#else

#include <algorithm>

#include "models/synapses/bounds.h"
#include "plasticity/pairs.h"

namespace tegmenta {

struct homeostatic_synapse : PairRule<homeostatic_synapse> {
  struct Own {
    double tau_plus, eta, wanted, Wmax;
  };
  static constexpr auto kTrace = &Own::tau_plus;
  static constexpr std::tuple kFields{
      ColumnField<&Own::tau_plus>{.name = "tau_plus",
                                  .unit = "ms",
                                  .value = 20,
                                  .range = Range::positive(),
                                  .description = "Time constant of the presynaptic trace."},
      ColumnField<&Own::eta>{.name = "eta", .value = 0.1, .description = "Learning rate."},
      ColumnField<&Own::wanted>{.name = "wanted",
                                .value = 0.5,
                                .range = Range::non_negative(),
                                .description = "Postsynaptic trace that changes nothing."},
      ColumnField<&Own::Wmax>{.name = "Wmax",
                              .unit = "as weight",
                              .value = 100,
                              .range = Range::positive(),
                              .description = "Largest weight."}};

  static std::vector<SynapseModel> models() {
    return {ModelOf<homeostatic_synapse>("homeostatic_synapse",
                                         "Holds the activity of the target.", "made up")};
  }

  static void check(const GivenOf<homeostatic_synapse>& given) {
    check_sign_of_weight<&Own::Wmax>(given);
  }

  static double post_spike(const Own& own, double w, const PostEvent& post) {
    return clip(own, w - own.eta * post.trace());
  }
  static double pre_spike(const Own& own, double w, const PreEvent& pre) {
    return clip(own, w + own.eta * (own.wanted - pre.trace()));
  }

 private:
  static double clip(const Own& own, double w) { return std::clamp(w, 0.0, own.Wmax); }
};

}  // namespace tegmenta
#endif
`,
  },
  test: `
it('a rule of synapses works, is typed, documented and checked', () => {
  const kernel = new nest.Kernel();
  const source = kernel.Create('parrot_neuron');
  const target = kernel.Create('iaf_psc_alpha');
  kernel.Connect(kernel.Create('spike_generator', { spike_times: [1, 5] }), source);
  const synapse_model = 'homeostatic_synapse' as const;
  kernel.Connect(source, target, 'all_to_all', { synapse_model, weight: 10, eta: 0.2 });
  kernel.SimulateSync(20);
  const synapses = kernel.GetConnections({ synapse_model });
  expect(synapses.get('weight')[0]).toBeCloseTo(10.2, 12);
  expect(() => kernel.Connect(source, target, 'all_to_all', { synapse_model, wanted: -1 })).toThrow(
    'wanted of homeostatic_synapse must be',
  );
  expect(() =>
    // @ts-expect-error: no such parameter
    kernel.Connect(source, target, 'all_to_all', { synapse_model: 'homeostatic_synapse', unwanted: 1 }),
  ).toThrow('unwanted');
  expect(nest.synapse_models).toContain(synapse_model);
  expect(textOf('docs/models.md')).toContain('homeostatic_synapse');
});
`,
  covered: [
    ['test/property/synapse-extremes.test.ts', 'homeostatic_synapse has finite states'],
    ['test/property/plastic-invariance.test.ts', 'homeostatic_synapse sends'],
    ['test/property/plastic-invariance.test.ts', 'a network of all plastic models'],
    ['test/property/model-digests.test.ts', 'homeostatic_synapse, of which no digest is kept'],
  ],
};
