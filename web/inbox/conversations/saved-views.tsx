import { useLingui } from "@lingui/react/macro";
import { Bookmark, BookmarkX } from "lucide-react";
import { useSyncExternalStore } from "react";
import { CHANNEL_NAMES } from "../../design/channel-mark.tsx";
import { MenuItem, MenuLine, MenuTitle } from "../../design/menu.tsx";
import { useInbox } from "../data/inbox.ts";
import type { ConversationFilter } from "../data/model.ts";
import { usePersonas } from "./personas.ts";
import { isSame } from "./saved-views.ts";
import { useViewNames } from "./view-names.ts";

export interface KeptViewsProps {
  readonly filter: ConversationFilter;
  readonly onChoose: (filter: ConversationFilter) => void;
}

function useKept(): readonly ConversationFilter[] {
  const { views } = useInbox();
  return useSyncExternalStore(views.subscribe, views.get);
}

/** The narrowings that this person keeps, where there are any: at the top, since they are what one comes back for. */
export function KeptViews({ filter, onChoose }: KeptViewsProps) {
  const { t } = useLingui();
  const names = useFilterName();
  const kept = useKept();
  if (kept.length === 0) return null;
  return (
    <>
      <MenuTitle>{t`Visões salvas`}</MenuTitle>
      {kept.map((view) => (
        <MenuItem key={names(view)} onSelect={() => onChoose(view)}>
          <Bookmark aria-hidden className={isSame(view, filter) ? "size-4 text-accent" : "size-4 text-muted"} />
          {names(view)}
        </MenuItem>
      ))}
      <MenuLine />
    </>
  );
}

/** Keeps the narrowing that one sees, or lets it go. */
export function KeepView({ filter }: { readonly filter: ConversationFilter }) {
  const { t } = useLingui();
  const { views } = useInbox();
  const isKept = useKept().some((view) => isSame(view, filter));
  return (
    <MenuItem onSelect={() => views.toggle(filter)}>
      {isKept ? <BookmarkX aria-hidden className="size-4" /> : <Bookmark aria-hidden className="size-4" />}
      {isKept ? t`Esquecer esta visão` : t`Salvar esta visão`}
    </MenuItem>
  );
}

/** A narrowing in words: `Abertas · Minhas · WhatsApp`. */
export function useFilterName(): (filter: ConversationFilter) => string {
  const { views, holders } = useViewNames();
  const personas = usePersonas();
  return ({ view, holder, channel, userType }) =>
    [views[view], holder && holders[holder], channel && CHANNEL_NAMES[channel], userType && personas[userType]]
      .filter(Boolean)
      .join(" · ");
}
