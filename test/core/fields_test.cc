// Numbers that are members of a struct are found by their member, wherever they are declared.
#include "models/fields.h"

#include <doctest/doctest.h>

#include "models/synapses/rule.h"

namespace tegmenta {
namespace {

struct Three {
  double first, second, third;
};

struct InOrder {
  using Own = Three;
  static constexpr std::tuple kFields{
      ColumnField<&Own::first>{.name = "first", .value = 1, .description = ""},
      OptionField<&Own::second>{.name = "second", .value = 2, .description = ""},
      StateField<&Own::third>{.name = "third", .value = 3, .description = ""}};
};
struct Exchanged {
  using Own = Three;
  static constexpr std::tuple kFields{
      StateField<&Own::third>{.name = "third", .value = 3, .description = ""},
      ColumnField<&Own::first>{.name = "first", .value = 1, .description = ""},
      OptionField<&Own::second>{.name = "second", .value = 2, .description = ""}};
};

static_assert(position<&Three::third>(InOrder::kFields) == 2);
static_assert(position<&Three::third>(Exchanged::kFields) == 0);
static_assert(declares_all<Three>(InOrder::kFields));
static_assert(declares_all<Three>(Exchanged::kFields));
// Options have no column.
static_assert(column_at<InOrder, &Three::third> == 1);
static_assert(column_at<Exchanged, &Three::first> == 1);

constexpr ColumnField<&Three::first> first{.name = "first", .description = ""};
constexpr ColumnField<&Three::second> second{.name = "second", .description = ""};
static_assert(!declares_all<Three>(std::tuple{first, second}));
static_assert(!declares_all<Three>(std::tuple{first, second, second}));

template <typename Rule>
void reads_and_keeps() {
  double firsts[] = {10, 20}, thirds[] = {30, 1e-200}, weights[] = {0, 0};
  VisitSynapses<double> s{};
  s.weights = weights;
  s.n = 2;
  s.columns[column_at<Rule, &Three::first>].values = firsts;
  s.columns[column_at<Rule, &Three::third>].values = thirds;
  const SynapsesOf<Rule, double> synapses(s);
  Three own = synapses.own(1);
  CHECK(own.first == 20);
  CHECK(own.second == 0);
  CHECK(own.third == 1e-200);
  synapses.keep(1, own);
  CHECK(thirds[1] == 0);  // a state that has all but vanished
  own.first = 21;
  own.third = 31;
  synapses.keep(1, own);
  CHECK(firsts[1] == 20);  // no state
  CHECK(thirds[1] == 31);
  CHECK(!synapses.uniform());
}

TEST_CASE("columns of synapses belong to members, in whatever order these are declared") {
  reads_and_keeps<InOrder>();
  reads_and_keeps<Exchanged>();
}

TEST_CASE("a field is declared with all that it says") {
  const ParameterDeclaration d =
      StateField<&Three::first>{
          .name = "x", .unit = "ms", .value = 3, .range = Range::positive(), .description = "Text."}
          .declaration();
  CHECK(d.name == "x");
  CHECK(d.unit == "ms");
  CHECK(d.default_value == 3);
  CHECK(d.range.text() == Range::positive().text());
  CHECK(d.role == Role::kState);
  CHECK(d.description == "Text.");
}

}  // namespace
}  // namespace tegmenta
