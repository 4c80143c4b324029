import { Trans, useLingui } from "@lingui/react/macro";
import { clsx } from "clsx";
import type { CannedResponse } from "../data/model.ts";

export interface CannedMenuProps {
  readonly id: string;
  readonly items: readonly CannedResponse[];
  readonly active: number;
  /** `failed`: they could not be read. */
  readonly state: "loading" | "ready" | "failed";
  readonly onPick: (item: CannedResponse) => void;
}

/** Ready answers above the box; the box keeps the focus and says which one is active. */
export function CannedMenu({ id, items, active, state, onPick }: CannedMenuProps) {
  const { t } = useLingui();
  const note =
    state === "failed"
      ? t`As respostas prontas não puderam ser lidas.`
      : state === "ready" && items.length === 0
        ? t`Nenhuma resposta pronta com este nome.`
        : undefined;
  return (
    <div className="absolute inset-x-0 bottom-full z-10 mb-2 overflow-hidden rounded-bubble border border-line bg-raised shadow-float">
      <p className="border-b border-line px-3 py-1.5 text-small text-muted">
        <Trans>Respostas prontas · ↑ ↓ escolhem, Enter insere, Esc fecha</Trans>
      </p>
      {note !== undefined && <p className="px-3 py-2 text-muted">{note}</p>}
      <div id={id} role="listbox" aria-label={t`Respostas prontas`} className="max-h-72 overflow-y-auto">
        {items.map((item, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the box, which keeps the focus
          // biome-ignore lint/a11y/useFocusableInteractive: chosen through aria-activedescendant
          <div
            key={item.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(item)}
            className={clsx("grid cursor-pointer gap-0.5 px-3 py-2", index === active ? "bg-chosen" : "hover:bg-hover")}
          >
            <span className="font-medium text-ink">/{item.shortcut}</span>
            <span className="truncate text-muted">{item.text}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
