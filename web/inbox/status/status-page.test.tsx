// @vitest-environment happy-dom

import { fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { Metrics } from "../../../app/metrics/response.ts";
import { ConfigContext } from "../shell/config-context.ts";
import { Toasts } from "../shell/toasts.tsx";
import { fakeInbox } from "../testing/fake-inbox.tsx";
import { show } from "../testing/render.tsx";
import type { ChannelHealth } from "./health.ts";
import StatusPage from "./status-page.tsx";

afterEach(() => vi.unstubAllGlobals());

const CONFIG = { projectId: "demo", apiKey: "key", authDomain: "demo.example.com", environment: "dev" };
const CALM: Metrics["now"] = {
  waiting: 0,
  waitingSince: null,
  needsPerson: 2,
  unsent: 0,
  tasks: 1,
  queues: { replies: 3, inbound: 0, deadLetters: 0 },
};
const ASSISTANT: Metrics["assistant"] = { calls: 8, latency: { count: 8, p50Ms: 1_200, p90Ms: 3_400 }, outcomes: {} };

interface Opened {
  readonly now?: Partial<Metrics["now"]>;
  readonly channels?: readonly ChannelHealth[];
  readonly runbooksUrl?: string;
  readonly probe?: () => Response;
}

function open({ now = {}, channels = [], runbooksUrl, probe }: Opened = {}): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    if (path.endsWith("/probe")) return probe?.() ?? Response.json({ channels: [] });
    return Response.json({ now: { ...CALM, ...now }, assistant: ASSISTANT });
  });
  const { around } = fakeInbox({ channels });
  const config = { ...CONFIG, ...(runbooksUrl === undefined ? {} : { runbooksUrl }) };
  show(
    <ConfigContext value={config}>
      {around(
        <>
          <StatusPage />
          <Toasts />
        </>,
      )}
    </ConfigContext>,
  );
  return asked;
}

test("shows what waits, the queues and the model's speed; a person who is waited for is no alarm", async () => {
  open();
  expect(await screen.findByText("3 · 0")).toBeTruthy();
  expect(screen.getByText("1,2 s / 3,4 s")).toBeTruthy();
  expect(screen.queryByText(/O que fazer/)).toBeNull();
});

test("dead letters and customers who wait too long lead to their runbooks", async () => {
  const waitingSince = new Date(Date.now() - 300_000).toISOString();
  open({
    now: { waiting: 1, waitingSince, queues: { replies: 0, inbound: 0, deadLetters: 4 } },
    runbooksUrl: "https://example.com/runbooks",
  });
  const links = await screen.findAllByRole("link", { name: /O que fazer/ });
  expect(links.map((link) => link.getAttribute("href"))).toEqual([
    "https://example.com/runbooks/no-answer.md",
    "https://example.com/runbooks/dead-letters.md",
  ]);
});

test("a channel that is down names its runbook, where nobody said where they are, and its incidents", async () => {
  const at = Date.now() - 3_600_000;
  const history = [{ at, state: "offline", reason: "token_invalid" }] as const;
  open({ channels: [{ channel: "facebook", state: "offline", since: at, history, notices: [] }] });
  expect(await screen.findByText("docs/runbooks/channel-offline.md")).toBeTruthy();
  expect(screen.getByRole("list", { name: "Incidentes das últimas 24 horas" }).textContent).toContain("token_invalid");
});

test("probes everything when asked to, and says in words that somebody just did", async () => {
  let allowed = true;
  const asked = open({
    probe: () => (allowed ? Response.json({ channels: [] }) : Response.json({ code: "rate_limited" }, { status: 429 })),
  });
  fireEvent.click(screen.getByRole("button", { name: "Verificar agora" }));
  await screen.findByText("Todos os canais foram verificados.");
  expect(asked).toContain("/api/omni/channels/probe");
  allowed = false;
  fireEvent.click(screen.getByRole("button", { name: "Verificar agora" }));
  await screen.findByText("Muitos pedidos seguidos. Espere alguns segundos e tente de novo.");
});
