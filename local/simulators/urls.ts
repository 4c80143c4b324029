/** Where each simulator is, below the one port that they share. */
export interface SimulatorUrls {
  readonly graphBaseUrl: string;
  readonly geminiBaseUrl: string;
  readonly sendGridBaseUrl: string;
  /** A website that embeds the chat. */
  readonly siteUrl: string;
  /** A webhook that Slack gave out. */
  readonly slackWebhookUrl: string;
}

/** @param url of the phone page, without a slash at its end. */
export function simulatorUrls(url: string): SimulatorUrls {
  return {
    graphBaseUrl: `${url}/graph`,
    geminiBaseUrl: `${url}/gemini`,
    sendGridBaseUrl: `${url}/sendgrid`,
    siteUrl: `${url}/site`,
    slackWebhookUrl: `${url}/slack/services/TLOCAL/BLOCAL/local-example`,
  };
}
