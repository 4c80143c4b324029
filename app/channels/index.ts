export * from "./channel.ts";
export { type ChannelsOptions, channelsOptions, createChannels, createParsers, type Parsers } from "./create.ts";
export { sameSecret, signBody, verifySignature } from "./signature.ts";
export { shortenText, TEXT_LIMITS } from "./text.ts";
export { PERSON_WINDOW_MS, STANDARD_WINDOW_MS, sendingWindow } from "./window.ts";
