import { Trans, useLingui } from "@lingui/react/macro";
import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../design/button.tsx";
import { CHANNEL_NAMES } from "../../design/channel-mark.tsx";
import type { Conversation } from "../data/model.ts";
import { clockTime, daysBetween, fullTime } from "../format/time.ts";
import { useTimeStyle } from "../format/use-style.ts";
import { useNow } from "../shell/use-now.ts";
import { composerState } from "./composer-state.ts";
import { useActions } from "./use-actions.ts";
import { WriteBox } from "./write-box.tsx";

/** The place to answer, or the sentence that says why there is none and what is possible instead. */
export function Composer({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useLingui();
  const now = useNow();
  const { setStatus } = useActions(conversation);
  const state = composerState(conversation, now);
  const channel = CHANNEL_NAMES[conversation.channel];

  if (state.kind === "conversation_closed")
    return (
      <Shut>
        <span className="min-w-0 flex-1">
          <Trans>Esta conversa está fechada. Ela reabre sozinha quando o cliente escrever.</Trans>
        </span>
        <Button onClick={() => setStatus("active")}>
          <Trans>Reabrir</Trans>
        </Button>
      </Shut>
    );
  if (state.kind === "window_closed") {
    return (
      <Shut>
        <span className="min-w-0 flex-1">
          <WindowClosed channel={channel} since={state.since} now={now} />
        </span>
      </Shut>
    );
  }
  const hints = {
    none: "",
    asked_for: t`O assistente pediu uma pessoa. Ao enviar, você assume.`,
    takes_over: t`O assistente está com esta conversa. Ao enviar, você assume.`,
    person_only: t`Passaram 24 h: o assistente não pode mais escrever, você ainda pode.`,
  };
  return <WriteBox conversation={conversation} hint={hints[state.hint]} />;
}

function WindowClosed({
  channel,
  since,
  now,
}: {
  readonly channel: string;
  readonly since: number | undefined;
  readonly now: number;
}) {
  const style = useTimeStyle();
  if (since === undefined)
    return (
      <Trans>
        O {channel} só deixa responder a quem escreveu antes. Quando o cliente escrever, você pode responder aqui.
      </Trans>
    );
  if (daysBetween(since, now, style) === 0) {
    const time = clockTime(since, style);
    return (
      <Trans>
        A janela de resposta do {channel} fechou às {time}. Ela reabre por 24 h quando o cliente escrever.
      </Trans>
    );
  }
  const date = fullTime(since, style);
  return (
    <Trans>
      A janela de resposta do {channel} fechou em {date}. Ela reabre por 24 h quando o cliente escrever.
    </Trans>
  );
}

function Shut({ children }: { readonly children: ReactNode }) {
  return (
    <div className="shrink-0 border-t border-line bg-surface px-4 py-3">
      <div className="mx-auto flex max-w-180 items-center gap-3 text-list text-muted">
        <Lock aria-hidden className="size-4 shrink-0" />
        {children}
      </div>
    </div>
  );
}
