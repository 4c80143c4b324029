// @vitest-environment happy-dom

import { fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { Metrics } from "../../../app/metrics/response.ts";
import type { SignedIn } from "../session/session.ts";
import { fakeInbox } from "../testing/fake-inbox.tsx";
import { show } from "../testing/render.tsx";
import MetricsPage from "./metrics-page.tsx";

afterEach(() => vi.unstubAllGlobals());

const NOBODY = { firstResponse: null, reply: null, resolution: null };
const FAST = { count: 8, p50Ms: 1_200, p90Ms: 3_400 };
const volume = (inbound: number, bot: number) => ({ inbound, bot, person: 0, automation: 0, failed: 0 });

function metrics(inbound: number, bot: number): Metrics {
  const figures = { volume: volume(inbound, bot), bot: { ...NOBODY, reply: bot > 0 ? FAST : null }, person: NOBODY };
  return {
    range: "24h",
    from: "2026-11-24T12:00:00Z",
    to: "2026-11-25T12:00:00Z",
    timeZone: "America/Sao_Paulo",
    slot: "hour",
    countedTo: "2026-11-25T12:00:00Z",
    total: figures,
    channels: [{ channel: "whatsapp", ...figures }],
    agents: [{ agent: "agente.1", messages: 3, closed: 1, ...NOBODY }],
    series: [{ at: "2026-11-25T11:00:00Z", channels: { whatsapp: volume(inbound, bot) } }] as Metrics["series"],
    automations: [],
    assistant: { calls: bot, latency: bot > 0 ? FAST : null, outcomes: { reply: bot } },
    now: { waiting: 0, waitingSince: null, needsPerson: 0, unsent: 0, tasks: 0, queues: null },
  };
}

const auth = { token: async () => "token-of-an-example" } as SignedIn["auth"];
const signedIn: SignedIn = { person: { uid: "agente.1", email: "agente@exemplo.com" }, role: "agent", since: 0, auth };

/** @returns the addresses that the page asked for */
function open(answer: () => Response | Promise<Response>): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    asked.push(`${url} ${new Headers(init.headers).get("authorization")}`);
    return answer();
  });
  const { around } = fakeInbox({ me: signedIn, agents: [{ id: "agente.1", name: "Agente de exemplo" }] });
  show(around(<MetricsPage />));
  return asked;
}

test("the figures of the range are asked for as the person signed in, and drawn", async () => {
  const asked = open(() => Response.json(metrics(12, 8)));
  await screen.findByText("Mensagens por hora");
  expect(asked[0]).toBe("/api/omni/metrics?range=24h&format=json Bearer token-of-an-example");
  expect(screen.getByText("100%")).toBeTruthy();
  expect(screen.getByText("Agente de exemplo")).toBeTruthy();
  expect(screen.getAllByTitle("p50 1,2 s, p90 3,4 s, de 8")).not.toHaveLength(0);
});

test("times and outcomes are drawn, each with its table", async () => {
  const automations = [{ trigger: "followup_48h", sent: 3, tasks: 1, skipped: 0, failed: 0, reasons: {} }];
  open(() => Response.json({ ...metrics(12, 8), automations }));
  expect(await screen.findByTitle("WhatsApp, Assistente: 1,2 s / 3,4 s")).toBeTruthy();
  expect(
    screen.getByTitle("Cliente sem resposta há 48 h: Enviadas 3, Para uma pessoa 1, Não enviadas 0, Com falha 0"),
  ).toBeTruthy();
  expect(screen.getByText("Respondeu")).toBeTruthy();
  for (const name of ["Tempos de resposta", "Automações"])
    expect(screen.getByRole("region", { name }).querySelector("table")).not.toBeNull();
});

test("another range is another question", async () => {
  const asked = open(() => Response.json(metrics(12, 8)));
  await screen.findByText("Mensagens por hora");
  fireEvent.click(screen.getByLabelText("7 dias"));
  await vi.waitFor(() => expect(asked.at(-1)).toContain("range=7d"));
});

test("a period without messages says so", async () => {
  open(() => Response.json(metrics(0, 0)));
  await screen.findByText(/Nenhuma mensagem neste período/);
});

test("what could not be read can be asked for again", async () => {
  let fails = true;
  open(() => (fails ? new Response(null, { status: 503 }) : Response.json(metrics(12, 8))));
  await screen.findByRole("alert");
  fails = false;
  fireEvent.click(screen.getByRole("button", { name: "Tentar de novo" }));
  await screen.findByText("Mensagens por hora");
  expect(screen.queryByRole("alert")).toBeNull();
});
