// Attributes of a kernel. Source: NEST, "Kernel attributes". The core knows and checks them; these
// are the types that the editor shows.

/** What SetKernelStatus takes. */
export interface KernelSettings {
  /** Simulation step, ms; only in an empty network at time 0. Default 0.1. */
  resolution?: number;
  /** Tics (integer time units) in a ms; only together with `resolution`. Default 1000. */
  tics_per_ms?: number;
  /** Smallest delay, ms; only together with `max_delay` and before connections exist. */
  min_delay?: number;
  /** Largest delay, ms; only together with `min_delay` and before connections exist. */
  max_delay?: number;
  /** Seed of all random numbers, 1 … 2³² − 1. */
  rng_seed?: number;
  /** Threads that simulate; results do not depend on it. Default 1. */
  local_num_threads?: number;
  /** Only 0 can be set: starts the clock again and keeps the network. */
  biological_time?: number;
}

/** What GetKernelStatus gives, besides further keys of the core. */
export interface KernelStatus extends Required<KernelSettings> {
  /** Number of nodes. */
  network_size: number;
  /** Number of synapses. */
  num_connections: number;
  /** Spikes of neurons, with multiplicity, in the last Run. */
  local_spike_counter: number;
}
