/** The workloads on which speed and size are measured. */
export { benchmarks } from './benchmarks';
export { experimentNamed, speedExperiments, workloads } from './experiments';
export { connectNest } from './nest-engine';
export { tegmentaEngine } from './tegmenta-engine';
