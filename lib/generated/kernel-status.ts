// Generated from the core's declarations by scripts/generate.cjs; do not edit.

/** What SetKernelStatus takes. */
export interface KernelSettings {
  /**
   * Simulation step; only in an empty network at time 0.
   * Unit: ms; default: 0.1; allowed: a whole number of tics, at least one.
   */
  resolution?: number;
  /**
   * Tics (units of time) in a ms; only together with `resolution`.
   * Default: 1000; allowed: an integer in [1, 1000000000].
   */
  tics_per_ms?: number;
  /**
   * Time simulated; it can be set only before the first simulation.
   * Unit: ms; default: 0; allowed: 0.
   */
  biological_time?: number;
  /**
   * Smallest delay; only together with `max_delay`, before connections exist.
   * Unit: ms; default: that of the connections; without any, `resolution`; allowed: ≥ `resolution`.
   */
  min_delay?: number;
  /**
   * Largest delay; only together with `min_delay`, before connections exist.
   * Unit: ms; default: that of the connections; without any, `resolution`; allowed: ≥ `min_delay`
   * and below 2^21 steps.
   */
  max_delay?: number;
  /**
   * Threads that simulate; the results do not depend on it. Only in an empty network at time 0.
   * Default: 1; allowed: an integer in [1, 1024].
   */
  local_num_threads?: number;
  /** Seed of all random numbers. Default: 143202461; allowed: an integer in [1, 4294967295]. */
  rng_seed?: number;
  /**
   * How weights that differ are kept by later Connects: 'single' rounds them to 32 bits and halves
   * their memory. Connect takes the same key for its own synapses.
   * Default: 'double'; allowed: 'single' or 'double'.
   */
  weight_precision?: 'single' | 'double';
  /**
   * Instruction set of the hot loops; the results do not depend on it. If TEGMENTA_SIMD names none
   * that the processor has, no kernel can be made (BadProperty).
   * Default: the best one, or that of the environment variable TEGMENTA_SIMD; allowed: 'baseline',
   * 'avx2', 'avx512', as far as the processor has it.
   */
  simd_level?: string;
  /**
   * A run ends with LimitExceeded, at a slice boundary, once all neurons together have fired more
   * than that in the mean over 10 ms.
   * Unit: spikes/s; default: Infinity; allowed: > 0, or Infinity for no limit.
   */
  maxSpikeRate?: number;
  /**
   * A run ends with LimitExceeded, at a slice boundary, once its neurons have fired more spikes, or
   * its recorders have recorded more events.
   * Default: Infinity; allowed: > 0, or Infinity for no limit.
   */
  maxEvents?: number;
  /**
   * A run ends with LimitExceeded, at a slice boundary, once it has taken longer.
   * Unit: s; default: Infinity; allowed: > 0, or Infinity for no limit.
   */
  maxWallTime?: number;
  /**
   * A run ends with LimitExceeded, at a slice boundary, once the kernel holds more bytes, those of
   * its recorders included.
   * Unit: B; default: Infinity; allowed: > 0, or Infinity for no limit.
   */
  maxMemory?: number;
  /**
   * NEST's level of messages, as VerbosityLevel names it. It is kept, also by ResetKernel, but
   * nothing depends on it: tegmenta prints no messages.
   * Default: 10; allowed: an integer in [0, 100].
   */
  verbosity?: number;
  /**
   * Whether simulations print their progress on the standard error stream.
   * Default: false; allowed: true or false.
   */
  print_time?: boolean;
  /** Whether recorders may replace files that exist. Default: false; allowed: true or false. */
  overwrite_files?: boolean;
  /**
   * Directory of the files that recorders write; the working directory where it is empty.
   * Default: ''; allowed: any text.
   */
  data_path?: string;
  /** What the names of files that recorders write begin with. Default: ''; allowed: any text. */
  data_prefix?: string;
}

/** What GetKernelStatus gives. */
export interface KernelStatus extends Required<KernelSettings> {
  /** Length of a tic. Unit: ms; read only. */
  ms_per_tic: number;
  /** Tics in a step. Read only. */
  tics_per_step: number;
  /** Largest time that can be represented. Unit: ms; read only. */
  T_max: number;
  /** Smallest time that can be represented. Unit: ms; read only. */
  T_min: number;
  /** Whether it is between Prepare and Cleanup. Read only. */
  prepared: boolean;
  /** Number of nodes. Read only. */
  network_size: number;
  /** Number of synapses, those from and to devices included. Read only. */
  num_connections: number;
  /** Spikes of neurons, with multiplicity, in the last run. Read only. */
  local_spike_counter: number;
  /** Bytes that hold the synapses between neurons. Unit: B; read only. */
  memory_synapses: number;
  /** Bytes of those that delivery reads when every source spikes once. Unit: B; read only. */
  memory_rows_read: number;
  /** Bytes of those that hold plastic synapses. Unit: B; read only. */
  memory_plastic_synapses: number;
  /** Bytes that hold spikes under way. Unit: B; read only. */
  memory_under_way: number;
  /** Bytes that hold neurons and devices, and what recorders have recorded. Unit: B; read only. */
  memory_nodes: number;
  /**
   * Bytes that hold histories of spikes and modulators for plastic synapses.
   * Unit: B; read only.
   */
  memory_plasticity: number;
  /** Bytes that hold the network. Unit: B; read only. */
  memory_total: number;
  /** Visits of plastic synapses at spikes of their sources. Read only. */
  visits: number;
  /** Visits of plastic synapses whose sources have been silent for long. Read only. */
  visits_flushed: number;
  /**
   * Visits of synapses with a third factor that one formula did, as no bound of the weight was
   * within reach.
   * Read only.
   */
  visits_closed_form: number;
  /**
   * Stretches between pairings at whose end one clipping did, as the weight could only rise or only
   * fall.
   * Read only.
   */
  visits_by_stretch: number;
  /**
   * Stretches walked event by event or step by step of the third factor, with a clipping after
   * each.
   * Read only.
   */
  visits_by_event: number;
  /** Neurons and devices that Create knows. Read only. */
  node_models: string[];
  /** Synapse models that Connect knows. Read only. */
  synapse_models: string[];
  /** Rules that Connect knows. Read only. */
  connection_rules: string[];
}
