import { useLingui } from "@lingui/react/macro";
import { LogOut } from "lucide-react";
import { Avatar } from "../../design/avatar.tsx";
import { Menu, MenuChoice, MenuItem, MenuLine, MenuTitle } from "../../design/menu.tsx";
import { initials } from "../format/names.ts";
import { LOCALES, locale, singleKeys, theme, useChoice } from "../preferences/preferences.ts";
import { LOCALE_NAMES } from "../session/locale-select.tsx";
import { useSignedIn } from "../session/session.ts";
import { useConfig } from "./config-context.ts";

/** The agent: who they are, how the page looks to them, and the way out. */
export function AccountMenu() {
  const { t } = useLingui();
  const { person, role, auth } = useSignedIn();
  const { environment } = useConfig();
  const [currentTheme, setTheme] = useChoice(theme);
  const [currentLocale, setLocale] = useChoice(locale);
  const [keys, setKeys] = useChoice(singleKeys);
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
      <MenuChoice
        label={t`Atalhos de uma tecla`}
        value={keys}
        onChange={setKeys}
        options={[
          { value: "on", label: t`Ligados` },
          { value: "off", label: t`Desligados` },
        ]}
      />
      <MenuLine />
      <MenuItem onSelect={() => void auth.signOut()}>
        <LogOut aria-hidden className="size-4 text-muted" />
        {t`Sair`}
      </MenuItem>
    </Menu>
  );
}
