import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { initializeApp } from "firebase/app";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../design/tokens.css";
import { loadConfig } from "./config.ts";
import { Gate } from "./gate.tsx";
import { activate } from "./locales/activate.ts";
import { applyTheme, locale, theme } from "./preferences/preferences.ts";
import { firebaseAuth } from "./session/firebase-auth.ts";
import { Boundary } from "./shell/boundary.tsx";
import { Problem } from "./shell/problem.tsx";

const page = document.documentElement;

function followPreferences(): void {
  applyTheme(theme.get(), page);
  theme.subscribe(() => applyTheme(theme.get(), page));
  locale.subscribe(() => {
    activate(locale.get(), page).catch((reason) => console.error("The language could not be loaded.", reason));
  });
}

async function start(): Promise<void> {
  followPreferences();
  const config = loadConfig(fetch).then(
    (value) => ({ value }),
    (reason: unknown) => ({ reason }),
  );
  await activate(locale.get(), page);
  const loaded = await config;
  createRoot(document.getElementById("app") ?? document.body).render(
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <Boundary>
          {"value" in loaded ? gate(loaded.value) : <Problem kind="config" detail={String(loaded.reason)} />}
        </Boundary>
      </I18nProvider>
    </StrictMode>,
  );
}

function gate(config: Awaited<ReturnType<typeof loadConfig>>) {
  const { apiKey, authDomain, projectId } = config;
  const app = initializeApp({ apiKey, authDomain, projectId });
  return <Gate app={app} config={config} auth={firebaseAuth(app, config.authEmulatorHost)} />;
}

void start();
