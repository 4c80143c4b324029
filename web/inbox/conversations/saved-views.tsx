import { useLingui } from "@lingui/react/macro";
import { Bookmark, BookmarkX } from "lucide-react";
import { useSyncExternalStore } from "react";
import { CHANNEL_NAMES } from "../../design/channel-mark.tsx";
import { MenuItem, MenuTitle } from "../../design/menu.tsx";
import { useInbox } from "../data/inbox.ts";
import type { ConversationFilter } from "../data/model.ts";
import { usePersonas } from "./personas.ts";
import { isSame } from "./saved-views.ts";
import { useViewNames } from "./view-names.ts";

export interface SavedViewsProps {
  readonly filter: ConversationFilter;
  readonly onChoose: (filter: ConversationFilter) => void;
}

/** The narrowings that this person keeps, and the way to keep the one before them. */
export function SavedViews({ filter, onChoose }: SavedViewsProps) {
  const { t } = useLingui();
  const saved = useInbox().views;
  const names = useFilterName();
  const views = useSyncExternalStore(saved.subscribe, saved.get);
  const isKept = views.some((view) => isSame(view, filter));
  return (
    <>
      <MenuTitle>{t`Visões salvas`}</MenuTitle>
      {views.map((view) => (
        <MenuItem key={names(view)} onSelect={() => onChoose(view)}>
          <Bookmark aria-hidden className={isSame(view, filter) ? "size-4 text-accent" : "size-4 text-muted"} />
          {names(view)}
        </MenuItem>
      ))}
      <MenuItem onSelect={() => saved.toggle(filter)}>
        {isKept ? <BookmarkX aria-hidden className="size-4" /> : <Bookmark aria-hidden className="size-4" />}
        {isKept ? t`Esquecer esta visão` : t`Salvar esta visão`}
      </MenuItem>
    </>
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
