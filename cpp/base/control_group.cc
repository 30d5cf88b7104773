#include "base/control_group.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <optional>
#include <sstream>
#include <string_view>

namespace tegmenta {

namespace {

constexpr double kNone = std::numeric_limits<double>::infinity();

/// A hierarchy of groups: where it is mounted, and the path of the process's group in it.
struct Hierarchy {
  std::string mount, path;
};

struct Hierarchies {
  std::optional<Hierarchy> unified, memory, processors;
};

bool lists(const std::string& controllers, std::string_view name) {
  std::istringstream list(controllers);
  for (std::string each; std::getline(list, each, ',');) {
    if (each == name) return true;
  }
  return false;
}

/// Lines of /proc/self/cgroup: "number:controllers:path"; none of version 2 has controllers.
Hierarchies hierarchies(const std::string& root) {
  Hierarchies found;
  const std::string mounts = root + "/sys/fs/cgroup";
  std::ifstream file(root + "/proc/self/cgroup");
  for (std::string line; std::getline(file, line);) {
    const std::size_t first = line.find(':'), second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    const std::string path = line.substr(second + 1);
    if (controllers.empty()) {
      // Beside version 1 it may be mounted one level down.
      const bool alone = std::ifstream(mounts + "/cgroup.controllers").good();
      found.unified = {alone ? mounts : mounts + "/unified", path};
    }
    if (lists(controllers, "memory")) found.memory = {mounts + "/memory", path};
    if (lists(controllers, "cpu")) found.processors = {mounts + "/cpu", path};
  }
  return found;
}

/// Calls look(folder) for the group and all above it. In a container the path may be that of the
/// host, of which only the mount is seen.
template <typename Look>
double least(const Hierarchy& at, Look&& look) {
  std::string path = at.path == "/" ? "" : at.path;
  double least = look(at.mount);
  for (; !path.empty() && path.front() == '/'; path.erase(path.rfind('/'))) {
    least = std::min(least, look(at.mount + path));
  }
  return least;
}

/// The number in a file; none where it is missing or says "max".
std::optional<double> number_in(const std::string& file) {
  double number = 0;
  std::ifstream stream(file);
  if (stream >> number) return number;
  return std::nullopt;
}

/// A line "key number" of a file.
double entry_in(const std::string& file, std::string_view wanted) {
  std::ifstream stream(file);
  std::string key;
  for (double number = 0; stream >> key >> number;) {
    if (key == wanted) return number;
  }
  return 0;
}

struct MemoryFiles {
  const char *limit, *used, *inactive;  // the last in memory.stat
};
constexpr MemoryFiles kMemoryFiles[] = {
    {"/memory.max", "/memory.current", "inactive_file"},
    {"/memory.limit_in_bytes", "/memory.usage_in_bytes", "total_inactive_file"}};

double free_memory(const std::string& folder, const MemoryFiles& files) {
  constexpr double kUnlimited = 0x1p60;  // version 1 writes its largest number
  const std::optional<double> limit = number_in(folder + files.limit);
  const std::optional<double> used = number_in(folder + files.used);
  if (!limit || !used || *limit >= kUnlimited) return kNone;
  const double dropped = entry_in(folder + "/memory.stat", files.inactive);
  return std::max(0.0, *limit - std::max(0.0, *used - dropped));
}

double quota_of_v2(const std::string& folder) {
  double quota = 0, period = 0;
  std::ifstream file(folder + "/cpu.max");
  if (file >> quota >> period && quota > 0 && period > 0) return quota / period;
  return kNone;
}

double quota_of_v1(const std::string& folder) {
  const std::optional<double> quota = number_in(folder + "/cpu.cfs_quota_us");
  const std::optional<double> period = number_in(folder + "/cpu.cfs_period_us");
  return quota && period && *quota > 0 && *period > 0 ? *quota / *period : kNone;
}

}  // namespace

ControlGroup control_group(const std::string& root) {
  ControlGroup group{kNone, kNone};
  const auto include = [](double& value, const std::optional<Hierarchy>& at, auto&& look) {
    if (at) value = std::min(value, least(*at, look));
  };
  const Hierarchies found = hierarchies(root);
  const auto memory_by = [](const MemoryFiles& files) {
    return [&files](const std::string& folder) { return free_memory(folder, files); };
  };
  include(group.free_memory, found.unified, memory_by(kMemoryFiles[0]));
  include(group.free_memory, found.memory, memory_by(kMemoryFiles[1]));
  include(group.processors, found.unified, quota_of_v2);
  include(group.processors, found.processors, quota_of_v1);
  return group;
}

}  // namespace tegmenta
