// The synapse models there are. Rules, names, defaults and ranges are those that NEST 3.10
// documents, of the models that it has; docs/three-factor-rules.md says more of the others.
#include <algorithm>
#include <limits>

#include "models/synapses/synapse_model.h"

namespace tegmenta {

namespace {

const Range kAny{-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity(),
                 false, false};
constexpr Role kOwn = Role::kParameter;
constexpr Role kCommon = Role::kCommon;
constexpr Role kState = Role::kState;

ParameterDeclaration declare(Role role, std::string name, std::string unit, double value,
                             Range range, std::string text,
                             ParameterType type = ParameterType::kDouble) {
  ParameterDeclaration d;
  d.name = std::move(name);
  d.type = type;
  d.unit = std::move(unit);
  d.default_value = value;
  d.range = range;
  d.role = role;
  d.description = std::move(text);
  if (type == ParameterType::kNodes) d.default_text = "none";
  return d;
}

/// Collects a model, parameter by parameter.
class Builder {
 public:
  Builder(std::string name, PlasticRule rule, std::string summary, std::string source,
          double weight = 1) {
    m_.name = std::move(name);
    m_.rule = rule;
    m_.summary = std::move(summary);
    m_.source = std::move(source);
    const bool common = rule == PlasticRule::kStaticCommonWeight;
    m_.parameters = {
        declare(common ? kCommon : kOwn, "weight", "mV, pA or nS", weight, Range::finite(),
                common ? "Strength, the same for all synapses of the model; SetDefaults changes it "
                         "for all at once."
                       : "Strength, in the unit of the target's input."),
        declare(kOwn, "delay", "ms", 1, Range::positive(),
                "Time from a spike to its arrival; rounded to the grid, at least one step."),
        declare(kOwn, "receptor_type", "", 0, Range::non_negative(),
                "Which input of the target receives the spikes.", ParameterType::kInt),
        declare(kOwn, "synapse_label", "", -1, {-1, 2147483647, false, false},
                "A number to find the synapses by, in GetConnections.", ParameterType::kInt)};
    if (m_.plastic()) {
      m_.parameters.push_back(declare(kCommon, "weight_recorder", "", 0, Range::finite(),
                                      "The weight_recorder that records every transmitted spike; "
                                      "an empty collection detaches it.",
                                      ParameterType::kNodes));
    }
  }

  /// A parameter that the rule reads.
  Builder& column(Role role, const char* name, const char* unit, double value, Range range,
                  const char* text, ParameterType type = ParameterType::kDouble) {
    m_.columns.push_back(static_cast<int>(m_.parameters.size()));
    m_.stored.push_back(false);
    m_.parameters.push_back(declare(role, name, unit, value, range, text, type));
    return *this;
  }
  /// A state of every synapse.
  Builder& state(const char* name, double value, Range range, const char* text,
                 ParameterType type = ParameterType::kDouble, Role role = kState) {
    column(role, name, "", value, range, text, type);
    m_.stored.back() = true;
    return *this;
  }
  Builder& history() {
    m_.needs_history = true;
    return *this;
  }
  Builder& row_trace(const char* name = "Kplus") {
    m_.has_Kplus = true;
    m_.parameters.push_back(declare(kState, name, "", 0, Range::non_negative(),
                                    "Presynaptic trace: decays, and grows by 1 a spike."));
    return *this;
  }
  Builder& row_triplet_trace() {
    m_.has_Kplus_triplet = true;
    m_.parameters.push_back(
        declare(kState, "Kplus_triplet", "", 0, Range::non_negative(), "Long presynaptic trace."));
    return *this;
  }
  Builder& transmitter() {
    m_.needs_transmitter = true;
    for (const char* name : {"volume_transmitter", "vt"}) {
      m_.parameters.push_back(
          declare(kCommon, name, "", 0, Range::finite(),
                  std::string(name) == "vt"
                      ? "Older name of volume_transmitter."
                      : "The volume_transmitter whose spikes are the dopamine of these synapses.",
                  ParameterType::kNodes));
    }
    m_.parameters.push_back(
        declare(kCommon, "n", "", 0, Range::finite(),
                "Dopamine concentration; the same for all synapses of the model."));
    return *this;
  }
  /// Another name of weight or delay.
  Builder& alias(const char* name, int parameter, const char* text) {
    const ParameterDeclaration& same = m_.parameters[static_cast<std::size_t>(parameter)];
    m_.aliases.emplace_back(static_cast<int>(m_.parameters.size()), parameter);
    m_.parameters.push_back(declare(kOwn, name, same.unit, same.default_value, same.range, text));
    return *this;
  }
  /// A parameter of the model that no column holds.
  Builder& option(const char* name, const char* unit, double value, Range range, const char* text,
                  ParameterType type = ParameterType::kDouble) {
    m_.parameters.push_back(declare(kCommon, name, unit, value, range, text, type));
    return *this;
  }
  Builder& flag(const char* name, bool value, const char* text) {
    return option(name, "", value, Range::probability(), text, ParameterType::kBool);
  }
  Builder& pulses_count_once() {
    m_.ignores_multiplicity = true;
    return *this;
  }
  SynapseModel take() { return std::move(m_); }

  /// Columns tau_plus, lambda, alpha, mu_plus, mu_minus, Wmax.
  Builder& stdp(Role role) {
    column(role, "tau_plus", "ms", 20, Range::positive(),
           "Time constant of the presynaptic trace.");
    column(role, "lambda", "", 0.01, Range::finite(), "Step size of the weight.");
    column(role, "alpha", "", 1, Range::finite(), "Depression relative to facilitation.");
    column(role, "mu_plus", "", 1, Range::finite(),
           "Exponent of the weight dependence of facilitation.");
    column(role, "mu_minus", "", 1, Range::finite(),
           "Exponent of the weight dependence of depression.");
    column(role, "Wmax", "as weight", 100, Range::finite(),
           "Largest weight; its sign is the weight's.");
    return history();
  }

  /// Columns c, A_plus, A_minus, (trace's time constant), tau_c, tau_n, b, Wmin, Wmax.
  Builder& dopamine(const char* tau_name, double Wmax) {
    state("c", 0, Range::finite(), "Eligibility trace.");
    column(kCommon, "A_plus", "", 1, Range::finite(), "Amplitude of facilitation.");
    column(kCommon, "A_minus", "", 1.5, Range::finite(), "Amplitude of depression.");
    column(kCommon, tau_name, "ms", 20, Range::positive(),
           "Time constant of the presynaptic trace.");
    column(kCommon, "tau_c", "ms", 1000, Range::positive(),
           "Time constant of the eligibility trace.");
    column(kCommon, "tau_n", "ms", 200, Range::positive(), "Time constant of dopamine.");
    column(kCommon, "b", "", 0, Range::finite(), "Baseline of dopamine.");
    column(kCommon, "Wmin", "as weight", 0, kAny, "Smallest weight.");
    column(kCommon, "Wmax", "as weight", Wmax, kAny, "Largest weight.");
    return history();
  }

  /// Columns c, c_minus; everything else belongs to the model. traces: with an eligibility trace.
  Builder& rewarded(bool traces) {
    const double infinity = std::numeric_limits<double>::infinity();
    state("c", 0, Range::finite(),
          "Eligibility: what a reward changes the weight by, before the learning rate.");
    column(kState, "c_minus", "", 0, Range::finite(),
           "The anticausal part of c; kept only where weight dependence acts when rewards come.");
    option("A_plus", "", 1, Range::finite(),
           "Amplitude of causal pairs (post after pre); negative: they depress.");
    option("A_minus", "", -1, Range::finite(),
           "Amplitude of anticausal pairs (pre after post), sign included: negative depresses.");
    option("tau_plus", "ms", 20, Range::positive(),
           "Time constant of the presynaptic trace; the postsynaptic one decays with the neuron's "
           "tau_minus.");
    if (traces) {
      option("tau_elig", "ms", 25, Range::positive(), "Time constant of the eligibility.");
      option("elig_decay", "", 1, {0, 1, true, false},
             "Further factor by which the eligibility decays every step.");
      flag("normalized", true, "A pair enters the eligibility divided by tau_elig.");
    }
    option("eta", "", 1, Range::finite(), "Learning rate.");
    flag("scale_by_dt", false,
         "The change of weight of a step is multiplied with the resolution in ms.");
    option("lag", "steps", 1, {0, 1, false, false},
           "1: a reward meets what was eligible a step before; 0: pairs of its own step as well.",
           ParameterType::kInt);
    flag("nearest", false, "Traces are set to 1 by a spike instead of growing by 1.");
    flag("count_same_step", true, "Spikes of both sides in one step are a pair, both ways.");
    option("Wmin", "as weight", -infinity, kAny, "Smallest weight.");
    option("Wmax", "as weight", infinity, kAny, "Largest weight.");
    flag("clip", true, "The weight is kept in [Wmin, Wmax] at every step.");
    option("mu_plus", "", 0, Range::non_negative(),
           "What raises the weight is multiplied with ((Wmax - w) / range_plus)^mu_plus.");
    option("mu_minus", "", 0, Range::non_negative(),
           "What lowers the weight is multiplied with ((w - Wmin) / range_minus)^mu_minus.");
    option("range_plus", "as weight", 1, Range::positive(), "See mu_plus.");
    option("range_minus", "as weight", 1, Range::positive(), "See mu_minus.");
    flag("hard_plus", false, "Nothing raises a weight that is at Wmax or above.");
    flag("hard_minus", false, "Nothing lowers a weight that is at Wmin or below.");
    flag("bounds_at_pairing", false,
         "Weight dependence is worked out when a pair enters the eligibility, with the weight of "
         "that step; else when the weight changes.");
    flag("bounds_follow_reward", true,
         "What raises and what lowers the weight is told apart by the sign of the change; else by "
         "the sign of the amplitude, whatever the reward.");
    option("tau_w", "steps", 0, Range::non_negative(),
           "Every step the weight loses its tau_w-th part; 0: none.");
    row_trace();
    m_.needs_transmitter = true;
    m_.parameters.push_back(declare(kCommon, "reward_transmitter", "", 0, Range::finite(),
                                    "The reward_transmitter whose reward these synapses get.",
                                    ParameterType::kNodes));
    return history();
  }

 private:
  SynapseModel m_;
};

std::vector<SynapseModel> make_models() {
  const double infinity = std::numeric_limits<double>::infinity();
  const auto positive = Range::positive();
  const auto share = Range::probability();
  std::vector<SynapseModel> all;
  const auto add = [&](Builder&& b) { all.push_back(b.take()); };
  const auto add_built = [&](Builder& b) { all.push_back(b.take()); };

  add(Builder("static_synapse", PlasticRule::kStatic, "A synapse of constant weight.",
              "NEST 3.10 documentation, static_synapse"));
  add(Builder("static_synapse_hom_w", PlasticRule::kStaticCommonWeight,
              "Synapses of constant weight, one weight for all of the model.",
              "NEST 3.10 documentation, static_synapse_hom_w"));
  add_built(
      Builder("stdp_dopamine_synapse", PlasticRule::kDopamine,
              "Spike-timing dependent plasticity gated by dopamine.",
              "Izhikevich (2007) Cereb Cortex 17:2443; Potjans, Morrison & Diesmann (2010) Front "
              "Comput Neurosci 4:141")
          .dopamine("tau_plus", 200)
          .row_trace()
          .transmitter());
  add_built(
      Builder("neuromodulated_stdp_synapse", PlasticRule::kDopamine,
              "Dopamine-modulated plasticity as in the NESTML tutorial.",
              "NESTML tutorial, dopamine-modulated STDP synapse")
          .dopamine("tau_tr_pre", infinity)
          .column(kCommon, "A_vt", "", 1, Range::finite(),
                  "Amplitude of a dopamine spike; negative for punishment.")
          .column(kCommon, "tau_tr_post", "ms", 20, positive,
                  "Accepted for the tutorial's scripts; the postsynaptic trace belongs to the "
                  "neuron and decays with its tau_minus.")
          .row_trace("pre_tr")
          .transmitter()
          .pulses_count_once()
          .alias("w", kWeightParameter, "The tutorial's name of weight.")
          .alias("d", kDelayParameter, "The tutorial's name of delay."));
  const char* florian = "Florian (2007) Neural Comput 19:1468";
  add_built(Builder("mstdp_synapse", PlasticRule::kReward,
                    "Spike-timing dependent plasticity times reward.", florian)
                .rewarded(false));
  add_built(Builder("mstdpet_synapse", PlasticRule::kReward,
                    "Reward-modulated spike-timing dependent plasticity with an eligibility trace.",
                    florian)
                .rewarded(true));
  const char* pairs = "Guetig et al. (2003) J Neurosci 23:3697";
  add_built(Builder("stdp_synapse", PlasticRule::kStdp,
                    "Spike-timing dependent plasticity of all pairs of spikes.", pairs)
                .stdp(kOwn)
                .row_trace());
  add_built(Builder("stdp_synapse_hom", PlasticRule::kStdp,
                    "stdp_synapse with parameters common to all synapses of the model.", pairs)
                .stdp(kCommon)
                .row_trace());
  const char* nearest = "Morrison, Diesmann & Gerstner (2008) Biol Cybern 98:459";
  add_built(
      Builder("stdp_nn_symm_synapse", PlasticRule::kNearestSymmetric,
              "Nearest-neighbour STDP, symmetric: every spike pairs with the nearest earlier one "
              "of the other side.",
              nearest)
          .stdp(kOwn));
  add_built(Builder("stdp_nn_restr_synapse", PlasticRule::kNearestRestricted,
                    "Nearest-neighbour STDP, restricted: only adjacent spikes pair.", nearest)
                .stdp(kOwn)
                .state("armed", 1, share,
                       "1 until a postsynaptic spike follows the last presynaptic one.",
                       ParameterType::kDouble, Role::kReadOnly));
  add_built(Builder("stdp_nn_pre_centered_synapse", PlasticRule::kNearestPreCentered,
                    "Nearest-neighbour STDP, presynaptically centred.", nearest)
                .stdp(kOwn)
                .state("Kplus", 0, Range::non_negative(),
                       "Presynaptic trace since the last postsynaptic spike."));
  add_built(
      Builder("stdp_pl_synapse_hom", PlasticRule::kStdpPowerLaw,
              "STDP with power-law facilitation and multiplicative depression.",
              "Morrison, Aertsen & Diesmann (2007) Neural Comput 19:1437")
          .column(kCommon, "tau_plus", "ms", 20, positive,
                  "Time constant of the presynaptic trace.")
          .column(kCommon, "lambda", "", 0.1, Range::finite(), "Learning rate.")
          .column(kCommon, "alpha", "", 1, Range::finite(), "Depression relative to facilitation.")
          .column(kCommon, "mu", "", 0.4, Range::finite(),
                  "Exponent of the weight dependence of facilitation.")
          .history()
          .row_trace());
  add_built(
      Builder("stdp_triplet_synapse", PlasticRule::kStdpTriplet, "STDP of spike triplets.",
              "Pfister & Gerstner (2006) J Neurosci 26:9673")
          .column(kOwn, "tau_plus", "ms", 16.8, positive,
                  "Time constant of the short presynaptic trace.")
          .column(kOwn, "tau_plus_triplet", "ms", 101, positive,
                  "Time constant of the long presynaptic trace.")
          .column(kOwn, "Aplus", "", 5e-10, Range::finite(), "Facilitation of a pair.")
          .column(kOwn, "Aminus", "", 7e-3, Range::finite(), "Depression of a pair.")
          .column(kOwn, "Aplus_triplet", "", 6.2e-3, Range::finite(), "Facilitation of a triplet.")
          .column(kOwn, "Aminus_triplet", "", 2.3e-4, Range::finite(), "Depression of a triplet.")
          .column(kOwn, "Wmax", "as weight", 100, Range::finite(),
                  "Largest weight; its sign is the weight's.")
          .history()
          .row_trace()
          .row_triplet_trace());
  add_built(Builder("vogels_sprekeler_synapse", PlasticRule::kVogelsSprekeler,
                    "Symmetric STDP with constant depression, for inhibitory synapses.",
                    "Vogels et al. (2011) Science 334:1569", 0.5)
                .column(kOwn, "tau", "ms", 20, positive, "Time constant of the presynaptic trace.")
                .column(kOwn, "alpha", "", 0.12, Range::finite(),
                        "Depression at every presynaptic spike.")
                .column(kOwn, "eta", "", 0.001, Range::finite(), "Learning rate.")
                .column(kOwn, "Wmax", "as weight", 1, Range::finite(),
                        "Largest weight; its sign is the weight's.")
                .history()
                .row_trace());
  for (const bool common : {false, true}) {
    const Role role = common ? kCommon : kOwn;
    add_built(Builder(common ? "tsodyks_synapse_hom" : "tsodyks_synapse", PlasticRule::kTsodyks,
                      common ? "Short-term plasticity with parameters common to the model."
                             : "Short-term depression and facilitation.",
                      "Tsodyks, Uziel & Markram (2000) J Neurosci 20:RC50")
                  .column(role, "U", "", 0.5, share, "Increment of u at a spike.")
                  .column(role, "tau_psc", "ms", 3, positive,
                          "Time constant of the postsynaptic current.")
                  .column(role, "tau_fac", "ms", 0, Range::non_negative(),
                          "Time constant of facilitation; 0: none.")
                  .column(role, "tau_rec", "ms", 800, positive, "Time constant of recovery.")
                  .state("x", 1, share, "Recovered resources.")
                  .state("y", 0, share, "Active resources.")
                  .state("u", 0, share, "Release probability."));
  }
  add_built(Builder("tsodyks2_synapse", PlasticRule::kTsodyks2,
                    "Short-term plasticity, without the state of the current.",
                    "Fuhrmann et al. (2002) J Neurophysiol 87:140")
                .column(kOwn, "U", "", 0.5, share, "Release probability at rest.")
                .column(kOwn, "tau_rec", "ms", 800, positive, "Time constant of recovery.")
                .column(kOwn, "tau_fac", "ms", 0, Range::non_negative(),
                        "Time constant of facilitation; 0: none.")
                .state("x", 1, share, "Available resources.")
                .state("u", 0.5, share, "Release probability."));
  add_built(Builder("bernoulli_synapse", PlasticRule::kBernoulli,
                    "A synapse that transmits each spike with a probability.",
                    "NEST 3.10 documentation, bernoulli_synapse")
                .column(kOwn, "p_transmit", "", 1, share, "Probability of transmission."));
  const Range sites{0, 1e6, false, false};
  add_built(Builder("quantal_stp_synapse", PlasticRule::kQuantal,
                    "Short-term plasticity of a few release sites, drawn at random.",
                    "Loebel et al. (2009) Front Comput Neurosci 3:27")
                .column(kOwn, "U", "", 0.5, share, "Release probability at rest.")
                .column(kOwn, "tau_rec", "ms", 800, positive, "Time constant of recovery.")
                .column(kOwn, "tau_fac", "ms", 0, Range::non_negative(),
                        "Time constant of facilitation; 0: none.")
                .column(kOwn, "n", "", 1, sites, "Number of release sites.", ParameterType::kInt)
                .state("a", 1, sites, "Available release sites.", ParameterType::kInt)
                .state("u", 0.5, share, "Release probability."));
  return all;
}

}  // namespace

int SynapseModel::find(const std::string& parameter) const {
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (parameters[i].name == parameter) return static_cast<int>(i);
  }
  return -1;
}

const std::string& SynapseModel::canonical(const std::string& name) const {
  for (const auto& [alias, same] : aliases) {
    if (parameters[static_cast<std::size_t>(alias)].name == name) {
      return parameters[static_cast<std::size_t>(same)].name;
    }
  }
  return name;
}

std::vector<SynapseRecordable> SynapseModel::recordables() const {
  using Place = SynapseRecordable::Place;
  std::vector<SynapseRecordable> all = {{"weight", Place::kWeight}};
  for (std::size_t k = kLabelParameter + 1; k < parameters.size(); ++k) {
    const ParameterDeclaration& d = parameters[k];
    const auto column = std::find(columns.begin(), columns.end(), static_cast<int>(k));
    const auto at = static_cast<std::size_t>(column - columns.begin());
    if (column != columns.end()) {
      if (stored[at]) all.push_back({d.name, Place::kColumn, at});
    } else if (d.name == "n" && needs_transmitter) {
      all.push_back({d.name, Place::kDopamine});
    } else if (d.role == Role::kState) {
      all.push_back({d.name, d.name == "Kplus_triplet" ? Place::kKplus_triplet : Place::kKplus});
    } else if (canonical(d.name) == "weight") {
      all.push_back({d.name, Place::kWeight});
    }
  }
  return all;
}

const std::vector<SynapseModel>& synapse_models() {
  static const auto* const models = new std::vector<SynapseModel>(make_models());
  return *models;
}

}  // namespace tegmenta
