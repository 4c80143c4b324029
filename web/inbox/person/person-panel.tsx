import { useLingui } from "@lingui/react/macro";
import { clsx } from "clsx";
import { Ellipsis, X } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { Avatar } from "../../design/avatar.tsx";
import { IconButton } from "../../design/button.tsx";
import { CHANNEL_NAMES, ChannelMark } from "../../design/channel-mark.tsx";
import { Menu, MenuItem } from "../../design/menu.tsx";
import { handlerOf } from "../conversations/handler.ts";
import { usePersonas } from "../conversations/personas.ts";
import { replyWindow } from "../conversations/window.ts";
import { useAgents } from "../data/inbox.ts";
import type { Conversation } from "../data/model.ts";
import { displayName, displayPhone, initials } from "../format/names.ts";
import { clockTime, dayLine, duration } from "../format/time.ts";
import { useTimeStyle } from "../format/use-style.ts";
import { useSignedIn } from "../session/session.ts";
import { go } from "../shell/navigation.tsx";
import { useNow } from "../shell/use-now.ts";
import { NoteList } from "./note-list.tsx";
import { OtherChannels } from "./other-channels.tsx";
import { PlatformFacts } from "./platform-facts.tsx";

export interface PersonPanelProps {
  readonly conversation: Conversation;
  /** True where there is no room for a column: it lies over the conversation. */
  readonly drawer: boolean;
  readonly onClose: () => void;
}

/** Who one is talking to, and what holds for this conversation. */
export function PersonPanel({ conversation, drawer, onClose }: PersonPanelProps) {
  const { t } = useLingui();
  const { role } = useSignedIn();
  const name = displayName(conversation);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!drawer) return;
    // Whoever opened the drawer goes into it, and comes back to where they were.
    const before = document.activeElement;
    panel.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, [drawer]);
  return (
    <section
      ref={panel}
      tabIndex={-1}
      aria-label={t`Dados da pessoa`}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !drawer) return;
        event.preventDefault();
        onClose();
      }}
      className={clsx(
        "h-full w-(--person-width) shrink-0 overflow-y-auto border-l border-line bg-surface outline-none",
        drawer && "fixed inset-y-0 right-0 z-20 max-w-[90%] shadow-float",
      )}
    >
      <div className="flex h-14 items-center justify-between border-b border-line pr-2 pl-4">
        <h2 className="flex-1 text-list font-semibold">{t`Pessoa`}</h2>
        {role === "admin" && (
          <Menu
            align="end"
            trigger={
              <IconButton label={t`Mais sobre esta pessoa`}>
                <Ellipsis aria-hidden className="size-4" />
              </IconButton>
            }
          >
            <MenuItem onSelect={() => go({ page: "settings", section: "person", person: conversation.id })}>
              {t`Dados desta pessoa…`}
            </MenuItem>
          </Menu>
        )}
        <IconButton label={t`Fechar o painel`} onClick={onClose}>
          <X aria-hidden className="size-4" />
        </IconButton>
      </div>
      <div className="flex flex-col items-center gap-2 px-4 py-5 text-center">
        <Avatar letters={initials(name)} channel={conversation.channel} />
        <p className="max-w-full text-body font-semibold break-words">
          <bdi>{name}</bdi>
        </p>
      </div>
      <Facts conversation={conversation} />
      <PlatformFacts conversation={conversation} />
      <OtherChannels conversation={conversation} />
      <NoteList conversationId={conversation.id} />
    </section>
  );
}

function Facts({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useLingui();
  const now = useNow();
  const style = useTimeStyle();
  const personas = usePersonas();
  const { person } = useSignedIn();
  const phone = displayPhone(conversation);
  const handler = handlerOf(conversation);
  const agents = useAgents();
  const holder = agents.find(({ id }) => id === conversation.assignedTo)?.name;
  const mine = handler.kind === "person" && handler.who === person.uid;
  const handlers = {
    bot: t`Assistente`,
    waiting: t`Esperando uma pessoa`,
    person: mine ? t`Você` : (holder ?? t`Alguém da equipe`),
  };
  const lastInbound = conversation.lastInboundAt;
  return (
    <dl className="grid gap-3 border-t border-line px-4 py-4">
      <Fact label={t`Canal`}>
        <span className="flex items-center gap-1.5">
          <ChannelMark channel={conversation.channel} decorative />
          {CHANNEL_NAMES[conversation.channel]}
        </span>
      </Fact>
      {phone !== undefined && (
        <Fact label={t`Telefone`}>
          <span className="tabular select-all">{phone}</span>
        </Fact>
      )}
      {Object.entries(conversation.form ?? {}).map(([label, value]) => (
        <Fact key={label} label={t`${label}, como escreveu no chat`}>
          <span className="break-all select-all">{value}</span>
        </Fact>
      ))}
      {conversation.userId !== undefined && <Fact label={t`Conta na plataforma`}>{conversation.userId}</Fact>}
      <Fact label={t`Persona`}>{personas[conversation.userType]}</Fact>
      <Fact label={t`Quem atende`}>{handlers[handler.kind]}</Fact>
      <Fact label={t`Janela de resposta`}>
        <WindowFact conversation={conversation} now={now} />
      </Fact>
      {lastInbound !== undefined && (
        <Fact label={t`Escreveu por último`}>
          {dayLine(lastInbound, now, style)}, {clockTime(lastInbound, style)}
        </Fact>
      )}
      <Fact label={t`Identificador no canal`}>
        <span className="text-small break-all select-all">{conversation.customer}</span>
      </Fact>
    </dl>
  );
}

function WindowFact({ conversation, now }: { readonly conversation: Conversation; readonly now: number }) {
  const { t } = useLingui();
  const style = useTimeStyle();
  const open = replyWindow(conversation, now);
  if (open.state === "closed") return <span className="text-wait">{t`Fechada`}</span>;
  if (open.state === "person_only") return t`Só uma pessoa pode responder, até ${dayLine(open.until, now, style)}`;
  if (!Number.isFinite(open.leftMs)) return t`Sempre aberta`;
  const left = duration(open.leftMs, style);
  return <span className={open.notice === "urgent" ? "tabular text-wait" : "tabular"}>{t`Fecha em ${left}`}</span>;
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt className="text-small text-muted">{label}</dt>
      <dd className="break-words text-ink">{children}</dd>
    </div>
  );
}
