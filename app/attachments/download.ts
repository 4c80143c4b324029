/** Where a file is, as the channel told. */
export interface FileAddress {
  readonly url: string;
  /** Sent only to the host of `url` itself, never to where it redirects. */
  readonly authorization?: string;
}

export type Download =
  | { readonly ok: true; readonly bytes: AsyncIterable<Uint8Array>; readonly size: number | undefined }
  /** `later`: worth another try. */
  | { readonly ok: false; readonly why: "expired" | "host_refused" | "later"; readonly detail: string };

/** Fetches a file; never throws for what the other side does before the first byte. */
export type Downloader = (address: FileAddress) => Promise<Download>;

export interface DownloaderOptions {
  /**
   * Besides Meta's hosts: where Graph is configured to be. In the cloud that is Meta's as well; in a local stack it is the
   * simulator, which serves the files too.
   */
  readonly graphBaseUrl: string;
  readonly fetch?: typeof fetch;
  /** For a whole file, in milliseconds. Default 60,000. */
  readonly timeoutMs?: number;
}

/** Where Meta serves files from. https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#download-media */
const META_DOMAINS = ["fbsbx.com", "fbcdn.net", "cdninstagram.com", "whatsapp.net"] as const;
const TIMEOUT_MS = 60_000;
const MOST_REDIRECTS = 3;
/** Gone, or an address whose time is over: Meta's CDN answers 403 to those. */
const EXPIRED: ReadonlySet<number> = new Set([400, 401, 403, 404, 410]);

/**
 * Downloads from Meta's hosts and nowhere else. An address comes from outside, signed or not: followed blindly it could
 * make this service read its own network (https://owasp.org/www-community/attacks/Server_Side_Request_Forgery). So each
 * hop is looked at, redirects included, and the token goes to the first host only.
 */
export function createDownloader(options: DownloaderOptions): Downloader {
  const request = options.fetch ?? fetch;
  const trusted = new URL(options.graphBaseUrl).origin;
  return async ({ url, authorization }) => {
    const signal = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
    let current = url;
    for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
      const target = allowedUrl(current, trusted);
      if (!target) return { ok: false, why: "host_refused", detail: hostOf(current) };
      const sameHost = target.host === hostOf(url);
      let response: Response;
      try {
        response = await request(target, {
          redirect: "manual",
          signal,
          headers: authorization !== undefined && sameHost ? { authorization } : {},
        });
      } catch (error) {
        return { ok: false, why: "later", detail: error instanceof Error ? error.message : String(error) };
      }
      const location = response.headers.get("location");
      if (response.status >= 300 && response.status < 400 && location !== null) {
        await response.body?.cancel();
        current = URL.canParse(location, target.href) ? new URL(location, target).href : location;
        continue;
      }
      return read(response);
    }
    return { ok: false, why: "later", detail: `more than ${MOST_REDIRECTS} redirects` };
  };
}

async function read(response: Response): Promise<Download> {
  if (response.ok && response.body) {
    const length = response.headers.get("content-length");
    return { ok: true, bytes: response.body, size: length === null ? undefined : Number(length) };
  }
  await response.body?.cancel();
  const detail = `HTTP ${response.status}`;
  return { ok: false, why: EXPIRED.has(response.status) ? "expired" : "later", detail };
}

/** The address, if it may be called: Meta's over https on the usual port, or the configured Graph's own origin. */
function allowedUrl(text: string, trusted: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") return undefined;
  if (url.origin === trusted) return url;
  const isMeta = META_DOMAINS.some((domain) => url.hostname === domain || url.hostname.endsWith(`.${domain}`));
  return isMeta && url.protocol === "https:" && url.port === "" ? url : undefined;
}

function hostOf(text: string): string {
  return URL.canParse(text) ? new URL(text).host : "";
}
