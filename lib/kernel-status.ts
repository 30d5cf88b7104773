// Attributes of a kernel. Source: NEST, "Kernel attributes", and further ones of this package. The
// core knows and checks them; these are the types that the editor shows.

/** What SetKernelStatus takes. */
export interface KernelSettings {
  /** Simulation step, ms; only in an empty network at time 0. Default 0.1. */
  resolution?: number;
  /** Tics (units of time) in a ms; only together with `resolution`. Default 1000. */
  tics_per_ms?: number;
  /** Smallest delay, ms; only together with `max_delay` and before connections exist. */
  min_delay?: number;
  /** Largest delay, ms; only together with `min_delay` and before connections exist. */
  max_delay?: number;
  /** Seed of all random numbers, 1 … 2³² − 1. Default 143202461. */
  rng_seed?: number;
  /** Threads that simulate; the results do not depend on it. Only in an empty network. Default 1. */
  local_num_threads?: number;
  /** Time simulated, ms. Only 0 can be set, and only before the first simulation. */
  biological_time?: number;
  /**
   * How weights that differ are kept by later Connects: `single` rounds them to 32 bits and halves
   * their memory. Connect takes the same key for its own synapses. Default `double`.
   */
  weight_precision?: 'single' | 'double';
  /**
   * Instruction set of the hot loops: `baseline`, `avx2`, `avx512`, as far as the processor has it.
   * The results do not depend on it. Default: the best one, or that of the environment variable
   * TEGMENTA_SIMD; if that names none, no kernel can be made (BadProperty).
   */
  simd_level?: string;
}

/** What GetKernelStatus gives. */
export interface KernelStatus extends Required<KernelSettings> {
  /** Length of a tic, ms. */
  ms_per_tic: number;
  /** Tics in a step. */
  tics_per_step: number;
  /** Largest time that can be represented, ms. */
  T_max: number;
  /** Smallest time that can be represented, ms. */
  T_min: number;
  /** Whether it is between Prepare and Cleanup. */
  prepared: boolean;
  /** Number of nodes. */
  network_size: number;
  /** Number of synapses, those from and to devices included. */
  num_connections: number;
  /** Spikes of neurons, with multiplicity, in the last run. */
  local_spike_counter: number;
  /** Bytes that hold the synapses between neurons. */
  memory_synapses: number;
  /** Bytes of those that delivery reads when every source spikes once. */
  memory_rows_read: number;
  /** Bytes of those that hold plastic synapses. */
  memory_plastic_synapses: number;
  /** Bytes that hold the network. */
  memory_total: number;
  /** Visits of plastic synapses at spikes of their sources. */
  visits: number;
  /** Visits of plastic synapses whose sources have been silent for long. */
  visits_flushed: number;
  /** Neurons and devices that Create knows. */
  node_models: string[];
  /** Synapse models that Connect knows. */
  synapse_models: string[];
  /** Rules that Connect knows. */
  connection_rules: string[];
}
