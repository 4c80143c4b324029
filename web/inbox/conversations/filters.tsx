import { useLingui } from "@lingui/react/macro";
import { ChevronDown, ListFilter } from "lucide-react";
import { CHANNELS } from "../../../app/channels/channel.ts";
import { USER_TYPES, type UserType } from "../../../app/conversations/model.ts";
import { CHANNEL_NAMES, ChannelMark } from "../../design/channel-mark.tsx";
import { Menu, MenuChoice, MenuLine } from "../../design/menu.tsx";
import { type ConversationFilter, HOLDERS, VIEWS } from "../data/model.ts";
import { usePersonas } from "./personas.ts";
import { KeepView, KeptViews, useFilterName } from "./saved-views.tsx";
import { useViewNames } from "./view-names.ts";

export interface FiltersProps {
  readonly filter: ConversationFilter;
  readonly onChange: (filter: ConversationFilter) => void;
}

const ALL = "all";

/** One button that says how the list is narrowed, and the menu to change it. */
export function Filters({ filter, onChange }: FiltersProps) {
  const { t } = useLingui();
  const personas = usePersonas();
  const { views, holders } = useViewNames();
  const name = useFilterName()(filter);
  const trigger = (
    <button
      type="button"
      className="inline-flex h-8 min-w-0 items-center gap-1.5 rounded-base px-2 text-muted hover:bg-hover hover:text-ink max-pane:h-10"
    >
      <ListFilter aria-hidden className="size-4 shrink-0" />
      <span className="sr-only">{t`Filtros:`}</span>
      <span className="truncate">{name}</span>
      <ChevronDown aria-hidden className="size-3.5 shrink-0" />
    </button>
  );
  const { channel: _channel, ...anyChannel } = filter;
  const { userType: _userType, ...anyPersona } = filter;
  const { holder: _holder, ...anybody } = filter;
  return (
    <Menu trigger={trigger} align="end">
      <KeptViews filter={filter} onChoose={onChange} />
      <MenuChoice
        label={t`Mostrar`}
        value={filter.view}
        onChange={(view) => onChange({ ...filter, view })}
        options={VIEWS.map((value) => ({ value, label: views[value] }))}
      />
      <MenuLine />
      <MenuChoice
        label={t`De quem`}
        value={filter.holder ?? ALL}
        onChange={(value) => onChange(value === ALL ? anybody : { ...filter, holder: value })}
        options={[{ value: ALL, label: t`De todos` }, ...HOLDERS.map((value) => ({ value, label: holders[value] }))]}
      />
      <MenuLine />
      <MenuChoice
        label={t`Canal`}
        value={filter.channel ?? ALL}
        onChange={(value) => onChange(value === ALL ? anyChannel : { ...filter, channel: value })}
        options={[
          { value: ALL, label: t`Todos os canais` },
          ...CHANNELS.map((value) => ({
            value,
            label: (
              <>
                <ChannelMark channel={value} decorative />
                {CHANNEL_NAMES[value]}
              </>
            ),
          })),
        ]}
      />
      <MenuLine />
      <MenuChoice<UserType | typeof ALL>
        label={t`Persona`}
        value={filter.userType ?? ALL}
        onChange={(value) => onChange(value === ALL ? anyPersona : { ...filter, userType: value })}
        options={[
          { value: ALL, label: t`Todas as personas` },
          ...USER_TYPES.map((value) => ({ value, label: personas[value] })),
        ]}
      />
      <MenuLine />
      <KeepView filter={filter} />
    </Menu>
  );
}
