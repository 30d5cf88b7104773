#include "kernel/accounts.h"

#include <algorithm>
#include <mutex>

namespace tegmenta {

namespace {

struct Accounts {
  std::mutex mutex;
  std::uint64_t next = 1;
  std::vector<const KernelAccount*> list;
};

// Never destroyed: a kernel may outlast main().
Accounts& accounts() {
  static Accounts* const instance = new Accounts;
  return *instance;
}

std::uint64_t next_number() {
  Accounts& all = accounts();
  const std::lock_guard lock(all.mutex);
  return all.next++;
}

}  // namespace

KernelAccount::KernelAccount() : kernel_(next_number()) {
  Accounts& all = accounts();
  const std::lock_guard lock(all.mutex);
  all.list.push_back(this);
}

KernelAccount::~KernelAccount() {
  Accounts& all = accounts();
  const std::lock_guard lock(all.mutex);
  std::erase(all.list, this);
}

void KernelAccount::note(std::int64_t total, const MemoryParts& parts) noexcept {
  total_ = total;
  nodes_ = parts.nodes;
  recorders_ = parts.recorders;
  synapses_ = parts.synapses;
  under_way_ = parts.under_way;
  plasticity_ = parts.plasticity;
}

std::vector<KernelMemory> KernelAccount::all() {
  Accounts& accounts = tegmenta::accounts();
  const std::lock_guard lock(accounts.mutex);
  std::vector<KernelMemory> list;
  for (const KernelAccount* a : accounts.list) {
    if (a->total_ == 0) continue;
    list.push_back({a->kernel_,
                    a->total_,
                    {a->nodes_, a->recorders_, a->synapses_, a->under_way_, a->plasticity_}});
  }
  return list;
}

}  // namespace tegmenta
