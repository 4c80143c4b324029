import { OAuth2Client } from "google-auth-library";
import { HttpProblem } from "./problem.ts";

export interface OidcOptions {
  /** Where the certificates are: Google's, or a local platform's. */
  readonly certsUrl: string;
  readonly audience: string;
  /** The one service account that may call. */
  readonly caller: string;
}

/** Throws unless the token is Google's, for us, from the caller we know. */
export type OidcVerifier = (token: string) => Promise<void>;

/** Checks the tokens of Pub/Sub and Scheduler: signature, issuer, expiry, audience, e-mail address. */
export function createOidcVerifier(options: OidcOptions): OidcVerifier {
  const client = new OAuth2Client({ endpoints: { oauth2FederatedSignonPemCertsUrl: options.certsUrl } });
  return async (token) => {
    const certificates = await fetchCertificates(client);
    const claims = await verify(client, token, certificates, options.audience);
    if (claims?.email !== options.caller || claims.email_verified !== true) {
      throw refused("The token is valid, but not of the service account that may call this path.");
    }
  };
}

type Certificates = Awaited<ReturnType<OAuth2Client["getFederatedSignonCertsAsync"]>>["certs"];

async function fetchCertificates(client: OAuth2Client): Promise<Certificates> {
  try {
    return (await client.getFederatedSignonCertsAsync()).certs;
  } catch (cause) {
    throw new HttpProblem({
      status: 503,
      code: "certificates_unavailable",
      title: "Certificates unavailable",
      detail: "The caller's token could not be checked, because the certificates could not be fetched. Try again.",
      headers: { "retry-after": "5" },
      cause,
    });
  }
}

async function verify(client: OAuth2Client, token: string, certificates: Certificates, audience: string) {
  try {
    const ticket = await client.verifySignedJwtWithCertsAsync(token, certificates, audience, client.issuers);
    return ticket.getPayload();
  } catch (cause) {
    throw refused("The token is not a valid one of Google's for this service: check its audience and its age.", cause);
  }
}

function refused(detail: string, cause?: unknown): HttpProblem {
  return new HttpProblem({
    status: 401,
    code: "invalid_service_token",
    title: "Unauthorized",
    detail,
    headers: { "www-authenticate": "Bearer" },
    cause,
  });
}
