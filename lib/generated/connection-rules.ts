// Generated from the core's declarations by scripts/generate.cjs; do not edit.

import type { Parameter } from '../parameters';

/** Which sources and targets a rule may pair. Source: NEST, "Connection rules". */
export interface RuleOptions {
  /** Whether a node may connect to itself. Default: true. */
  readonly allow_autapses?: boolean;
  /** Whether one call may make several synapses from one node to another. Default: true. */
  readonly allow_multapses?: boolean;
  /** Also makes the opposite connection of each. Default: false. */
  readonly make_symmetric?: boolean;
}

/** Each source to the target at its place. */
export interface OneToOneRule extends RuleOptions {
  readonly rule: 'one_to_one';
}

/** Every source to every target. */
export interface AllToAllRule extends RuleOptions {
  readonly rule: 'all_to_all';
}

/** To each target indegree synapses, whose sources are drawn. */
export interface FixedIndegreeRule extends RuleOptions {
  readonly rule: 'fixed_indegree';
  /** Synapses that each target gets. Allowed: in [0, 4294967295], or a random parameter. */
  readonly indegree: number | Parameter;
  readonly make_symmetric?: false;
}

/** From each source outdegree synapses, whose targets are drawn. */
export interface FixedOutdegreeRule extends RuleOptions {
  readonly rule: 'fixed_outdegree';
  /** Synapses that each source sends. Allowed: in [0, 4294967295], or a random parameter. */
  readonly outdegree: number | Parameter;
  readonly make_symmetric?: false;
}

/** N synapses, whose sources and targets are drawn. */
export interface FixedTotalNumberRule extends RuleOptions {
  readonly rule: 'fixed_total_number';
  /** Synapses in all. Allowed: in [0, 9007199254740992]. */
  readonly N: number;
  readonly make_symmetric?: false;
}

/** Each pair of a source and a target with the probability p. */
export interface PairwiseBernoulliRule extends RuleOptions {
  readonly rule: 'pairwise_bernoulli';
  /**
   * Probability of each pair of a source and a target. Allowed: in [0, 1], or a random parameter.
   */
  readonly p: number | Parameter;
  readonly make_symmetric?: false;
}

/** Of each pair a Poisson number of synapses, of mean pairwise_avg_num_conns. */
export interface PairwisePoissonRule extends RuleOptions {
  readonly rule: 'pairwise_poisson';
  /**
   * Mean number of synapses of each pair of a source and a target. Allowed: ≥ 0, or a random
   * parameter.
   */
  readonly pairwise_avg_num_conns: number | Parameter;
  readonly allow_multapses?: true;
  readonly make_symmetric?: false;
}

/** Each pair of different nodes with the probability p, and back. */
export interface SymmetricPairwiseBernoulliRule extends RuleOptions {
  readonly rule: 'symmetric_pairwise_bernoulli';
  /** Probability of each source of a target, unless all were drawn. Allowed: in [0, 1). */
  readonly p: number;
  readonly allow_autapses: false;
  readonly allow_multapses?: true;
  readonly make_symmetric: true;
}

/** A connection rule with its parameters. */
export type ConnSpec =
  | OneToOneRule
  | AllToAllRule
  | FixedIndegreeRule
  | FixedOutdegreeRule
  | FixedTotalNumberRule
  | PairwiseBernoulliRule
  | PairwisePoissonRule
  | SymmetricPairwiseBernoulliRule;

/**
 * Rows and columns of nested arrays of values, by rule: sources, targets, or what a parameter says.
 * Other rules take flat arrays or none.
 */
export const valueShapes: ReadonlyMap<string, readonly [rows: string, columns: string]> = new Map([
  ['all_to_all', ['targets', 'sources']],
  ['fixed_indegree', ['targets', 'indegree']],
  ['fixed_outdegree', ['sources', 'outdegree']],
]);
