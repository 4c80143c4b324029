import { useLingui } from "@lingui/react/macro";
import { Keyboard, LogOut, MonitorSmartphone } from "lucide-react";
import { Avatar } from "../../design/avatar.tsx";
import { Menu, MenuChoice, MenuItem, MenuLine, MenuSwitch, MenuTitle } from "../../design/menu.tsx";
import { initials } from "../format/names.ts";
import { LOCALES, locale, notifications, singleKeys, sound, theme, useChoice } from "../preferences/preferences.ts";
import { LOCALE_NAMES } from "../session/locale-select.tsx";
import { useSignedIn } from "../session/session.ts";
import { useConfig } from "./config-context.ts";
import { openDialog } from "./dialogs.tsx";
import { toast } from "./toasts.tsx";
import { setNotifications } from "./use-alerts.ts";
import { useSignOutEverywhere } from "./use-sign-out-everywhere.ts";

/** The agent: who they are, how the page looks to them, and the way out. */
export function AccountMenu() {
  const { t } = useLingui();
  const { person, role, auth } = useSignedIn();
  const { environment } = useConfig();
  const [currentTheme, setTheme] = useChoice(theme);
  const [currentLocale, setLocale] = useChoice(locale);
  const [keys, setKeys] = useChoice(singleKeys);
  const [notices] = useChoice(notifications);
  const [chimes, setChimes] = useChoice(sound);
  const changeNotices = async (on: boolean) => {
    if (await setNotifications(on ? "on" : "off")) return;
    toast({ tone: "bad", text: t`O navegador não deixa. Permita notificações deste endereço nas configurações dele.` });
  };
  const signOutEverywhere = useSignOutEverywhere();
  const name = person.name ?? person.email;
  const trigger = (
    <button type="button" title={name} className="inline-flex size-10 items-center justify-center rounded-full">
      <Avatar letters={initials(name)} />
      <span className="sr-only">{t`Sua conta: ${name}`}</span>
    </button>
  );
  return (
    <Menu trigger={trigger} side="top" align="start">
      <MenuTitle>
        <span className="block max-w-60 truncate text-list text-ink">{person.email}</span>
        {role} · {environment}
      </MenuTitle>
      <MenuLine />
      <MenuChoice
        label={t`Aparência`}
        value={currentTheme}
        onChange={setTheme}
        options={[
          { value: "system", label: t`Como o sistema` },
          { value: "light", label: t`Clara` },
          { value: "dark", label: t`Escura` },
        ]}
      />
      <MenuLine />
      <MenuChoice
        label={t`Idioma`}
        value={currentLocale}
        onChange={setLocale}
        options={LOCALES.map((value) => ({ value, label: <span lang={value}>{LOCALE_NAMES[value]}</span> }))}
      />
      <MenuLine />
      <MenuSwitch
        label={t`Notificações de quem espera`}
        on={notices === "on"}
        onChange={(on) => void changeNotices(on)}
      />
      <MenuSwitch label={t`Som de quem espera`} on={chimes === "on"} onChange={(on) => setChimes(on ? "on" : "off")} />
      <MenuSwitch label={t`Atalhos de uma tecla`} on={keys === "on"} onChange={(on) => setKeys(on ? "on" : "off")} />
      <MenuItem onSelect={() => openDialog("keys")}>
        <Keyboard aria-hidden className="size-4 text-muted" />
        {t`Atalhos de teclado`}
      </MenuItem>
      <MenuLine />
      <MenuItem onSelect={() => void auth.signOut()}>
        <LogOut aria-hidden className="size-4 text-muted" />
        {t`Sair`}
      </MenuItem>
      <MenuItem onSelect={signOutEverywhere}>
        <MonitorSmartphone aria-hidden className="size-4 text-muted" />
        {t`Sair de todos os aparelhos`}
      </MenuItem>
    </Menu>
  );
}
