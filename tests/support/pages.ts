import AxeBuilderSource from "axe-core";
import type { Browser, Frame, Page } from "playwright-core";
import { outputs } from "./stack.ts";

/** What tests of the whole do in a browser, as the product's users would. */

/** A page of its own, as on another machine. @param problems takes what the page reports of itself */
export async function openPage(browser: Browser, problems: string[] = []): Promise<Page> {
  const context = await browser.newContext({ locale: "pt-BR", viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  return page;
}

export async function signIn(page: Page, role: "admin" | "agent"): Promise<void> {
  const user = outputs.demoUsers.find((each) => each.role === role);
  if (!user) throw new Error(`There is no demo user with the role ${role}.`);
  await page.goto(outputs.inboxUrl);
  await enter(page, user);
}

/** Fills in the page that asks who one is. */
export async function enter(page: Page, user: { readonly email: string; readonly password: string }): Promise<void> {
  await page.getByLabel("E-mail").fill(user.email);
  await page.getByLabel("Senha").fill(user.password);
  await page.getByRole("button", { name: "Entrar" }).click();
  await page.getByRole("heading", { name: "Conversas" }).waitFor();
}

/** Writes into a box and sends it with Enter. */
export async function write(page: Page, name: RegExp | string, text: string): Promise<void> {
  const box = page.getByRole("textbox", { name });
  await box.fill(text);
  await box.press("Enter");
}

/** What the accessibility audit finds on the page, or on what it embeds, as it stands. */
export async function violations(page: Page | Frame): Promise<string[]> {
  // Not a script tag: the page's own policy forbids inline scripts, and must.
  await page.evaluate(AxeBuilderSource.source);
  const found = await page.evaluate(() => (globalThis as unknown as { axe: typeof AxeBuilderSource }).axe.run());
  return found.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(" ")).join(", ")}`);
}
