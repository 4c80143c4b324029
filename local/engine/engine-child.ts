import "./lean-pulumi.ts";

/**
 * Loaded first by each process of Node.js that the engine starts: the provider and the policies. The engine ends them when
 * it ends. One that was killed cannot; then they have another parent, and nobody to work for.
 */

const ORPHAN_CHECK_MS = 1_000;
const engine = process.ppid;
setInterval(() => {
  if (process.ppid !== engine) process.exit(0);
}, ORPHAN_CHECK_MS).unref();
