#include "kernel_wrap.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "addon_data.h"
#include "interrupt.h"
#include "registry.h"
#include "run_task.h"
#include "synapses_wrap.h"
#include "values.h"

namespace tegmenta::binding {

Napi::Function KernelWrap::define(Napi::Env env) {
  static const Entry<KernelWrap> kEntries[] = {
      {"create", &KernelWrap::create},
      {"nodeKeys", &KernelWrap::node_keys},
      {"getNode", &KernelWrap::get_node},
      {"getNodes", &KernelWrap::get_nodes},
      {"setNodes", &KernelWrap::set_nodes},
      {"connect", &KernelWrap::connect},
      {"disconnect", &KernelWrap::disconnect},
      {"getConnections", &KernelWrap::get_connections},
      {"getDefaults", &KernelWrap::get_defaults},
      {"setDefaults", &KernelWrap::set_defaults},
      {"copyModel", &KernelWrap::copy_model},
      {"loadModels", &KernelWrap::load_models},
      {"nodeModel", &KernelWrap::node_model},
      {"getStatus", &KernelWrap::get_status},
      {"setStatus", &KernelWrap::set_status},
      {"checkRun", &KernelWrap::check_run},
      {"prepare", &KernelWrap::prepare},
      {"run", &KernelWrap::run},
      {"cleanup", &KernelWrap::cleanup},
      {"simulate", &KernelWrap::simulate},
      {"runAsync", &KernelWrap::run_async},
      {"prepareAsync", &KernelWrap::prepare_async},
      {"getConnectionsAsync", &KernelWrap::get_connections_async},
      {"saveState", &KernelWrap::save_state},
      {"saveStateAsync", &KernelWrap::save_state_async},
      {"loadState", &KernelWrap::load_state},
      {"loadStateAsync", &KernelWrap::load_state_async},
      {"cancel", &KernelWrap::cancel},
      {"running", &KernelWrap::running, true},
      {"events", &KernelWrap::events},
      {"eventsFrom", &KernelWrap::events_from},
      {"releaseEvents", &KernelWrap::release_events},
      {"firstHeld", &KernelWrap::first_held},
      {"addReader", &KernelWrap::add_reader},
      {"moveReader", &KernelWrap::move_reader},
      {"removeReader", &KernelWrap::remove_reader},
      {"writtenRecorders", &KernelWrap::written_recorders},
      {"drawParameter", &KernelWrap::draw_parameter},
      {"resetState", &KernelWrap::reset_state},
      {"reset", &KernelWrap::reset},
      {"dispose", &KernelWrap::dispose},
  };
  return define_class(env, "NativeKernel", kEntries);
}

KernelWrap::KernelWrap(Napi::Env env) : Wrapped(env), simulator_(std::make_shared<Simulator>()) {
  account(env);
}

void KernelWrap::account(Napi::BasicEnv env) noexcept {
  if (simulator_->running()) return;  // the end of the run catches up
  std::int64_t held = 0;
  try {
    held = simulator_->bytes();
  } catch (...) {  // disposed: holds nothing
  }
  Wrapped::account(env, held);
}

// --- nodes ------------------------------------------------------------------

Napi::Value KernelWrap::create(const Napi::CallbackInfo& info) {
  const std::string model = to_text(info[0], "model");
  const double n = to_number(info[1], "n");
  const auto count = n >= 1 ? static_cast<std::size_t>(std::min(n, 4294967295.0)) : 0;
  const NodeId first = simulator_->create_by_group(model, n, to_groups(info[2], "params", count));
  account(info.Env());
  return Napi::Number::New(info.Env(), first);
}

Napi::Value KernelWrap::node_keys(const Napi::CallbackInfo& info) {
  return strings_to_js(info.Env(), simulator_->node_keys(to_text(info[0], "model")));
}

// One number makes no array.
Napi::Value KernelWrap::get_node(const Napi::CallbackInfo& info) {
  const NodeId id = to_node_id(info[0], "id");
  Result column = simulator_->get_nodes({&id, 1}, to_text(info[1], "key"));
  if (const auto* numbers = std::get_if<Column<double>>(&column.value)) {
    return Napi::Number::New(info.Env(), numbers->front());
  }
  if (const auto* texts = std::get_if<NameColumn>(&column.value)) {
    return Napi::String::New(info.Env(), texts->names().front());
  }
  return result_to_js(info.Env(), std::move(std::get<ResultList>(column.value).front()));
}

Napi::Value KernelWrap::get_nodes(const Napi::CallbackInfo& info) {
  const std::vector<NodeId> ids = to_u32(info[0], "ids");
  return result_to_js(info.Env(), simulator_->get_nodes(ids, to_text(info[1], "key")));
}

Napi::Value KernelWrap::set_nodes(const Napi::CallbackInfo& info) {
  const std::vector<NodeId> ids = to_u32(info[0], "ids");
  simulator_->set_nodes_by_group(ids, to_groups(info[1], "params", ids.size()));
  return info.Env().Undefined();
}

// --- connections --------------------------------------------------------------

Napi::Value KernelWrap::connect(const Napi::CallbackInfo& info) {
  const std::vector<NodeId> pre = to_u32(info[0], "pre");
  const std::vector<NodeId> post = to_u32(info[1], "post");
  const Properties rule = to_properties(info[2], "conn_spec");
  simulator_->connect_collocated(pre, post, rule, to_list_of_properties(info[3], "syn_spec"));
  account(info.Env());
  return info.Env().Undefined();
}

Napi::Value KernelWrap::disconnect(const Napi::CallbackInfo& info) {
  const std::vector<NodeId> pre = to_u32(info[0], "pre");
  const std::vector<NodeId> post = to_u32(info[1], "post");
  const Properties rule = to_properties(info[2], "conn_spec");
  simulator_->disconnect(pre, post, rule, to_properties(info[3], "syn_spec"));
  account(info.Env());
  return info.Env().Undefined();
}

namespace {

ConnectionFilter to_filter(Napi::Value value) {
  ConnectionFilter filter;
  if (value.IsUndefined()) return filter;
  if (!value.IsObject()) {
    throw Error(ErrorKind::kTypeMismatch, "The filter of connections must be an object.",
                {{"parameter", std::string("filter")}, {"expected", std::string("an object")}});
  }
  const Napi::Object object = value.As<Napi::Object>();
  const Napi::Value source = object.Get("source");
  const Napi::Value target = object.Get("target");
  const Napi::Value model = object.Get("synapse_model");
  const Napi::Value label = object.Get("synapse_label");
  if (!source.IsUndefined()) filter.source = to_u32(source, "source");
  if (!target.IsUndefined()) filter.target = to_u32(target, "target");
  if (!model.IsUndefined()) filter.synapse_model = to_text(model, "synapse_model");
  if (!label.IsUndefined()) {
    const double number = to_number(label, "synapse_label");
    if (!(std::abs(number) < 9007199254740992.0) || number != std::floor(number)) {
      throw bad_value(ErrorKind::kBadParameterValue, "", "synapse_label", number, "an integer");
    }
    filter.synapse_label = static_cast<std::int64_t>(number);
  }
  return filter;
}

}  // namespace

Napi::Value KernelWrap::get_connections(const Napi::CallbackInfo& info) {
  SynapseList list = simulator_->get_connections(to_filter(info[0]));
  account(info.Env());  // a first read after Connect lays the synapses out
  return SynapsesWrap::make(info.Env(), simulator_, std::move(list));
}

// --- models and status --------------------------------------------------------

Napi::Value KernelWrap::get_defaults(const Napi::CallbackInfo& info) {
  return map_to_js(info.Env(), simulator_->get_defaults(to_text(info[0], "model")));
}

Napi::Value KernelWrap::set_defaults(const Napi::CallbackInfo& info) {
  const std::string model = to_text(info[0], "model");
  simulator_->set_defaults(model, to_properties(info[1], "params"));
  return info.Env().Undefined();
}

Napi::Value KernelWrap::copy_model(const Napi::CallbackInfo& info) {
  const std::string existing = to_text(info[0], "existing");
  const std::string name = to_text(info[1], "name");
  simulator_->copy_model(existing, name, to_properties(info[2], "params"));
  return info.Env().Undefined();
}

Napi::Value KernelWrap::load_models(const Napi::CallbackInfo& info) {
  std::vector<compiled::Code> neurons = to_codes(info[0], "neurons");
  std::vector<compiled::SynapseCode> synapses = to_synapse_codes(info[1], "synapses");
  simulator_->load_models(std::move(neurons), to_flag(info[2], "replace"), std::move(synapses));
  return info.Env().Undefined();
}

Napi::Value KernelWrap::node_model(const Napi::CallbackInfo& info) {
  return model_to_js(info.Env(), simulator_->describe_node_model(to_text(info[0], "model")));
}

Napi::Value KernelWrap::get_status(const Napi::CallbackInfo& info) {
  const std::vector<std::string> keys =
      info[0].IsUndefined() ? status_keys() : to_texts(info[0], "keys");
  return map_to_js(info.Env(), simulator_->get_status(keys));
}

Napi::Value KernelWrap::set_status(const Napi::CallbackInfo& info) {
  simulator_->set_status(to_properties(info[0], "params"));
  return info.Env().Undefined();
}

// --- simulation -----------------------------------------------------------------

namespace {

/// guards, and what has been used of them: events, seconds.
RunOptions to_run_options(const Napi::CallbackInfo& info, std::size_t from) {
  if (!info[from].IsObject()) return {};
  return {to_properties(info[from], "options"),
          {static_cast<std::uint64_t>(to_count(info[from + 1], "events")),
           to_number(info[from + 2], "wall_time")}};
}

}  // namespace

Napi::Value KernelWrap::check_run(const Napi::CallbackInfo& info) {
  simulator_->check_run(to_number(info[0], "ms"), info[1].ToBoolean(), to_run_options(info, 2));
  return info.Env().Undefined();
}

Napi::Value KernelWrap::prepare(const Napi::CallbackInfo& info) {
  simulator_->prepare();
  account(info.Env());
  return info.Env().Undefined();
}

Napi::Value KernelWrap::run(const Napi::CallbackInfo& info) { return run_here(info, true); }

Napi::Value KernelWrap::simulate(const Napi::CallbackInfo& info) { return run_here(info, false); }

Napi::Value KernelWrap::run_here(const Napi::CallbackInfo& info, bool prepared) {
  bool alive = true;
  const ProgressCallback look_at_javascript = [&](const Progress&) {
    if (alive && !(alive = javascript_runs(info.Env()))) simulator_->cancel();
  };
  simulator_->begin_run(to_number(info[0], "ms"), prepared);
  RunReport report;
  try {
    report = simulator_->run(look_at_javascript);
  } catch (...) {
    if (!alive) return Napi::Value();
    account(info.Env());
    throw;
  }
  if (!alive) return Napi::Value();
  account(info.Env());
  return report_to_js(info.Env(), report);
}

Napi::Value KernelWrap::cleanup(const Napi::CallbackInfo& info) {
  simulator_->cleanup();
  account(info.Env());
  return info.Env().Undefined();
}

// The job's functions hold the simulator: the wrapper may be collected when they run.
Napi::Value KernelWrap::run_async(const Napi::CallbackInfo& info) {
  return start(info.Env(), info[2], [&] {
    const double ms = to_number(info[0], "ms");
    const bool prepared = info[1].ToBoolean();
    const RunOptions options = to_run_options(info, 3);
    auto report = std::make_shared<RunReport>(RunReport{.cancelled = true});
    const auto simulator = simulator_;
    return RunTask::Job{
        [simulator, ms, prepared, options] { simulator->begin_run(ms, prepared, options); },
        [simulator, report](const ProgressCallback& progress) {
          *report = simulator->run_with_readers(progress);
        },
        [report](Napi::Env env) -> Napi::Value { return report_to_js(env, *report); }};
  });
}

Napi::Value KernelWrap::prepare_async(const Napi::CallbackInfo& info) {
  return start(info.Env(), info[0], [&] {
    auto complete = std::make_shared<bool>(false);
    const auto simulator = simulator_;
    return RunTask::Job{
        [simulator] { simulator->begin_prepare(); },
        [simulator, complete](const ProgressCallback& progress) {
          *complete = simulator->finish_prepare(progress);
        },
        [complete](Napi::Env env) -> Napi::Value { return Napi::Boolean::New(env, *complete); }};
  });
}

Napi::Value KernelWrap::get_connections_async(const Napi::CallbackInfo& info) {
  return start(info.Env(), info[1], [&] {
    auto filter = std::make_shared<ConnectionFilter>(to_filter(info[0]));
    auto found = std::make_shared<std::optional<SynapseList>>();
    const auto simulator = simulator_;
    return RunTask::Job{
        [simulator, filter] { simulator->begin_get_connections(std::move(*filter)); },
        [simulator, found](const ProgressCallback& progress) {
          *found = simulator->finish_get_connections(progress);
        },
        [simulator, found](Napi::Env env) -> Napi::Value {
          if (!*found) return env.Null();
          return SynapsesWrap::make(env, simulator, std::move(**found));
        }};
  });
}

Napi::Value KernelWrap::cancel(const Napi::CallbackInfo& info) {
  simulator_->cancel();
  return info.Env().Undefined();
}

Napi::Value KernelWrap::running(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), simulator_->running());
}

// --- results --------------------------------------------------------------------

Napi::Value KernelWrap::events(const Napi::CallbackInfo& info) {
  return map_to_js(info.Env(), simulator_->events(to_node_id(info[0], "id")));
}

Napi::Value KernelWrap::events_from(const Napi::CallbackInfo& info) {
  const NodeId recorder = to_node_id(info[0], "id");
  const std::uint64_t from = to_count(info[1], "from"), most = to_count(info[2], "most");
  return map_to_js(info.Env(), simulator_->events_from(recorder, from, most));
}

Napi::Value KernelWrap::release_events(const Napi::CallbackInfo& info) {
  simulator_->release_events(to_node_id(info[0], "id"), to_count(info[1], "end"));
  return info.Env().Undefined();
}

Napi::Value KernelWrap::first_held(const Napi::CallbackInfo& info) {
  const std::uint64_t first = simulator_->first_held(to_node_id(info[0], "id"));
  return Napi::Number::New(info.Env(), static_cast<double>(first));
}

Napi::Value KernelWrap::add_reader(const Napi::CallbackInfo& info) {
  const std::uint64_t reader = simulator_->readers().add(
      to_node_id(info[0], "id"), to_count(info[1], "limit"), to_count(info[2], "position"));
  return Napi::Number::New(info.Env(), static_cast<double>(reader));
}

Napi::Value KernelWrap::move_reader(const Napi::CallbackInfo& info) {
  simulator_->readers().move(to_count(info[0], "reader"), to_count(info[1], "position"));
  return info.Env().Undefined();
}

Napi::Value KernelWrap::remove_reader(const Napi::CallbackInfo& info) {
  simulator_->readers().remove(to_count(info[0], "reader"));
  return info.Env().Undefined();
}

Napi::Value KernelWrap::written_recorders(const Napi::CallbackInfo& info) {
  return u32_to_js(info.Env(), column_of(simulator_->written_recorders()));
}

Napi::Value KernelWrap::draw_parameter(const Napi::CallbackInfo& info) {
  const ParameterPtr parameter = to_parameter(info[0], "parameter");
  const auto n = static_cast<std::size_t>(to_count(info[1], "n"));
  return f64_to_js(info.Env(), column_of(simulator_->draw_parameter(parameter, n)));
}

// --- life -------------------------------------------------------------------------

Napi::Value KernelWrap::reset(const Napi::CallbackInfo& info) {
  simulator_->reset();
  account(info.Env());
  return info.Env().Undefined();
}

Napi::Value KernelWrap::dispose(const Napi::CallbackInfo& info) {
  simulator_->dispose();
  account(info.Env());
  return info.Env().Undefined();
}

}  // namespace tegmenta::binding
