// Makes allocations and threads of the addon fail, and nobody else's: what calls from the code of
// the addon (its C++ library included) is counted, and the k-th gets none. Preloaded into the
// process (LD_PRELOAD), and at the same time an addon by which JavaScript commands it.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <node_api.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

// Where the addon lies.
static atomic_uintptr_t low, high;

struct Failing {
  atomic_long left;     // calls until one fails; below 0: none does
  atomic_bool forever;  // and so do all further ones
  atomic_long counted, failed;
};
static struct Failing memory = {-1, false, 0, 0}, threads = {-1, false, 0, 0};

static bool fails(struct Failing *kind, const void *caller) {
  const uintptr_t at = (uintptr_t)caller;
  if (at < low || at >= high) return false;
  atomic_fetch_add(&kind->counted, 1);
  if (atomic_load(&kind->left) < 0) return false;
  const long left = atomic_fetch_sub(&kind->left, 1);
  if (left > 0) return false;
  if (kind->forever) atomic_store(&kind->left, 0);
  atomic_fetch_add(&kind->failed, 1);
  return true;
}

#define NO_MEMORY fails(&memory, __builtin_return_address(0))

void *malloc(size_t bytes) {
  if (!NO_MEMORY) return __libc_malloc(bytes);
  errno = ENOMEM;
  return NULL;
}

void *calloc(size_t count, size_t bytes) {
  if (!NO_MEMORY) return __libc_calloc(count, bytes);
  errno = ENOMEM;
  return NULL;
}

void *realloc(void *old, size_t bytes) {
  if (!NO_MEMORY) return __libc_realloc(old, bytes);
  errno = ENOMEM;
  return NULL;
}

void *aligned_alloc(size_t alignment, size_t bytes) {
  if (!NO_MEMORY) return __libc_memalign(alignment, bytes);
  errno = ENOMEM;
  return NULL;
}

int posix_memalign(void **made, size_t alignment, size_t bytes) {
  void *const memory_made = NO_MEMORY ? NULL : __libc_memalign(alignment, bytes);
  if (!memory_made) return ENOMEM;
  *made = memory_made;
  return 0;
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
                   void *argument) {
  static int (*create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
  if (!create) create = dlsym(RTLD_NEXT, "pthread_create");
  if (fails(&threads, __builtin_return_address(0))) return EAGAIN;
  return create(thread, attributes, run, argument);
}

static int find_addon(struct dl_phdr_info *module, size_t size, void *name) {
  (void)size;
  if (!module->dlpi_name || strcmp(module->dlpi_name, name) != 0) return 0;
  uintptr_t from = UINTPTR_MAX, to = 0;
  for (int i = 0; i < module->dlpi_phnum; ++i) {
    if (module->dlpi_phdr[i].p_type != PT_LOAD) continue;
    const uintptr_t begin = module->dlpi_addr + module->dlpi_phdr[i].p_vaddr;
    if (begin < from) from = begin;
    if (begin + module->dlpi_phdr[i].p_memsz > to) to = begin + module->dlpi_phdr[i].p_memsz;
  }
  low = from;
  high = to;
  return 1;
}

// watch(path of the addon): whether it is loaded.
static napi_value watch(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value argument, found;
  char name[4096] = "";
  napi_get_cb_info(env, info, &count, &argument, NULL, NULL);
  napi_get_value_string_utf8(env, argument, name, sizeof name, NULL);
  napi_get_boolean(env, dl_iterate_phdr(find_addon, name) != 0, &found);
  return found;
}

// arm(what, k, forever): the k-th call from now on fails, counted from 0; 'memory' or 'threads'.
static napi_value arm(napi_env env, napi_callback_info info) {
  size_t count = 3;
  napi_value arguments[3];
  char what[16] = "";
  int64_t k = 0;
  bool forever = false;
  napi_get_cb_info(env, info, &count, arguments, NULL, NULL);
  napi_get_value_string_utf8(env, arguments[0], what, sizeof what, NULL);
  napi_get_value_int64(env, arguments[1], &k);
  napi_get_value_bool(env, arguments[2], &forever);
  struct Failing *const kind = what[0] == 't' ? &threads : &memory;
  kind->failed = 0;
  kind->counted = 0;
  kind->forever = forever;
  kind->left = k;
  return NULL;
}

// disarm(): how many calls were counted and how many failed since arm(), of both.
static napi_value disarm(napi_env env, napi_callback_info info) {
  (void)info;
  memory.left = threads.left = -1;
  napi_value result, counted, failed;
  napi_create_object(env, &result);
  napi_create_int64(env, memory.counted + threads.counted, &counted);
  napi_create_int64(env, memory.failed + threads.failed, &failed);
  memory.counted = threads.counted = memory.failed = threads.failed = 0;
  napi_set_named_property(env, result, "counted", counted);
  napi_set_named_property(env, result, "failed", failed);
  return result;
}

napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  const struct {
    const char *name;
    napi_callback call;
  } functions[] = {{"watch", watch}, {"arm", arm}, {"disarm", disarm}};
  for (size_t i = 0; i < sizeof functions / sizeof functions[0]; ++i) {
    napi_value function;
    napi_create_function(env, functions[i].name, NAPI_AUTO_LENGTH, functions[i].call, NULL,
                         &function);
    napi_set_named_property(env, exports, functions[i].name, function);
  }
  return exports;
}
