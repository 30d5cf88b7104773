import type { Benchmark } from '../../lib/bench/engine';
import { experimentNamed } from '../speed';

const benchmark = (
  name: string,
  time: number,
  {
    byDefault = false,
    headlines = [],
    ...options
  }: Partial<Pick<Benchmark, 'byDefault' | 'headlines'>> & Record<string, unknown> = {},
): Benchmark => ({
  name,
  experiment: experimentNamed(`speed/${name}`),
  byDefault,
  time,
  options: options as Benchmark['options'],
  headlines,
});

/** What `tegmenta bench` measures; those by default take a minute or two on two processors. */
export const benchmarks: readonly Benchmark[] = [
  benchmark('brunel', 500, { byDefault: true, scale: 1 }),
  benchmark('brunel_stdp', 200, { byDefault: true, scale: 1 }),
  benchmark('brunel_dopa', 200, { byDefault: true, scale: 0.4 }),
  benchmark('brunel_mstdpet', 200, { scale: 0.4 }),
  benchmark('hpc', 100, { scale: 0.1 }),
  benchmark('microcircuit', 500, { byDefault: true, scale: 0.02 }),
  benchmark('loop', 20_000, { byDefault: true, headlines: ['turn_time'] }),
  benchmark('call', 100, { byDefault: true, headlines: ['call_time', 'read_time'] }),
  benchmark('dense', 300, {
    headlines: ['mstdpet', 'trace_stdp', 'reinforce'].map((synapse) => `${synapse}_evolve`),
  }),
  benchmark('build', 1, {
    scale: 0.05,
    repeats: 1,
    headlines: ['brunel', 'microcircuit'].flatMap((name) => [
      `${name}_build_ns_per_synapse`,
      `${name}_bytes_per_synapse`,
    ]),
  }),
  benchmark('silent', 20_000, {
    sources: 300,
    targets: 300,
    headlines: ['ns_per_flush', 'memory_max'],
  }),
];
