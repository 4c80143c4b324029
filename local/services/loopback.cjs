"use strict";

// Cloud Run wants a server on every interface; on a laptop that would open it to the network. Loaded before the app
// (NODE_OPTIONS=--require), this binds what asks for every interface to this machine alone.
const { Server } = require("node:net");

const LOOPBACK = "127.0.0.1";
const EVERYWHERE = new Set([undefined, "", "0.0.0.0", "::"]);
const listen = Server.prototype.listen;

Server.prototype.listen = function listenOnLoopback(...args) {
  const [first, second] = args;
  if (typeof first === "object" && first !== null) {
    if (first.port !== undefined && EVERYWHERE.has(first.host)) args[0] = { ...first, host: LOOPBACK };
  } else if (typeof first === "number" || (typeof first === "string" && /^\d+$/.test(first))) {
    if (typeof second === "string") {
      if (EVERYWHERE.has(second)) args[1] = LOOPBACK;
    } else {
      args.splice(1, second === undefined && args.length > 1 ? 1 : 0, LOOPBACK);
    }
  }
  return listen.apply(this, args);
};
