import { Trans, useLingui } from "@lingui/react/macro";
import { CHANNELS } from "../../../app/channels/channel.ts";
import { Button } from "../../design/button.tsx";
import { Notice } from "../../design/notice.tsx";
import { useChannels } from "../data/inbox.ts";
import { useMetrics } from "../metrics/use-metrics.ts";
import { useApiPorts } from "../session/use-api-ports.ts";
import { Page } from "../shell/page.tsx";
import { useNow } from "../shell/use-now.ts";
import { ChannelCard } from "./channel-card.tsx";
import { type ChannelHealth, worstFirst } from "./health.ts";
import { Present } from "./present.tsx";
import { ProbeButton } from "./probe-button.tsx";

/** OmniChannelStatus: one card a channel, the worst first. */
export default function StatusPage() {
  const { t } = useLingui();
  const now = useNow();
  const { value, error, retry } = useChannels();
  const metrics = useMetrics(useApiPorts(), "24h");
  const channels = worstFirst(
    CHANNELS.map((channel) => value?.find((health) => health.channel === channel) ?? unseen(channel)),
  );
  const troubled = channels.filter(({ state }) => state === "offline" || state === "degraded").length;
  return (
    <Page title={t`Status dos canais`} actions={<ProbeButton onProbed={() => void metrics.retry()} />}>
      {error === undefined && value !== undefined && (
        <p role="status" className="mt-1 text-body text-muted">
          {troubled === 0 ? t`Nenhum canal com problema.` : t`Canais com problema: ${troubled}.`}
        </p>
      )}
      {error !== undefined && (
        <Notice tone="bad" urgent className="mt-4">
          <Trans>O estado dos canais não pôde ser lido. As mensagens continuam chegando.</Trans>
          <Button className="mt-2" onClick={retry}>
            <Trans>Tentar de novo</Trans>
          </Button>
        </Notice>
      )}
      {metrics.value !== undefined && <Present metrics={metrics.value} now={now} />}
      {metrics.failed && (
        <Notice tone="bad" urgent className="mt-4">
          <Trans>O que espera e as filas não puderam ser lidos; nova tentativa em um minuto.</Trans>
          <Button className="mt-2 flex" onClick={() => void metrics.retry()}>
            <Trans>Tentar de novo</Trans>
          </Button>
        </Notice>
      )}
      {value !== undefined && (
        <ul className="mt-5 grid gap-4 wide:grid-cols-2">
          {channels.map((health) => (
            <li key={health.channel}>
              <ChannelCard health={health} now={now} />
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

function unseen(channel: ChannelHealth["channel"]): ChannelHealth {
  return { channel, state: "unknown", history: [], notices: [] };
}
