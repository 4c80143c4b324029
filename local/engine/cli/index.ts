export { CLI_VERSION } from "./build.ts";
export { findPulumi } from "./find.ts";
