'use strict';

module.exports = {
  edits: [
    {
      file: 'cpp/connect/rules/rules.h',
      after: '#include "connect/rules/pairwise_poisson.h"\n',
      insert: '#include "connect/rules/ring.h"\n',
    },
    {
      file: 'cpp/connect/rules/rules.h',
      after: 'PairwiseBernoulli, PairwisePoisson, ',
      insert: 'Ring, ',
    },
  ],
  files: {
    'cpp/connect/rules/ring.h': `#pragma once

#include "connect/rules/rule.h"

namespace tegmenta::rules {

/// Made up: each target gets the sources before it, round the end.
struct Ring {
  static constexpr RuleParameter kParameters[] = {{
      .name = "neighbours",
      .value = RuleValue::kDegree,
      .range = {0, kMostDegree, false, false},
      .example = 3,
      .description = "Sources of each target.",
  }};
  static constexpr RuleDeclaration kDeclaration{
      .name = "ring",
      .summary = "Each target from the \`neighbours\` sources before it, round the end.",
      .parameters = kParameters,
      .value_rows = ValueCount::kTargets,
      .value_columns = ValueCount::kParameter,
  };

  static void check(const ConnectionPattern& c) {
    check_enough(c, c.degree, c.sources->size(), "neighbours");
  }

  static SynapseEstimate estimate(const ConnectionPattern& c, const simd::Kernels& kernels) {
    return sum_of_degrees(c, kernels);
  }

  template <typename F>
  static void generate(Generation<F>& g) {
    for (std::uint64_t t = g.majors.begin; t < g.majors.end; ++t) {
      g.made.begin(g.targets[t], t * g.c.degree);
      for (std::uint64_t k = 1; k <= g.c.degree; ++k) {
        g.made.add((t + g.n_sources * (k / g.n_sources + 1) - k) % g.n_sources);
      }
    }
  }
};

}  // namespace tegmenta::rules
`,
  },
  test: `
it('a connection rule is made, typed, documented and refuses what it does not declare', () => {
  const kernel = new nest.Kernel();
  const nodes = kernel.Create('iaf_psc_alpha', 5);
  kernel.Connect(nodes, nodes, { rule: 'ring', neighbours: 2 });
  const { source, target } = kernel.GetConnections();
  expect([...source].map((id, i) => [id, target[i]])).toEqual([
    [4, 1], [5, 1], [5, 2], [1, 2], [2, 3], [1, 3], [3, 4], [2, 4], [4, 5], [3, 5],
  ].sort(([a, b], [c, d]) => a! - c! || b! - d!));
  // @ts-expect-error: neighbours has to be given
  expect(() => kernel.Connect(nodes, nodes, { rule: 'ring' })).toThrow('neighbours');
  expect(() => kernel.Connect(nodes, nodes, { rule: 'ring', neighbours: -1 })).toThrow(
    'neighbours of ring must be',
  );
  expect(nest.connection_rules).toContain('ring');
  expect(textOf('docs/connections.md')).toContain('| \`ring\` | Each target from the');
});
`,
  covered: [['test/property/connection-rules.test.ts', 'ring makes the same synapses']],
};
