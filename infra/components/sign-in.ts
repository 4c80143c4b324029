import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, type Place } from "../place.ts";

export interface SignInArgs extends Place {
  /** Host names, beside the project's own, that may ask people to sign in. */
  readonly domains: readonly string[];
  /** Whether people may make accounts by themselves. An account alone opens nothing: rights come from its claims. */
  readonly selfSignUp: boolean;
  /** Whether Identity Platform is on already: it can be turned on only once, so its settings are taken over then. */
  readonly exists: boolean;
}

/** What the inbox's web key is good for: signing in, and reading what the rules allow. */
const WEB_APIS = ["identitytoolkit.googleapis.com", "securetoken.googleapis.com", "firestore.googleapis.com"] as const;

/** Who may sign in to the inbox, and the public key with which a browser asks. */
export class SignIn extends pulumi.ComponentResource {
  /** Public: every visitor's browser gets it. It names the project and grants nothing. */
  readonly apiKey: pulumi.Output<string>;
  readonly authDomain: string;

  constructor(name: string, args: SignInArgs, opts?: pulumi.ComponentResourceOptions) {
    super("servio:identity:SignIn", name, { domains: [...args.domains], selfSignUp: args.selfSignUp }, opts);
    this.authDomain = `${args.project}.firebaseapp.com`;
    const config = new gcp.identityplatform.Config(
      name,
      {
        project: args.project,
        signIn: { email: { enabled: true, passwordRequired: true }, allowDuplicateEmails: false },
        client: { permissions: { disabledUserSignup: !args.selfSignUp, disabledUserDeletion: false } },
        // Every sign-in leaves a trace for whoever has to look into one.
        monitoring: { requestLogging: { enabled: true } },
        authorizedDomains: [this.authDomain, ...args.domains],
      },
      { ...childOptions(this, args), ...(args.exists ? { import: `projects/${args.project}/config` } : {}) },
    );
    const key = new gcp.projects.ApiKey(
      `${name}-web`,
      {
        // Without a name of ours: a deleted key keeps its own for 30 days, and the next `up` would fail on it.
        project: args.project,
        displayName: "Servio omnichannel inbox (public)",
        restrictions: {
          apiTargets: WEB_APIS.map((service) => ({ service })),
          // The service's own host name is known only after this key; so the key is bound to hosts only when all are named.
          ...(args.domains.length > 0
            ? { browserKeyRestrictions: { allowedReferrers: args.domains.map((domain) => `https://${domain}/*`) } }
            : {}),
        },
      },
      { ...childOptions(this, args), dependsOn: [...args.after, config] },
    );
    // Marked secret by the provider. Left so, it would hide the whole environment of the service in every preview.
    this.apiKey = pulumi.unsecret(key.keyString);
    this.registerOutputs({ apiKey: this.apiKey });
  }
}
