/** Factors of the reward: as published, and by what the published weights fit better. */
export const REWARDS = ['1', 'e'] as const;
export type RewardName = (typeof REWARDS)[number];
export const rewardFactor = (name: RewardName): number => (name === 'e' ? Math.E : 1);
