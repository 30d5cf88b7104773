import type { Problems } from './source';
import type { Call } from './syntax';

const counted = (count: number): string => `${count} argument${count === 1 ? '' : 's'}`;

/** Whether there are as many arguments as there should be. */
export function isCounted(call: Call, least: number, most: number, problems: Problems): boolean {
  const given = call.arguments.length;
  if (given >= least && given <= most) return true;
  const takes = least === most ? counted(most) : `${least} to ${counted(most)}`;
  problems.error(call, `${call.name.text} takes ${takes}; here are ${given}.`);
  return false;
}
