import { Trans, useLingui } from "@lingui/react/macro";
import { CHANNELS } from "../../../app/channels/channel.ts";
import { Button } from "../../design/button.tsx";
import { Notice } from "../../design/notice.tsx";
import { useChannels } from "../data/inbox.ts";
import { useNow } from "../shell/use-now.ts";
import { ChannelCard } from "./channel-card.tsx";
import { type ChannelHealth, worstFirst } from "./health.ts";

/** OmniChannelStatus: one card a channel, the worst first. */
export default function StatusPage() {
  const { t } = useLingui();
  const now = useNow();
  const { value, error, retry } = useChannels();
  const channels = worstFirst(
    CHANNELS.map((channel) => value?.find((health) => health.channel === channel) ?? unseen(channel)),
  );
  const troubled = channels.filter(({ state }) => state === "offline" || state === "degraded").length;
  return (
    <section
      aria-labelledby="status-title"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="focus-inset h-full overflow-y-auto px-6 py-6 max-pane:px-4"
    >
      <div className="mx-auto max-w-220">
        <h2 id="status-title" className="text-page font-semibold">
          <Trans>Status dos canais</Trans>
        </h2>
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
        {value !== undefined && (
          <ul className="mt-5 grid gap-4 wide:grid-cols-2">
            {channels.map((health) => (
              <li key={health.channel}>
                <ChannelCard health={health} now={now} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function unseen(channel: ChannelHealth["channel"]): ChannelHealth {
  return { channel, state: "unknown", history: [], notices: [] };
}
