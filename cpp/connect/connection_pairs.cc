#include "connect/connection_pairs.h"

#include <algorithm>
#include <string_view>

namespace tegmenta {

namespace {

using enum NodeRole;

constexpr RoleSet kAny = RoleSet::all();
constexpr std::string_view kSourceName = "{source}", kTargetName = "{target}";

constexpr const char* kWeightRecorderText =
    "A weight_recorder is not connected: give it to a synapse model, "
    "CopyModel(model, name, { weight_recorder }).";
constexpr const char* kSynapseRecorderText =
    "A synapse_recorder is not connected: give it the synapses to record, "
    "set({ connections: GetConnections(...) }).";
constexpr const char* kRewardTransmitterText =
    "A reward_transmitter sends no spikes; give it to a synapse model, "
    "CopyModel(model, name, { reward_transmitter }).";

constexpr ConnectionPair kPairs[] = {
    {.sources = {kNeuron},
     .targets = {kNeuron},
     .kind = ConnectionKind::kSynapses,
     .receptors = Receptors::kOfSpikes,
     .any_rule = true,
     .plastic_models = PlasticModels::kAll,
     .make_symmetric = true},
    {.sources = {kSpikeSource},
     .targets = {kNeuron},
     .kind = ConnectionKind::kSynapses,
     .receptors = Receptors::kOfSpikes,
     .any_rule = true},
    {.sources = {kPoissonSource},
     .targets = {kNeuron},
     .kind = ConnectionKind::kInput,
     .receptors = Receptors::kOfSpikes,
     .any_rule = true},
    {.sources = {kCurrentSource},
     .targets = {kNeuron},
     .kind = ConnectionKind::kInput,
     .receptors = Receptors::kOfCurrents,
     .any_rule = true},
    {.sources = {kPoissonSource}, .targets = {kSpikeSink}, .kind = ConnectionKind::kInput},
    {.sources = {kNeuron},
     .targets = {kSpikeSink, kVolumeTransmitter},
     .kind = ConnectionKind::kRecording,
     .plastic_models = PlasticModels::kReleasing},
    {.sources = {kSpikeSource}, .targets = {kSpikeSink}, .kind = ConnectionKind::kRecording},
    {.sources = {kNeuron},
     .targets = {kRewardTransmitter},
     .kind = ConnectionKind::kRecording,
     .receptors = Receptors::kOfRewards},
    // A recorder of spikes has no recordables, which is said when they are looked up.
    {.sources = {kSampler},
     .targets = {kNeuron, kCurrentSource, kSpikeSink},
     .kind = ConnectionKind::kSampling},

    {.sources = {kWeightRecorder},
     .targets = kAny,
     .text = kWeightRecorderText,
     .named = End::kSource,
     .whatever_model = true},
    {.sources = kAny,
     .targets = {kWeightRecorder},
     .text = kWeightRecorderText,
     .named = End::kTarget,
     .whatever_model = true},
    {.sources = {kSynapseRecorder},
     .targets = kAny,
     .text = kSynapseRecorderText,
     .named = End::kSource,
     .whatever_model = true},
    {.sources = kAny,
     .targets = {kSynapseRecorder},
     .text = kSynapseRecorderText,
     .named = End::kTarget,
     .whatever_model = true},
    {.sources = {kRewardTransmitter},
     .targets = kAny,
     .text = kRewardTransmitterText,
     .named = End::kSource,
     .whatever_model = true},
    {.sources = {kVolumeTransmitter},
     .targets = kAny,
     .text = "{source} sends no spikes; bind synapses to it through their model.",
     .named = End::kSource,
     .whatever_model = true},
    {.sources = {kSpikeSource, kPoissonSource},
     .targets = {kVolumeTransmitter, kRewardTransmitter},
     .text = "{source} cannot drive a {target} directly; put a parrot_neuron in between.",
     .named = End::kSource,
     .whatever_model = true},
    {.sources = kAny,
     .targets = {kVolumeTransmitter, kRewardTransmitter},
     .text = "{target} receives spikes of neurons only.",
     .named = End::kSource,
     .whatever_model = true},
    {.sources = {kSpikeSink},
     .targets = kAny,
     .text = "{source} sends no output; connect the nodes to be recorded to it.",
     .named = End::kSource},
    {.sources = kAny,
     .targets = {kSampler},
     .text = "{target} cannot be a target; connect it to the nodes: Connect({target}, nodes).",
     .named = End::kTarget},
    {.sources = kAny,
     .targets = {kSpikeSource, kPoissonSource, kCurrentSource},
     .text = "{target} receives no input from {source}.",
     .named = End::kTarget},
    {.sources = {kCurrentSource},
     .targets = {kSpikeSink},
     .text = "{source} sends currents, which {target} cannot record.",
     .named = End::kSource},
};

static_assert(!first_missing(kPairs), "a source and a target that no line of the table holds");

}  // namespace

const char* to_string(ConnectionKind kind) noexcept {
  switch (kind) {
    case ConnectionKind::kNone:
      return "";
    case ConnectionKind::kSynapses:
      return "synapses";
    case ConnectionKind::kInput:
      return "input";
    case ConnectionKind::kRecording:
      return "recording";
    case ConnectionKind::kSampling:
      return "sampling";
  }
  return "";
}

const char* to_string(PlasticModels models) noexcept {
  switch (models) {
    case PlasticModels::kNone:
      return "";
    case PlasticModels::kReleasing:
      return "short-term";
    case PlasticModels::kAll:
      return "all";
  }
  return "";
}

std::span<const ConnectionPair> connection_pairs() { return kPairs; }

const ConnectionPair& pair_of(NodeRole source, NodeRole target) {
  return *std::find_if(std::begin(kPairs), std::end(kPairs), [&](const ConnectionPair& pair) {
    return pair.sources.contains(source) && pair.targets.contains(target);
  });
}

Error refusal(const ConnectionPair& pair, const std::string& source, const std::string& target) {
  std::string said;
  for (std::string_view text = pair.text; !text.empty();) {
    if (text.starts_with(kSourceName)) {
      said += source;
      text.remove_prefix(kSourceName.size());
    } else if (text.starts_with(kTargetName)) {
      said += target;
      text.remove_prefix(kTargetName.size());
    } else {
      said += text.front();
      text.remove_prefix(1);
    }
  }
  return Error(ErrorKind::kIllegalConnection, said,
               {{"model", pair.named == End::kSource ? source : target}});
}

}  // namespace tegmenta
