// Limits of containers and services, read from files that lie as the kernel lays them out.
#include "base/control_group.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>

using namespace tegmenta;

namespace {

class Files {
 public:
  Files() { std::filesystem::create_directories(root_); }
  ~Files() { std::filesystem::remove_all(root_); }
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;

  Files& add(const std::string& path, const std::string& text) {
    const std::filesystem::path file = root_ + path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
    return *this;
  }
  ControlGroup group() const { return control_group(root_); }

 private:
  std::string root_ =
      (std::filesystem::temp_directory_path() / ("tegmenta-groups-" + std::to_string(getpid())))
          .string();
};

constexpr const char* kMounts = "/sys/fs/cgroup";

}  // namespace

TEST_CASE("control groups: no files, no limits") {
  const ControlGroup group = Files().group();
  CHECK(std::isinf(group.free_memory));
  CHECK(std::isinf(group.processors));
}

TEST_CASE("control groups: version 2, the tightest group above counts") {
  const std::string slice = std::string(kMounts) + "/a.slice", own = slice + "/b.service";
  Files files;
  files.add("/proc/self/cgroup", "0::/a.slice/b.service\n")
      .add(std::string(kMounts) + "/cgroup.controllers", "cpu memory\n")
      .add(own + "/memory.max", "max\n")
      .add(own + "/memory.current", "100\n")
      .add(own + "/cpu.max", "max 100000\n");
  CHECK(std::isinf(files.group().free_memory));
  CHECK(std::isinf(files.group().processors));
  files.add(slice + "/memory.max", "500000000\n")
      .add(slice + "/memory.current", "300000000\n")
      .add(slice + "/memory.stat", "anon 1\nfile 2\ninactive_file 50000000\nslab 3\n")
      .add(slice + "/cpu.max", "150000 100000\n");
  CHECK(files.group().free_memory == 250e6);
  CHECK(files.group().processors == 1.5);
  files.add(own + "/memory.max", "310000000\n").add(own + "/memory.current", "290000000\n");
  CHECK(files.group().free_memory == 20e6);
  files.add(own + "/memory.current", "320000000\n");
  CHECK(files.group().free_memory == 0);
}

TEST_CASE("control groups: a container sees its own group at the mount") {
  Files files;
  files.add("/proc/self/cgroup", "0::/../../docker/1234\n")
      .add(std::string(kMounts) + "/cgroup.controllers", "cpu memory\n")
      .add(std::string(kMounts) + "/memory.max", "500000000\n")
      .add(std::string(kMounts) + "/memory.current", "100000000\n")
      .add(std::string(kMounts) + "/cpu.max", "200000 100000\n");
  CHECK(files.group().free_memory == 400e6);
  CHECK(files.group().processors == 2);
}

TEST_CASE("control groups: version 1") {
  const std::string memory = std::string(kMounts) + "/memory", own = memory + "/docker/12";
  const std::string processors = std::string(kMounts) + "/cpu/docker/12";
  Files files;
  files
      .add("/proc/self/cgroup",
           "11:cpuset:/\n4:cpu,cpuacct:/docker/12\n3:memory:/docker/12\n1:name=systemd:/x\n")
      .add(memory + "/memory.limit_in_bytes", "9223372036854771712\n")
      .add(memory + "/memory.usage_in_bytes", "4000000000\n")
      .add(own + "/memory.limit_in_bytes", "500000000\n")
      .add(own + "/memory.usage_in_bytes", "450000000\n")
      .add(own + "/memory.stat", "cache 1\ntotal_inactive_file 30000000\n")
      .add(processors + "/cpu.cfs_quota_us", "-1\n")
      .add(processors + "/cpu.cfs_period_us", "100000\n");
  CHECK(files.group().free_memory == 80e6);
  CHECK(std::isinf(files.group().processors));
  files.add(processors + "/cpu.cfs_quota_us", "50000\n");
  CHECK(files.group().processors == 0.5);
}
