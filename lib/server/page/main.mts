import type { ServerMessage, StreamDescription, ValueDescription } from '../protocol.js';
import { Connection, type ConnectionState } from './connection.mjs';
import { type ControlView, listenForShortcuts, makeControl } from './controls.mjs';
import { CurvesPanel } from './curves.mjs';
import type { StreamFrame } from './decode.mjs';
import { HeatmapPanel } from './heatmap.mjs';
import type { Panel } from './panel.mjs';
import { PongPanel } from './pong.mjs';
import { RasterPanel } from './raster.mjs';
import { TracesPanel } from './traces.mjs';
import { TextPanel, type ValuePanel } from './value-panel.mjs';

// Builds the page from the list of streams that the server sends, and hands on what follows.

interface Receiver {
  receive?(frame: StreamFrame): void;
  show?(value: unknown): void;
}

const byId = (id: string): HTMLElement => document.getElementById(id)!;
const stateTexts: Readonly<Record<ConnectionState, string>> = {
  connecting: 'Connecting…',
  live: 'Live',
  ended: 'The simulation has ended',
  lost: 'Connection lost, trying again…',
};
/** Time for which a refusal is shown, ms. */
const problemTime = 6000;

let shown: readonly string[] = [];
/** Whether the next list of streams is the first one of a connection. */
let fresh = true;
const receivers: Receiver[] = [];
const panels: Panel[] = [];
const charts = new Map<string, CurvesPanel>();
const rasters = new Map<string, RasterPanel>();
const shortcuts = new Map<string, ControlView>();
let hideProblem: number | undefined;

const connection = new Connection({
  state: showState,
  message: handle,
  frame: (frame) => receivers[frame.id]?.receive?.(frame),
});
listenForShortcuts((key) => shortcuts.get(key));

function showState(state: ConnectionState): void {
  document.body.dataset.connection = state;
  byId('connection').textContent = stateTexts[state];
  if (state === 'live') fresh = true;
  for (const control of document.querySelectorAll<HTMLButtonElement>('[data-control]')) {
    control.disabled = state !== 'live';
  }
}

function handle(message: ServerMessage): void {
  if (message.type === 'streams') {
    showStreams(message);
  } else if (message.type === 'value') {
    receivers[message.id]?.show?.(message.value);
  } else {
    byId('problem').textContent = message.message;
    clearTimeout(hideProblem);
    hideProblem = setTimeout(() => {
      byId('problem').textContent = '';
    }, problemTime);
  }
}

/** Streams are only ever added, unless the connection has come back to another simulation. */
function showStreams({ title, description, streams }: ServerMessage & { type: 'streams' }): void {
  document.title = byId('title').textContent = title;
  byId('description').textContent = description;
  byId('description').hidden = description === '';
  const texts = streams.map((stream) => JSON.stringify(stream));
  if (shown.some((text, i) => text !== texts[i])) removeAll();
  else if (fresh) for (const panel of panels) panel.clear();
  fresh = false;
  for (const stream of streams.slice(shown.length)) receivers.push(add(stream));
  shown = texts;
}

function removeAll(): void {
  shown = [];
  receivers.length = panels.length = 0;
  charts.clear();
  rasters.clear();
  shortcuts.clear();
  byId('panels').replaceChildren();
  byId('controls').replaceChildren();
  byId('controls').hidden = true;
}

function add(stream: StreamDescription): Receiver {
  switch (stream.kind) {
    case 'spikes': {
      const shared = rasters.get(stream.chart);
      shared?.add(stream);
      const panel = shared ?? place(new RasterPanel(stream));
      rasters.set(stream.chart, panel);
      return { receive: (frame) => frame.kind === 'spikes' && panel.receive(frame) };
    }
    case 'matrix': {
      const panel = place(new HeatmapPanel(stream));
      return { receive: (frame) => frame.kind === 'matrix' && panel.receive(frame) };
    }
    case 'trace': {
      const panel = place(new TracesPanel(stream));
      return { receive: (frame) => frame.kind === 'trace' && panel.receive(frame) };
    }
    case 'scalar': {
      const shared = charts.get(stream.chart);
      shared?.add(stream);
      const panel = shared ?? place(new CurvesPanel(stream));
      charts.set(stream.chart, panel);
      return { receive: (frame) => frame.kind === 'scalar' && panel.receive(frame) };
    }
    case 'value': {
      const panel = place(valuePanel(stream));
      return {
        show: (value) => {
          panel.receive(value);
        },
      };
    }
    case 'control': {
      const view = makeControl(stream, (name, value) => {
        connection.send({ type: 'control', name, value });
      });
      if (stream.shortcut !== undefined) shortcuts.set(stream.shortcut, view);
      byId('controls').append(view.element);
      byId('controls').hidden = false;
      return {
        show: (value) => {
          view.show(value as boolean | number | string);
        },
      };
    }
  }
}

function valuePanel(stream: ValueDescription): ValuePanel {
  return stream.view === 'pong' ? new PongPanel(stream) : new TextPanel(stream);
}

function place<P extends Panel>(panel: P): P {
  panels.push(panel);
  byId('panels').append(panel.element);
  return panel;
}
