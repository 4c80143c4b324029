import type { RequestHandler } from "express";
import helmet from "helmet";

/** Where the browser may connect to beside us, and what a local stack adds. */
export interface BrowserHosts {
  /** `127.0.0.1:4403` */
  readonly firestoreEmulator?: string;
  readonly authEmulator?: string;
}

/** Firestore, sign-in and the renewal of tokens: what the web SDK calls. */
const GOOGLE_HOSTS = [
  "https://firestore.googleapis.com",
  "https://identitytoolkit.googleapis.com",
  "https://securetoken.googleapis.com",
];
/** Where Meta serves customers' pictures and files from. */
const META_MEDIA = ["https://*.fbcdn.net", "https://*.fbsbx.com", "https://*.cdninstagram.com"];

/** Security headers for every answer; no inline script or style anywhere. */
export function securityHeaders(hosts: BrowserHosts): RequestHandler {
  const emulators = [hosts.firestoreEmulator, hosts.authEmulator]
    .filter((host) => host !== undefined)
    .map((host) => `http://${host}`);
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", "data:", "blob:", ...META_MEDIA],
        mediaSrc: ["'self'", "blob:", ...META_MEDIA],
        connectSrc: ["'self'", ...GOOGLE_HOSTS, ...emulators],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    referrerPolicy: { policy: "no-referrer" },
    xFrameOptions: { action: "deny" },
  });
}
