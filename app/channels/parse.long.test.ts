import { testMutatedPayloads } from "./shapes/mutated.ts";

/** Signed nonsense of any shape, 100,000 payloads for each property. */
testMutatedPayloads(100_000, 1_500_000);
