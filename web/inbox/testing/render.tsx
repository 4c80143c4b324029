import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { cleanup, type RenderResult, render } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach } from "vitest";

afterEach(cleanup);

/** Draws something in Portuguese, the language the texts are written in. */
export function show(children: ReactNode): RenderResult {
  i18n.loadAndActivate({ locale: "pt", messages: {} });
  return render(<I18nProvider i18n={i18n}>{children}</I18nProvider>);
}
