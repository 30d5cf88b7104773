// Viridis (van der Walt and Smith): even steps of brightness, told apart by the colour-blind.

const stops = [
  ...[0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c],
  ...[0x22a884, 0x44bf70, 0x7ad151, 0xbddf26, 0xfde725],
];

const shades = 256;
/** Colours from the lower to the upper end, as ImageData has them. */
export const viridis = new Uint32Array(shades);
for (let i = 0; i < shades; i++) {
  const at = (i / (shades - 1)) * (stops.length - 1);
  const lower = Math.min(stops.length - 2, Math.floor(at));
  const [from, to] = [stops[lower]!, stops[lower + 1]!];
  const channel = (shift: number): number => {
    const [a, b] = [(from >> shift) & 255, (to >> shift) & 255];
    return Math.round(a + (b - a) * (at - lower));
  };
  viridis[i] = ((255 << 24) | (channel(0) << 16) | (channel(8) << 8) | channel(16)) >>> 0;
}

/** Number of the colour of a value between the ends of a scale. */
export function shadeOf(value: number, from: number, to: number): number {
  const shade = Math.floor(((value - from) / (to - from)) * shades);
  return Math.max(0, Math.min(shades - 1, shade));
}
