// The colours of figures: some that are told apart by everybody, and two greys.
export { BLUE, GREEN, ORANGE, PURPLE, SKY_BLUE, VERMILLION } from '../../lib/plot';
export const BLACK = '#222222';
export const GREY = '#777777';
