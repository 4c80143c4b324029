import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Search, X } from "lucide-react";
import { useDeferredValue, useMemo, useRef, useState } from "react";
import { Button, IconButton } from "../../design/button.tsx";
import { INPUT } from "../../design/field.tsx";
import { Notice } from "../../design/notice.tsx";
import { useConversations } from "../data/inbox.ts";
import { useSelection } from "../shell/navigation.tsx";
import { useShortcuts } from "../shell/shortcuts.ts";
import { Filters } from "./filters.tsx";
import { FoundLine } from "./found-line.tsx";
import { ListEmpty } from "./list-empty.tsx";
import { ListSkeleton } from "./list-skeleton.tsx";
import { Rows } from "./rows.tsx";
import { search } from "./search.ts";
import { useCount } from "./use-count.ts";
import { useFound } from "./use-found.ts";

/** The left column: what it shows is in the address, what is looked for is typed above it. */
export function ConversationList() {
  const { t, i18n } = useLingui();
  const { filter, narrow } = useSelection();
  const { value, error, retry } = useConversations(filter);
  const count = useCount(filter, value);
  const [words, setWords] = useState("");
  const soughtWords = useDeferredValue(words);
  const list = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const here = useMemo(() => search(value?.items ?? [], soughtWords), [value, soughtWords]);
  const found = useFound(words);
  const rows = useMemo(() => {
    if (found.rows.length === 0) return here;
    const known = new Set(here.map(({ id }) => id));
    return [...here, ...found.rows.filter(({ id }) => !known.has(id))];
  }, [here, found.rows]);
  useShortcuts({ "/": () => input.current?.focus() });

  const clear = () => {
    setWords("");
    input.current?.focus();
  };

  return (
    <div ref={list} className="flex h-full flex-col">
      <header className="grid grid-cols-[minmax(0,1fr)] gap-2 border-b border-line px-3 pt-3 pb-2">
        <div className="flex items-center justify-between gap-2">
          <h2 className="text-title font-semibold">
            <Trans>Conversas</Trans>
          </h2>
          {count !== undefined && (
            <span className="tabular mr-auto text-small text-muted">
              <span aria-hidden>{i18n.number(count)}</span>
              <span className="sr-only">
                <Plural value={count} one="# conversa nesta visão" other="# conversas nesta visão" />
              </span>
            </span>
          )}
          <Filters filter={filter} onChange={narrow} />
        </div>
        <search className="relative">
          <Search
            aria-hidden
            className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint max-pane:top-3"
          />
          <input
            ref={input}
            value={words}
            onChange={(event) => setWords(event.target.value)}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing) return;
              if (event.key === "Enter" || event.key === "ArrowDown") {
                event.preventDefault();
                list.current?.querySelector<HTMLElement>("[data-row]")?.focus();
              }
              if (event.key !== "Escape") return;
              setWords("");
              event.currentTarget.blur();
            }}
            maxLength={200}
            aria-label={t`Buscar por nome, telefone ou texto`}
            placeholder={t`Buscar`}
            className={`${INPUT} h-8 px-8 text-list max-pane:h-10`}
          />
          {words !== "" && (
            <IconButton label={t`Limpar a busca`} onClick={clear} className="absolute top-0 right-0">
              <X aria-hidden className="size-4" />
            </IconButton>
          )}
        </search>
        {found.state !== "idle" && <FoundLine found={found} count={rows.length - here.length} />}
      </header>
      {error !== undefined && (
        <Notice tone="bad" urgent className="m-3">
          <Trans>A lista parou de se atualizar. As conversas estão guardadas.</Trans>
          <Button className="mt-2" onClick={retry}>
            <Trans>Tentar de novo</Trans>
          </Button>
        </Notice>
      )}
      {value === undefined && error === undefined && <ListSkeleton />}
      {value !== undefined && rows.length === 0 && found.state !== "searching" && (
        <ListEmpty filter={filter} words={soughtWords} onClear={() => narrow({ view: "open" })} />
      )}
      {value !== undefined && rows.length > 0 && (
        <Rows
          rows={rows}
          hasMore={value.hasMore && soughtWords === ""}
          onMore={value.more}
          onLook={soughtWords === "" ? value.look : undefined}
        />
      )}
    </div>
  );
}
