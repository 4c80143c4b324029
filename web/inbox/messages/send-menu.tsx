import { useLingui } from "@lingui/react/macro";
import { CalendarClock, ChevronDown } from "lucide-react";
import { Button } from "../../design/button.tsx";
import { Menu, MenuItem, MenuLine, MenuSwitch, MenuTitle } from "../../design/menu.tsx";
import { sendKey, undoSend, useChoice } from "../preferences/preferences.ts";
import { useNow } from "../shell/use-now.ts";
import { laterTimes } from "./later-times.ts";
import { useLaterNames } from "./use-later-names.ts";

/** Beside the button that sends: when, and how. @param onLater told when, in Unix milliseconds; absent while there is nothing to send */
export function SendMenu({ onLater }: { readonly onLater: ((at: number) => void) | undefined }) {
  const { t } = useLingui();
  const now = useNow();
  const names = useLaterNames();
  const [key, setKey] = useChoice(sendKey);
  const [undo, setUndo] = useChoice(undoSend);
  const trigger = (
    <Button look="solid" className="h-10 rounded-l-none border-l border-on-accent/30 px-1.5">
      <ChevronDown aria-hidden className="size-4" />
      <span className="sr-only">{t`Agendar e opções de envio`}</span>
    </Button>
  );
  return (
    <Menu trigger={trigger} side="top" align="end">
      {onLater !== undefined && (
        <>
          <MenuTitle>{t`Enviar mais tarde`}</MenuTitle>
          {laterTimes(now).map(({ name, at }) => (
            <MenuItem key={name} onSelect={() => onLater(at)}>
              <CalendarClock aria-hidden className="size-4 text-muted" />
              {names[name]}
            </MenuItem>
          ))}
          <MenuLine />
        </>
      )}
      <MenuSwitch label={t`Enter envia`} on={key === "enter"} onChange={(on) => setKey(on ? "enter" : "mod-enter")} />
      <MenuSwitch
        label={t`5 segundos para desfazer o envio`}
        on={undo === "on"}
        onChange={(on) => setUndo(on ? "on" : "off")}
      />
    </Menu>
  );
}
