/** The workloads on which speed and size are measured. */
export { experimentNamed, measured, workloads } from './measured';
