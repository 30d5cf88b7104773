/** The workloads on which speed and size are measured. */
export { benchmarks } from './benchmarks';
export { speedExperiments } from './experiments';
export { workloads } from './measured';
export { connectNest } from './nest-engine';
export { tegmentaEngine } from './tegmenta-engine';
