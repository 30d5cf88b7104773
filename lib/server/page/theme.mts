import type { StreamColor } from '../protocol.js';

/** The colours of the style sheet, for canvases. */
export type Theme = Readonly<
  Record<'paper' | 'ink' | 'soft' | 'line' | 'grid' | StreamColor, string>
>;

const names = [
  'paper',
  'ink',
  'soft',
  'line',
  'grid',
  'blue',
  'orange',
  'green',
  'purple',
  'grey',
] as const;
/** In the order in which lines without a colour of their own get them. */
export const colorOrder: readonly StreamColor[] = ['blue', 'orange', 'green', 'purple'];

let present: Theme | undefined;
const listeners: (() => void)[] = [];

export function theme(): Theme {
  if (present === undefined) {
    const style = getComputedStyle(document.documentElement);
    const colors = names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]);
    present = Object.fromEntries(colors) as Theme;
  }
  return present;
}

/** Calls `listener` when the colours have changed. */
export function onThemeChange(listener: () => void): void {
  listeners.push(listener);
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  present = undefined;
  for (const listener of listeners) listener();
});
