import { useLingui } from "@lingui/react/macro";
import { Command } from "cmdk";
import type { ReactNode } from "react";
import { CHANNEL_NAMES, ChannelMark } from "../../design/channel-mark.tsx";
import { Dialog } from "../../design/dialog.tsx";
import { type GrowingPage, useConversation } from "../data/inbox.ts";
import { useStreams } from "../data/live.ts";
import type { Conversation } from "../data/model.ts";
import { displayName } from "../format/names.ts";
import { useActions } from "../messages/use-actions.ts";
import { LOCALES, locale, THEMES, theme } from "../preferences/preferences.ts";
import { LOCALE_NAMES } from "../session/locale-select.tsx";
import { useSignedIn } from "../session/session.ts";
import { go, useSelection } from "./navigation.tsx";
import { useSignOutEverywhere } from "./use-sign-out-everywhere.ts";

/** So many conversations can be jumped to: those at hand, not a search of all there are. */
const REACHABLE = 200;

export interface PaletteProps {
  readonly onClose: () => void;
  readonly onKeys: () => void;
}

/** Everything that can be done from here, found by typing a part of it. */
export default function Palette({ onClose, onKeys }: PaletteProps) {
  const { t } = useLingui();
  const { conversationId } = useSelection();
  const { auth, role } = useSignedIn();
  const signOutEverywhere = useSignOutEverywhere();
  const then = (run: () => void) => () => {
    onClose();
    run();
  };
  const themes = { system: t`Aparência: como o sistema`, light: t`Aparência: clara`, dark: t`Aparência: escura` };
  return (
    <Dialog open onClose={onClose} title={t`Comandos`} quiet className="max-w-140">
      <Command label={t`Comandos`} loop>
        <Command.Input
          autoFocus
          placeholder={t`O que você quer fazer?`}
          className="h-12 w-full border-b border-line bg-transparent px-4 text-body text-ink outline-none placeholder:text-faint"
        />
        <Command.List className="max-h-96 overflow-y-auto p-1.5">
          <Command.Empty className="px-3 py-6 text-center text-muted">{t`Nenhum comando com este nome.`}</Command.Empty>
          {conversationId !== undefined && <OpenConversation key={conversationId} id={conversationId} then={then} />}
          <Group heading={t`Ir para`}>
            <Item
              onSelect={then(() => go({ page: "inbox", filter: { view: "open" } }))}
              keys="g i"
            >{t`Conversas abertas`}</Item>
            <Item
              onSelect={then(() => go({ page: "inbox", filter: { view: "waiting" } }))}
            >{t`Conversas esperando uma pessoa`}</Item>
            <Item
              onSelect={then(() => go({ page: "inbox", filter: { view: "unread" } }))}
            >{t`Conversas não lidas`}</Item>
            <Item
              onSelect={then(() => go({ page: "inbox", filter: { view: "closed" } }))}
            >{t`Conversas fechadas`}</Item>
            <Item onSelect={then(() => go({ page: "tasks" }))} keys="g t">{t`Tarefas`}</Item>
            <Item onSelect={then(() => go({ page: "status" }))} keys="g s">{t`Status dos canais`}</Item>
            <Item onSelect={then(() => go({ page: "metrics" }))} keys="g m">{t`Métricas`}</Item>
            {role === "admin" && (
              <Item
                onSelect={then(() => go({ page: "settings", section: "team" }))}
                keys="g c"
              >{t`Configurações`}</Item>
            )}
          </Group>
          <Conversations then={then} />
          <Group heading={t`Preferências`}>
            {THEMES.map((value) => (
              <Item key={value} onSelect={then(() => theme.set(value))}>
                {themes[value]}
              </Item>
            ))}
            {LOCALES.map((value) => (
              <Item key={value} onSelect={then(() => locale.set(value))}>{t`Idioma: ${LOCALE_NAMES[value]}`}</Item>
            ))}
            <Item onSelect={onKeys} keys="?">{t`Atalhos de teclado`}</Item>
            <Item onSelect={then(() => void auth.signOut())}>{t`Sair`}</Item>
            <Item onSelect={then(signOutEverywhere)}>{t`Sair de todos os aparelhos`}</Item>
          </Group>
        </Command.List>
      </Command>
    </Dialog>
  );
}

type Then = (run: () => void) => () => void;

function OpenConversation({ id, then }: { readonly id: string; readonly then: Then }) {
  const { t } = useLingui();
  const { person } = useSignedIn();
  const { value: conversation } = useConversation(id);
  const actions = useActions({ id });
  if (conversation === undefined || conversation === null) return null;
  const withBot = conversation.mode === "bot";
  const open = conversation.status === "active";
  const mine = conversation.assignedTo === person.uid;
  return (
    <Group heading={displayName(conversation)}>
      <Item onSelect={then(() => actions.setMode(withBot ? "human" : "bot"))} keys="m">
        {withBot ? t`Assumir a conversa` : t`Devolver ao assistente`}
      </Item>
      <Item onSelect={then(() => actions.assign(mine ? undefined : person.uid))} keys="a">
        {mine ? t`Soltar a conversa` : t`Atribuir a mim`}
      </Item>
      <Item onSelect={then(() => actions.setStatus(open ? "closed" : "active"))} keys={open ? "e" : undefined}>
        {open ? t`Fechar a conversa` : t`Reabrir a conversa`}
      </Item>
    </Group>
  );
}

/** The conversations that the lists have already brought. */
function Conversations({ then }: { readonly then: Then }) {
  const { t } = useLingui();
  const pages = useStreams().valuesUnder<GrowingPage<Conversation>>("conversations ");
  const rows = new Map(pages.flatMap((page) => page.items).map((row) => [row.id, row]));
  return (
    <Group heading={t`Conversas`}>
      {[...rows.values()].slice(0, REACHABLE).map((row) => (
        <Item
          key={row.id}
          value={`${displayName(row)} ${CHANNEL_NAMES[row.channel]} ${row.id}`}
          onSelect={then(() => go({ page: "inbox", conversationId: row.id, filter: { view: "open" } }))}
        >
          <ChannelMark channel={row.channel} decorative />
          <bdi className="truncate">{displayName(row)}</bdi>
        </Item>
      ))}
    </Group>
  );
}

function Group({ heading, children }: { readonly heading: string; readonly children: ReactNode }) {
  const title = <span className="block truncate px-2.5 pt-2 pb-1 text-mini font-medium text-muted">{heading}</span>;
  return <Command.Group heading={title}>{children}</Command.Group>;
}

interface ItemProps {
  readonly onSelect: () => void;
  readonly keys?: string | undefined;
  /** What it is found by, where its words are not enough. */
  readonly value?: string;
  readonly children: ReactNode;
}

function Item({ onSelect, keys, value, children }: ItemProps) {
  return (
    <Command.Item
      onSelect={onSelect}
      {...(value === undefined ? {} : { value })}
      className="flex min-h-9 cursor-pointer items-center gap-2 rounded-base px-2.5 text-ink data-[selected=true]:bg-chosen max-pane:min-h-11"
    >
      {children}
      {keys !== undefined && <kbd className="ml-auto font-sans text-small text-muted">{keys}</kbd>}
    </Command.Item>
  );
}
