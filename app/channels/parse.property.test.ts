import { testMutatedPayloads } from "./shapes/mutated.ts";

testMutatedPayloads(1_000, 60_000);
