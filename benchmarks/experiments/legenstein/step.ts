/** Grid of all simulations of the paper, ms. */
export const STEP = 0.1;
