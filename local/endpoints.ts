import { HOST, type LocalPorts } from "./ports.ts";
import { PROJECT } from "./project.ts";
import { simulatorUrls } from "./simulators/urls.ts";
import type { Endpoints } from "./stack.ts";

/** Where a stack on these ports finds what stands for the world: known before anything listens there. */
export function endpointsOf(ports: LocalPorts, geminiIsReal: boolean): Endpoints {
  const world = `http://${HOST}:${ports.simulators}`;
  const simulators = simulatorUrls(world);
  const platform = `http://${HOST}:${ports.platform}`;
  return {
    project: PROJECT,
    graphBaseUrl: simulators.graphBaseUrl,
    geminiBaseUrl: geminiIsReal ? `${platform}/gemini` : simulators.geminiBaseUrl,
    oidcCertsUrl: `${platform}/oauth2/v1/certs`,
    services: {
      sendGridBaseUrl: simulators.sendGridBaseUrl,
      slackWebhookUrl: simulators.slackWebhookUrl,
      publicUrl: `http://${HOST}:${ports.api}`,
      webchatAllowedOrigins: world,
      alertWebhookUrl: `${world}/notifications/webhook?token=local-example`,
    },
  };
}
