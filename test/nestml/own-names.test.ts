// Names of a text win over those that all neurons have.
import { Kernel } from '../../lib';

const text = `
model calcium_neuron:
    state:
        Ca mmol = 1 mmol
        V_m mV = 0 mV
    parameters:
        tau_Ca ms = 5 ms
        tau_minus ms = 7 ms
        frozen integer = 4
    equations:
        Ca' = -Ca / tau_Ca
    input:
        spikes <- spike
    output:
        spike
    update:
        integrate_odes()
    onReceive(spikes):
        V_m = frozen * mV
        emit_spike()
`;

const kernel = new Kernel();
beforeEach(async () => {
  kernel.ResetKernel();
  await kernel.LoadModel(text, { replace: true });
});

it('are set, read and recorded', () => {
  const [neuron, other] = [kernel.Create('calcium_neuron', 1, { Ca: 3, tau_Ca: 10 }), 2];
  kernel.SetDefaults('calcium_neuron', { Ca: other });
  expect(kernel.Create('calcium_neuron').get('Ca')).toBe(other);
  const meter = kernel.Create('multimeter', { record_from: ['Ca'], interval: 1 });
  kernel.Connect(meter, neuron);
  kernel.SimulateSync(4);
  expect(neuron.get('Ca')).toBeCloseTo(3 * Math.exp(-0.4), 12);
  expect(meter.events.Ca[1]).toBeCloseTo(3 * Math.exp(-0.2), 12);
});

it('leave those of all neurons where they are, as archive_…', () => {
  const defaults = kernel.GetDefaults('calcium_neuron') as unknown as Record<string, unknown>;
  expect(defaults).toMatchObject({ Ca: 1, tau_Ca: 5, tau_minus: 7, frozen: 4 });
  expect(defaults).toMatchObject({ archive_tau_Ca: 10_000, archive_tau_minus: 20, beta_Ca: 0.001 });
  expect(defaults.archive_frozen).toBe(false);
  expect(defaults.recordables).toEqual(['Ca', 'V_m']);
});

it('change nothing of what all neurons do', () => {
  const [plain, still] = [
    kernel.Create('calcium_neuron', 1, { archive_tau_minus: 30 }),
    kernel.Create('calcium_neuron', 1, { archive_frozen: true }),
  ];
  const generator = kernel.Create('spike_generator', { spike_times: [1, 5] });
  kernel.Connect(generator, plain);
  kernel.Connect(generator, still);
  const parrot = kernel.Create('parrot_neuron');
  kernel.Connect(generator, parrot);
  kernel.Connect(parrot, plain, 'one_to_one', { synapse_model: 'stdp_synapse', weight: 1e-9 });
  kernel.SimulateSync(10);
  expect(plain.get('V_m')).toBe(4);
  expect(plain.get('t_spike')).toBe(7);
  expect(still.get('t_spike')).toBe(-1);
  expect(still.get('Ca')).toBe(1);
  expect(plain.get('post_trace')).toBeGreaterThan(1);
});
