import * as z from "zod";
import { common, defineHandler } from "../handler.ts";
import { digest } from "../names.ts";

export const config = defineHandler({
  inputs: z.looseObject({
    ...common,
    authorizedDomains: z.array(z.string()).optional(),
    signIn: z.looseObject({}).optional(),
  }),
  computed: [
    "authorizedDomains",
    "client",
    "mfa",
    "monitoring",
    "multiTenant",
    "name",
    "project",
    "signIn",
    "smsRegionConfig",
  ],
  create({ inputs }, cloud) {
    cloud.notes.add(
      "Identity Platform",
      "settings are recorded; the Auth emulator accepts every sign-in method and key",
    );
    const project = inputs.project ?? cloud.project;
    const name = `projects/${project}/config`;
    return {
      id: name,
      outputs: {
        authorizedDomains: inputs.authorizedDomains ?? ["localhost"],
        client: inputs.client ?? {
          apiKey: `local-${digest(name).slice(0, 24)}`,
          firebaseSubdomain: project,
          permissions: { disabledUserSignup: false, disabledUserDeletion: false },
        },
        mfa: inputs.mfa ?? { state: "DISABLED" },
        monitoring: inputs.monitoring ?? { requestLogging: { enabled: false } },
        multiTenant: inputs.multiTenant ?? { allowTenants: false },
        name,
        project,
        signIn: inputs.signIn ?? {},
        smsRegionConfig: inputs.smsRegionConfig ?? {},
      },
    };
  },
});
