// Random networks, as lists of actions.
import fc from 'fast-check';
import type { Action } from './both';

export interface Numbers {
  /** Weights: in units of mV for iaf_psc_delta; iaf_psc_exp gets the same numbers as pA. */
  readonly weight: fc.Arbitrary<number>;
  readonly factor: fc.Arbitrary<number>;
}

/** Any numbers: sums depend on their order in the last bits. */
export const anyNumbers: Numbers = {
  weight: fc.double({ min: -4, max: 6, noNaN: true }),
  factor: fc.double({ min: -1, max: 4, noNaN: true }),
};

/** Small multiples of 1/8 : sums are exact in any order. */
export const exactNumbers: Numbers = {
  weight: fc.integer({ min: -32, max: 48 }).map((k) => k / 8),
  factor: fc.integer({ min: -4, max: 16 }).map((k) => k / 4),
};

// iaf_psc_exp with a small capacitance: pA move it as mV move iaf_psc_delta.
const parameters = fc.record({
  tau_m: fc.integer({ min: 20, max: 300 }).map((k) => k / 10),
  C_m: fc.integer({ min: 1, max: 20 }).map((k) => k / 10),
  E_L: fc.constantFrom(-70, -65.3, 0),
  V_th: fc.constantFrom(2, 5.5, 11),
  V_reset: fc.constantFrom(-0.5, 0, 1.2),
  t_ref: fc.constantFrom(0, 0.1, 0.5, 2),
  I_e: fc.constantFrom(0, 0, 0.4, 1.3),
  tau_syn_ex: fc.constantFrom(0.2, 2, 10),
  tau_syn_in: fc.constantFrom(0.7, 5),
});

export const neurons = fc
  .record({
    do: fc.constant('neurons' as const),
    model: fc.constantFrom('iaf_psc_delta', 'iaf_psc_delta', 'iaf_psc_exp', 'parrot_neuron'),
    n: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 8, max: 40 })),
    parameters,
  })
  // Thresholds are given relative to rest.
  .map(({ parameters: p, ...rest }): Action => {
    const relative = { V_th: p.E_L + p.V_th, V_reset: p.E_L + p.V_reset };
    // Chains of large parrot populations multiply spikes beyond what the oracle can do.
    if (rest.model === 'parrot_neuron') rest.n = 1 + (rest.n % 5);
    return { ...rest, parameters: { ...p, ...relative } };
  });

export const generator = (numbers: Numbers, steps: number): fc.Arbitrary<Action> =>
  fc
    .array(
      fc.record({
        step: fc.integer({ min: 1, max: steps }),
        factor: numbers.factor,
        multiplicity: fc.constantFrom(0, 1, 1, 1, 2, 5),
      }),
      { maxLength: 40 },
    )
    .map((sent) => ({ do: 'generator', sent: [...sent].sort((a, b) => a.step - b.step) }));

const place = fc.nat({ max: 1000 });
const delaySteps = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 5, max: 45 }));

export const connect = (numbers: Numbers): fc.Arbitrary<Action> => {
  const common = {
    do: fc.constant('connect' as const),
    from: place,
    to: place,
    port: fc.constantFrom(0, 0, 0, 1),
  };
  const one = fc.record({
    ...common,
    rule: fc.oneof(
      fc.record({ rule: fc.constant('all_to_all' as const), allow_autapses: fc.boolean() }),
      fc.record({
        rule: fc.constant('fixed_indegree' as const),
        indegree: fc.integer({ min: 1, max: 20 }),
      }),
      fc.record({
        rule: fc.constant('pairwise_bernoulli' as const),
        p: fc.constantFrom(0.1, 0.5, 0.9),
      }),
      fc.record({
        rule: fc.constant('fixed_total_number' as const),
        N: fc.integer({ min: 0, max: 200 }),
      }),
    ),
    pairs: fc.constant([]),
    weights: numbers.weight,
    delays: delaySteps,
  });
  const many = fc.record({
    ...common,
    rule: fc.constant('pairs' as const),
    pairs: fc.array(fc.tuple(place, place), { maxLength: 60 }),
    weights: fc.oneof(numbers.weight, fc.array(numbers.weight, { minLength: 1, maxLength: 20 })),
    delays: fc.oneof(delaySteps, fc.array(delaySteps, { minLength: 1, maxLength: 8 })),
  });
  return fc.oneof(one, many);
};
