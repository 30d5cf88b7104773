// Dense cables and cells in the way of ngc-learn: a program steps them itself, without a kernel.

export type { CompartmentInput } from './compartment';
export type { WeightInit } from './weights';
export { TraceSTDPSynapse, type TraceSTDPOptions } from './trace-stdp-synapse';
export { MSTDPETSynapse, type MSTDPETOptions } from './mstdpet-synapse';
export { REINFORCESynapse, type ActivationName, type REINFORCEOptions } from './reinforce-synapse';
export { VarTrace, type VarTraceOptions } from './var-trace';
export { RewardErrorCell, type RewardErrorOptions } from './reward-error-cell';
export { LIFCell, type LIFOptions } from './lif-cell';
