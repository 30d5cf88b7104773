#include "random_program.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "state_digest.h"

namespace tegmenta::testing {

namespace {

void append(Ids& ids, const Ids& more) { ids.insert(ids.end(), more.begin(), more.end()); }

}  // namespace

std::vector<std::uint32_t> seeds_of_programs(int new_ones) {
  if (const char* given = std::getenv("TEGMENTA_TEST_SEED")) {
    return {static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10))};
  }
  std::vector<std::uint32_t> seeds = {1, 2, 3, 4, 5, 6, 7, 8};
  for (int i = 0; i < new_ones; ++i) seeds.push_back(std::random_device{}());
  return seeds;
}

RandomProgram::RandomProgram(std::uint32_t seed, int threads) : random_(seed) {
  kernel_.set_status({{"local_num_threads", static_cast<double>(threads)}});
  build();
}

void RandomProgram::build() {
  append(neurons_, make(kernel_, "iaf_psc_exp", 20 + below(30)));
  append(neurons_, make(kernel_, "iaf_cond_exp", 3 + below(10)));
  append(parrots_, make(kernel_, "parrot_neuron", 4 + below(5)));
  append(poisson_, make(kernel_, "poisson_generator", 2, {{"rate", 9000.0}}));
  append(recorders_, make(kernel_, "spike_recorder", 1));
  append(weight_recorders_, make(kernel_, "weight_recorder", 1));
  append(synapse_recorders_, make(kernel_, "synapse_recorder", 1));
  append(transmitters_, make(kernel_, "volume_transmitter", 1));
  append(rewards_, make(kernel_, "reward_transmitter", 1, {{"reward", 0.5}}));
  meters_ = make(kernel_, "multimeter", 1, {{"record_from", std::vector<std::string>{"V_m"}}});

  for (const ModelDescription& model : model_descriptions()) {
    if (model.kind != ModelKind::kSynapse || model.name.starts_with("static")) continue;
    for (const ParameterDeclaration& d : model.parameters) {
      if (d.name == "volume_transmitter") {
        kernel_.set_defaults(model.name, {{d.name, NodeIds{transmitters_}}});
      }
      if (d.name == "reward_transmitter") {
        kernel_.set_defaults(model.name, {{d.name, NodeIds{rewards_}}});
      }
    }
    plastic_models_.push_back(model.name);
  }
  kernel_.connect(poisson_, parrots_, rule("all_to_all"), {{"weight", 1.0}});
  kernel_.connect(poisson_, neurons_, rule("all_to_all"), {{"weight", 30.0}});
  kernel_.connect(parrots_, transmitters_, rule("all_to_all"), {});
  for (int receptor = 0; receptor < 3; ++receptor) {
    kernel_.connect(Ids{one_of(parrots_)}, rewards_, rule("all_to_all"),
                    {{"receptor_type", static_cast<double>(receptor)}});
  }
  kernel_.connect(parrots_, recorders_, rule("all_to_all"), {});
  kernel_.connect(meters_, neurons_, rule("all_to_all"), {});
  for (int i = 0; i < 3; ++i) {
    try {
      connect_neurons();
    } catch (const Error&) {  // a weight that the model does not take
    }
  }
}

Ids RandomProgram::some(const Ids& ids) {
  const std::size_t from = below(ids.size());
  const std::size_t to = from + 1 + below(ids.size() - from);
  return Ids(ids.begin() + static_cast<std::ptrdiff_t>(from),
             ids.begin() + static_cast<std::ptrdiff_t>(to));
}

Value RandomProgram::drawn(double low, double high) {
  if (chance(0.5)) return uniform(low, high);
  return make_expression("uniform", {make_constant(low), make_constant(high)});
}

std::string RandomProgram::synapse_model() {
  return chance(0.25) ? "static_synapse" : one_of(plastic_models_);
}

// --- building --------------------------------------------------------------------------------

void RandomProgram::create_neurons() {
  const bool parrots = chance(0.2);
  append(parrots ? parrots_ : neurons_, make(kernel_,
                                             parrots       ? "parrot_neuron"
                                             : chance(0.5) ? "iaf_psc_exp"
                                                           : "iaf_cond_exp",
                                             1 + below(chance(0.1) ? 200 : 20)));
}

void RandomProgram::create_generator() {
  if (chance(0.4)) {
    append(poisson_,
           make(kernel_, "poisson_generator", 1 + below(3),
                {{"rate", make_expression("uniform", {make_constant(0), make_constant(5000)})}}));
    return;
  }
  const std::vector<std::string> models = {"dc_generator",
                                           "ac_generator",
                                           "noise_generator",
                                           "step_current_generator",
                                           "inhomogeneous_poisson_generator",
                                           "spike_generator"};
  append(generators_, make(kernel_, one_of(models), 1 + below(3)));
}

void RandomProgram::create_recorder() {
  switch (below(3)) {
    case 0:
      append(recorders_, make(kernel_, "spike_recorder", 1 + below(2)));
      break;
    case 1:
      append(meters_,
             make(kernel_, "multimeter", 1,
                  {{"record_from", std::vector<std::string>{"V_m"}}, {"interval", grid(20)}}));
      break;
    default:
      append(synapse_recorders_, make(kernel_, "synapse_recorder", 1, {{"interval", grid(30)}}));
  }
}

void RandomProgram::connect_neurons() {
  // Parrots that repeat each other's spikes would multiply them without end.
  const bool from_parrots = chance(0.6);
  const Ids pre = some(from_parrots ? parrots_ : neurons_);
  const Ids post = some(!from_parrots && chance(0.2) ? parrots_ : neurons_);
  const std::string model = synapse_model();
  Properties syn{{"synapse_model", model}};
  if (!model.starts_with("static_synapse_hom")) syn.emplace_back("weight", drawn(1, 5));
  syn.emplace_back("delay", drawn(0.5, 4));
  if (chance(0.2)) syn.emplace_back("synapse_label", static_cast<double>(below(4)));
  if (chance(0.1)) syn.emplace_back("weight_precision", text("single"));
  switch (below(4)) {
    case 0:
      return kernel_.connect(pre, post, rule("all_to_all"), syn);
    case 1:
      return kernel_.connect(pre, post, rule("fixed_indegree", {{"indegree", 3.0}}), syn);
    case 2:
      return kernel_.connect(pre, post, rule("pairwise_bernoulli", {{"p", drawn(0, 0.5)}}), syn);
    default:
      return kernel_.connect(pre, post, rule("fixed_total_number", {{"N", 20.0}}), syn);
  }
}

void RandomProgram::connect_generator() {
  const Ids pre{one_of(chance(0.5) || generators_.empty() ? poisson_ : generators_)};
  const bool recorded = chance(0.15);
  const Ids post = some(recorded ? recorders_ : chance(0.3) ? parrots_ : neurons_);
  kernel_.connect(pre, post, rule("all_to_all"),
                  {{"weight", drawn(1, 20)}, {"delay", drawn(0.3, 3)}});
}

void RandomProgram::connect_recorder() {
  if (chance(0.5)) {
    kernel_.connect(some(neurons_), Ids{one_of(recorders_)}, rule("all_to_all"), to_device());
  } else {
    kernel_.connect(Ids{one_of(meters_)}, some(neurons_), rule("all_to_all"), {});
  }
}

void RandomProgram::connect_several() {
  Ids pre = some(neurons_), post = some(neurons_);
  append(pre, {one_of(chance(0.5) || generators_.empty() ? poisson_ : generators_)});
  append(post, {one_of(recorders_)});
  std::sort(pre.begin(), pre.end());
  std::sort(post.begin(), post.end());
  kernel_.connect(pre, post, rule("all_to_all"),
                  {{"weight", drawn(1, 5)}, {"delay", drawn(0.5, 4)}});
}

void RandomProgram::connect_transmitter() {
  if (chance(0.2)) append(transmitters_, make(kernel_, "volume_transmitter", 1));
  kernel_.connect(some(parrots_), Ids{one_of(transmitters_)}, rule("all_to_all"), to_device());
}

void RandomProgram::connect_rewards() {
  if (chance(0.1)) append(rewards_, make(kernel_, "reward_transmitter", 1));
  Properties syn{{"weight", uniform(-1, 1)}, {"receptor_type", static_cast<double>(below(3))}};
  if (chance(0.7)) syn.emplace_back("delay", drawn(0.1, 4));
  kernel_.connect(some(chance(0.5) ? parrots_ : neurons_), Ids{one_of(rewards_)},
                  rule("all_to_all"), syn);
}

Properties RandomProgram::to_device() {
  const std::vector<std::string> models = {"static_synapse", "bernoulli_synapse",
                                           "quantal_stp_synapse", "tsodyks_synapse",
                                           "tsodyks2_synapse_lbl"};
  Properties syn{{"synapse_model", one_of(models)}};
  if (chance(0.5)) syn.emplace_back("weight", drawn(1, 5));
  if (chance(0.5)) syn.emplace_back("delay", drawn(0.5, 4));
  return syn;
}

// --- models and values -------------------------------------------------------------------------

void RandomProgram::copy_synapse_model() {
  const std::string name = "copy" + std::to_string(copies_++);
  Properties values;
  const std::string existing = synapse_model();
  if (existing != "static_synapse" && chance(0.3)) {
    values.emplace_back("weight_recorder", NodeIds{Ids{one_of(weight_recorders_)}});
  }
  kernel_.copy_model(existing, name, values);
  if (existing != "static_synapse") plastic_models_.push_back(name);
}

void RandomProgram::copy_node_model() {
  const std::vector<std::string> models = {"iaf_psc_exp", "poisson_generator", "spike_recorder"};
  kernel_.copy_model(one_of(models), "copy" + std::to_string(copies_++), {});
}

void RandomProgram::set_synapse_defaults() {
  const std::string model = synapse_model();
  switch (below(7)) {
    case 5:
      return kernel_.set_defaults(
          model, {{"reward_transmitter", NodeIds{chance(0.9) ? Ids{one_of(rewards_)} : Ids{}}}});
    case 6: {
      const std::vector<Properties> some_of_rule = {{{"tau_plus", uniform(1, 40)}},
                                                    {{"tau_c", uniform(1, 300)}},
                                                    {{"gap", grid(20)}},
                                                    {{"alpha_kernel", chance(0.5)}},
                                                    {{"learning_rate", uniform(-1, 1)}},
                                                    {{"Wmin", 2.0}, {"Wmax", uniform(2, 6)}}};
      return kernel_.set_defaults(chance(0.5) ? "stdp_reward_synapse" : model,
                                  one_of(some_of_rule));
    }
    case 0:
      return kernel_.set_defaults(model, {{"weight", uniform(1, 5)}});
    case 1:
      return kernel_.set_defaults(model, {{"delay", grid(30)}});
    case 2:
      return kernel_.set_defaults(
          model,
          {{"weight_recorder", NodeIds{chance(0.7) ? Ids{one_of(weight_recorders_)} : Ids{}}}});
    case 3:
      return kernel_.set_defaults(model, {{"n", uniform(0, 1)}});
    default:
      return kernel_.set_defaults(
          model,
          {{"volume_transmitter", NodeIds{chance(0.9) ? Ids{one_of(transmitters_)} : Ids{}}}});
  }
}

void RandomProgram::set_node_defaults() {
  if (chance(0.5)) {
    kernel_.set_defaults("iaf_psc_exp", {{"I_e", uniform(0, 100)}});
  } else {
    kernel_.set_defaults("poisson_generator", {{"rate", uniform(0, 4000)}});
  }
}

void RandomProgram::set_neurons() {
  const Ids ids = some(neurons_);
  const double tau = std::round(uniform(15, 25));
  switch (below(4)) {
    case 0:
      return kernel_.set_nodes(ids, {{"V_m", drawn(-68, -58)}});
    case 1:
      return kernel_.set_nodes(ids, {{"I_e", drawn(0, 200)}});
    case 2:
      return kernel_.set_nodes(ids, {{"tau_minus", tau}});
    default:
      return kernel_.set_nodes(ids, {{"tau_minus_triplet", 5 * tau}});
  }
}

void RandomProgram::set_generator() {
  if (chance(0.5) || generators_.empty()) {
    return kernel_.set_nodes(some(poisson_), {{"rate", drawn(0, 9000)}});
  }
  const Ids one{one_of(generators_)};
  const double now = status(kernel_, "biological_time");
  const std::vector<double> times = {now + 0.5, now + 2, now + 3.5};
  const std::vector<double> values = {30, 10, 60};
  for (const Properties& params :
       {Properties{{"amplitude", uniform(0, 100)}}, Properties{{"spike_times", times}},
        Properties{{"amplitude_times", times}, {"amplitude_values", values}},
        Properties{{"rate_times", times}, {"rate_values", values}}, Properties{{"std", 20.0}}}) {
    try {
      return kernel_.set_nodes(one, params);
    } catch (const Error& e) {
      if (e.kind() != ErrorKind::kUnaccessedDictionaryEntry) throw;
    }
  }
}

void RandomProgram::set_recorder() {
  const Ids& recorders = chance(0.5) ? recorders_ : meters_;
  if (chance(0.5)) return kernel_.set_nodes(recorders, {{"n_events", 0.0}});
  kernel_.set_nodes(Ids{one_of(recorders)}, {{"start", uniform(0, 1) < 0.5 ? 0.0 : 5.0}});
}

void RandomProgram::set_rewards() {
  const double now = status(kernel_, "biological_time");
  if (chance(0.3)) return kernel_.set_nodes(rewards_, {{"reward", uniform(0, 1)}});
  if (chance(0.2)) return kernel_.set_nodes(Ids{one_of(rewards_)}, {{"clear", true}});
  if (chance(0.6)) {
    const std::vector<Properties> some_of_kernel = {
        {{"A_1", uniform(-0.1, 0.1)}, {"A_2", uniform(-0.1, 0.1)}},
        {{"tau_1", uniform(1, 200)}, {"tau_2", uniform(1, 200)}},
        {{"pulse", uniform(-0.1, 0.1)}},
        {{"kappa_plus", uniform(-1, 1)}, {"kappa_minus", uniform(-1, 1)}},
        {{"kappa_delay", grid(30)}, {"kappa_window", grid(300)}}};
    return kernel_.set_nodes(Ids{one_of(rewards_)}, one_of(some_of_kernel));
  }
  kernel_.set_nodes(rewards_, {{"reward_times", std::vector<double>{now + 1, now + 2.5}},
                               {"reward_values", std::vector<double>{1, 0.2}}});
}

// --- synapses
// -------------------------------------------------------------------------------------

void RandomProgram::get_connections() {
  ConnectionFilter filter;
  if (chance(0.4)) filter.source = some(chance(0.5) ? parrots_ : neurons_);
  if (chance(0.4)) filter.target = some(neurons_);
  if (chance(0.3)) filter.synapse_model = synapse_model();
  if (chance(0.1)) filter.synapse_label = 2;
  lists_.push_back(kernel_.get_connections(filter));
  if (lists_.size() > 4) lists_.erase(lists_.begin());
}

void RandomProgram::set_synapses() {
  if (lists_.empty() || chance(0.5)) get_connections();
  SynapseList& list = lists_[below(lists_.size())];
  switch (below(5)) {
    case 4:
      return kernel_.set_synapses(list, {{"c", drawn(-1, 1)}, {"g", drawn(-1, 1)}});
    case 0:
      return kernel_.set_synapses(list, {{"weight", drawn(1, 5)}});
    case 1:
      return kernel_.set_synapses(list, {{"delay", drawn(0.5, 6)}});
    case 2:
      return kernel_.set_synapses(list, {{"weight", drawn(1, 5)}, {"delay", drawn(0.5, 6)}});
    default:
      return kernel_.set_synapses(list, {{"Kplus", drawn(0, 1)}, {"weight", uniform(1, 5)}});
  }
}

void RandomProgram::disconnect() {
  get_connections();
  SynapseList list = std::move(lists_.back());
  lists_.pop_back();
  if (chance(0.3)) {  // those of pairs
    const Result source = kernel_.get_synapses(list, "source");
    const Result target = kernel_.get_synapses(list, "target");
    if (list.positions.empty()) return;
    const std::size_t i = below(list.positions.size());
    return kernel_.disconnect(Ids{std::get<Column<NodeId>>(source.value)[i]},
                              Ids{std::get<Column<NodeId>>(target.value)[i]}, rule("one_to_one"),
                              {{"synapse_model", synapse_model()}});
  }
  const double some = chance(0.2) ? 1 : 0.1;
  std::erase_if(list.positions, [&](std::uint64_t) { return !chance(some); });
  kernel_.disconnect(list);
}

void RandomProgram::record_synapses() {
  SynapseList list = kernel_.get_connections({{}, {}, one_of(plastic_models_), {}});
  if (list.positions.empty()) return;
  list.positions.resize(1 + below(list.positions.size()));
  kernel_.set_nodes(Ids{one_of(synapse_recorders_)}, {{"connections", std::move(list)}});
}

// --- reading and running -----------------------------------------------------------------------

void RandomProgram::read_everything() {
  kernel_.get_status();
  for (const Ids* ids : {&neurons_, &parrots_, &poisson_, &recorders_, &meters_, &transmitters_,
                         &rewards_, &synapse_recorders_, &weight_recorders_}) {
    const Ids one{one_of(*ids)};
    for (const NodeRange& range : kernel_.node_ranges()) {
      if (one[0] < range.first || one[0] > range.last) continue;
      for (const std::string& key : kernel_.node_keys(range.model)) kernel_.get_nodes(one, key);
    }
  }
  kernel_.get_defaults(synapse_model());
  if (lists_.empty()) get_connections();
  const SynapseList& list = lists_[below(lists_.size())];
  for (const std::string& key : kernel_.synapse_keys(list)) kernel_.get_synapses(list, key);
}

void RandomProgram::set_status() {
  kernel_.set_status({{"rng_seed", static_cast<double>(1 + below(1000))}});
  kernel_.set_status({{"simd_level", one_of(simd_level_names())}});
}

void RandomProgram::simulate_shortly() { simulate(kernel_, grid(60)); }

void RandomProgram::prepare_and_run() {
  kernel_.prepare();
  for (std::size_t i = below(4); i > 0; --i) {
    kernel_.begin_run(grid(20), true);
    kernel_.run();
    try {
      if (chance(0.5)) read_everything();
      if (chance(0.3)) set_neurons();
      if (chance(0.3)) connect_neurons();
      if (chance(0.3)) copy_synapse_model();
    } catch (const Error& e) {
      REQUIRE(e.kind() != ErrorKind::kInternalError);
    }
  }
  kernel_.cleanup();
}

void RandomProgram::make_one_call() {
  struct Choice {
    Call call;
    int weight;
  };
  static const std::vector<Choice> choices = {
      {&RandomProgram::create_neurons, 3},    {&RandomProgram::create_generator, 2},
      {&RandomProgram::create_recorder, 2},   {&RandomProgram::connect_neurons, 6},
      {&RandomProgram::connect_generator, 3}, {&RandomProgram::connect_recorder, 3},
      {&RandomProgram::connect_several, 2},   {&RandomProgram::connect_transmitter, 2},
      {&RandomProgram::connect_rewards, 2},   {&RandomProgram::copy_synapse_model, 4},
      {&RandomProgram::copy_node_model, 1},   {&RandomProgram::set_synapse_defaults, 6},
      {&RandomProgram::set_node_defaults, 1}, {&RandomProgram::set_neurons, 4},
      {&RandomProgram::set_generator, 3},     {&RandomProgram::set_recorder, 2},
      {&RandomProgram::set_rewards, 2},       {&RandomProgram::set_synapses, 5},
      {&RandomProgram::record_synapses, 2},   {&RandomProgram::get_connections, 4},
      {&RandomProgram::read_everything, 4},   {&RandomProgram::disconnect, 3},
      {&RandomProgram::set_status, 1},        {&RandomProgram::simulate_shortly, 20},
      {&RandomProgram::prepare_and_run, 4}};
  int left = 0;
  for (const Choice& choice : choices) left += choice.weight;
  left = static_cast<int>(below(static_cast<std::size_t>(left)));
  for (const Choice& choice : choices) {
    left -= choice.weight;
    if (left < 0) return (this->*choice.call)();
  }
}

void RandomProgram::run(int calls) {
  for (int i = 0; i < calls; ++i) {
    ++calls_;
    try {
      make_one_call();
    } catch (const Error& e) {
      ++refused_;
      CAPTURE(e.what());
      REQUIRE(e.kind() != ErrorKind::kInternalError);
      REQUIRE(e.kind() != ErrorKind::kNumericalInstability);
      REQUIRE(e.kind() != ErrorKind::kKernelException);
    }
  }
  simulate_shortly();
}

std::uint64_t RandomProgram::digest() {
  StateDigest digest;
  digest.add(status(kernel_, "biological_time"));
  digest.add(status(kernel_, "num_connections"));
  for (const Ids* ids : {&recorders_, &meters_}) {
    for (const NodeId id : *ids) {
      for (const auto& [key, values] : kernel_.events(id)) digest.add(values);
    }
  }
  const SynapseList all = kernel_.get_connections({});
  for (const char* key : {"source", "target", "weight", "delay"}) {
    digest.add(kernel_.get_synapses(all, key));
  }
  return digest.value();
}

}  // namespace tegmenta::testing
