import type {
  ChoiceDescription,
  ControlDescription,
  RangeDescription,
  ToggleDescription,
} from '../protocol.js';
import { make } from './panel.mjs';
import { numberText } from './scale.mjs';

type Value = boolean | number | string;
type Send = (name: string, value: Value) => void;

/** A control as the viewer sees it. */
export interface ControlView {
  readonly element: HTMLElement;
  /** Shows the value that holds. */
  show(value: Value): void;
  /** Works it, as its shortcut does. */
  work(): void;
}

/** Time after an input during which a slider keeps what it shows, ms. */
const draggingTime = 400;

export function makeControl(control: ControlDescription, send: Send): ControlView {
  if (control.control === 'toggle') return makeToggle(control, send);
  if (control.control === 'range') return makeRange(control, send);
  return makeChoice(control, send);
}

function makeToggle({ name, label, shortcut }: ToggleDescription, send: Send): ControlView {
  const button = make('button', '', label);
  button.type = 'button';
  button.dataset.control = name;
  addShortcut(button, button, shortcut);
  const show = (value: Value): void => {
    button.setAttribute('aria-pressed', String(value));
  };
  show(false);
  const work = (): void => {
    send(name, button.getAttribute('aria-pressed') !== 'true');
  };
  button.addEventListener('click', ({ detail }) => {
    work();
    // What was clicked does not keep the keyboard, so that shortcuts go on working.
    if (detail > 0) button.blur();
  });
  return { element: button, show, work };
}

function makeRange(control: RangeDescription, send: Send): ControlView {
  const { name, label, min, max, scale, unit, shortcut } = control;
  const [toSlider, fromSlider] =
    scale === 'log' ? [Math.log, Math.exp] : [(x: number) => x, (x: number) => x];
  const element = make('label', 'control', label);
  const slider = make('input');
  slider.type = 'range';
  slider.dataset.control = name;
  slider.min = String(toSlider(min));
  slider.max = String(toSlider(max));
  const step = scale === 'linear' ? control.step : undefined;
  slider.step = String(step ?? (toSlider(max) - toSlider(min)) / 100);
  const output = make('output');
  element.append(slider, output);
  addShortcut(slider, element, shortcut);
  const write = (value: number): void => {
    output.textContent = `${numberText(value)} ${unit}`.trim();
    slider.setAttribute('aria-valuetext', output.textContent);
  };
  let present: number = min;
  let settle: number | undefined;
  const show = (value: Value): void => {
    present = value as number;
    if (settle !== undefined) return;
    slider.value = String(toSlider(present));
    write(present);
  };
  slider.addEventListener('input', () => {
    const value = Math.min(max, Math.max(min, fromSlider(Number(slider.value))));
    write(value);
    send(name, value);
    clearTimeout(settle);
    settle = setTimeout(() => {
      settle = undefined;
      show(present);
    }, draggingTime);
  });
  return {
    element,
    show,
    work: () => {
      slider.focus();
    },
  };
}

function makeChoice(
  { name, label, choices, shortcut }: ChoiceDescription,
  send: Send,
): ControlView {
  const element = make('label', 'control', label);
  const select = make('select');
  select.dataset.control = name;
  select.append(...choices.map((choice) => new Option(choice)));
  element.append(select);
  addShortcut(select, element, shortcut);
  select.addEventListener('change', () => {
    send(name, select.value);
  });
  return {
    element,
    show: (value) => {
      select.value = value as string;
    },
    work: () => {
      send(name, choices[(select.selectedIndex + 1) % choices.length]!);
    },
  };
}

const keyName = (key: string): string => (key === ' ' ? 'Space' : key);

function addShortcut(element: HTMLElement, place: HTMLElement, key: string | undefined): void {
  if (key === undefined) return;
  element.setAttribute('aria-keyshortcuts', keyName(key));
  const hint = make('kbd', '', keyName(key));
  hint.setAttribute('aria-hidden', 'true');
  place.append(hint);
}

/** Lets keys work controls, unless what has the keyboard needs them itself. */
export function listenForShortcuts(find: (key: string) => ControlView | undefined): void {
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const target = event.target instanceof Element ? event.target : undefined;
    const own = target?.closest('input, select, textarea, a, summary');
    const button = target?.closest('button');
    if (own || (button && (event.key === ' ' || event.key === 'Enter'))) return;
    const control = find(event.key);
    if (control === undefined) return;
    event.preventDefault();
    control.work();
  });
}
