// The page's policy forbids making code from text. Zod would try it once and be refused, which the browser reports as a violation: so it
// is told not to, before any of its own code runs. A file of its own, because bundles run in an order of theirs.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
