'use strict';
// Preloaded by test-live.cjs: tells the parent now and then what this process holds, after a
// collection of garbage.
setInterval(() => {
  global.gc();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send({ seconds: process.uptime(), rss, held: heapUsed + external });
}, 5000).unref();
process.channel.unref();
