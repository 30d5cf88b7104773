import type { CheckedModel } from './checked-model';
import type { Decorator } from './syntax';

/** What depends on the version of the language that a text is written in. */
export function checkDialect(model: CheckedModel): void {
  switch (model.text.keyword) {
    case 'neuron': {
      const meaning = 'where spikes and kernels go on in integrate_odes() only';
      const now = "since NESTML 8 they do in every step, and a neuron is a 'model'";
      model.problems.error(
        model.text,
        `This is a neuron of NESTML 5 to 7, ${meaning}; ${now}. Look at its update, then write: model ${model.text.name.text}.`,
      );
      return;
    }
    case 'synapse':
      checkDelayParameter(model);
      return;
    case 'model':
      checkNewer(model);
  }
}

/** In NESTML 5 to 7 one number of a synapse is the delay of its connection. */
function checkDelayParameter(model: CheckedModel): void {
  const declared = [...model.declarations('parameters'), ...model.declarations('internals')];
  const delays = declared.flatMap(({ decorators }) => decorators.filter(isDelay));
  model.onlyOne(delays, 'One parameter of a synapse is its delay; this is another.');
  if (delays.length > 0) return;
  model.problems.error(
    model.text,
    'A synapse of NESTML 5 to 7 has a parameter that is its delay: d ms = 1 ms @nest::delay.',
  );
}

const isDelay = ({ text }: Decorator): boolean => text === 'nest::delay';

function checkNewer(model: CheckedModel): void {
  for (const { kind, type, name } of model.ports) {
    if (kind !== 'spike' || type === undefined) continue;
    const instead = `write ${name.text} <- spike, and the unit where it is used`;
    model.problems.error(type, `Since NESTML 6 ports of spikes have no type; ${instead}.`);
  }
}
