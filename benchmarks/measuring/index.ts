/** How workloads are measured: each run in a process of its own, here and in NEST. */
export { benchmarks } from './benchmarks';
export { speedExperiments } from './experiments';
export { connectNest } from './nest-engine';
export { tegmentaEngine } from './tegmenta-engine';
