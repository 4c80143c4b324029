import { buffer } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { createDownloader } from "./download.ts";

const GRAPH = "http://127.0.0.1:4402/graph";

/** A network in which each address answers as told; everything asked of it is kept. */
function network(answers: Readonly<Record<string, () => Response>>) {
  const asked: { url: string; authorization: string | null }[] = [];
  const fake: typeof fetch = async (input, init) => {
    const url = String(input);
    asked.push({ url, authorization: new Headers(init?.headers).get("authorization") });
    const answer = answers[url];
    if (!answer) throw new TypeError(`no route to ${url}`);
    return answer();
  };
  return { asked, download: createDownloader({ graphBaseUrl: GRAPH, fetch: fake }) };
}
const to = (location: string) => () => new Response(null, { status: 302, headers: { location } });
const bytes = () => new Response("bytes", { headers: { "content-length": "5" } });

test("a file of Meta's comes with its length", async () => {
  const { download } = network({ "https://lookaside.fbsbx.com/a": bytes });
  const result = await download({ url: "https://lookaside.fbsbx.com/a" });
  expect(result).toMatchObject({ ok: true, size: 5 });
  expect(result.ok && (await buffer(result.bytes)).toString()).toBe("bytes");
});

describe("nothing but Meta's hosts is called", () => {
  test.each([
    "http://lookaside.fbsbx.com/a",
    "https://lookaside.fbsbx.com:8443/a",
    "https://fbsbx.com.example.org/a",
    "https://evilfbsbx.com/a",
    "https://user:pass@lookaside.fbsbx.com/a",
    "https://lookaside.fbsbx.com@example.org/a",
    "http://169.254.169.254/computeMetadata/v1/",
    "http://[::1]/a",
    "http://127.0.0.1:4401/a",
    "file:///etc/passwd",
    "data:text/plain,x",
    "//fbsbx.com/a",
    "",
  ])("%s", async (url) => {
    const { asked, download } = network({});
    expect(await download({ url })).toMatchObject({ ok: false, why: "host_refused" });
    expect(asked).toEqual([]);
  });

  test("the origin of the configured Graph is the simulator's in a local stack", async () => {
    const { download } = network({ "http://127.0.0.1:4402/media/1": bytes });
    expect(await download({ url: "http://127.0.0.1:4402/media/1" })).toMatchObject({ ok: true });
  });

  test("a redirect to elsewhere is not followed", async () => {
    const { asked, download } = network({ "https://lookaside.fbsbx.com/a": to("http://169.254.169.254/token") });
    expect(await download({ url: "https://lookaside.fbsbx.com/a" })).toMatchObject({ why: "host_refused" });
    expect(asked).toHaveLength(1);
  });

  test("a redirect among Meta's own is followed, but not with our token", async () => {
    const { asked, download } = network({
      "https://lookaside.fbsbx.com/a": to("https://scontent.fbcdn.net/b"),
      "https://scontent.fbcdn.net/b": bytes,
    });
    const result = await download({ url: "https://lookaside.fbsbx.com/a", authorization: "Bearer t" });
    expect(result).toMatchObject({ ok: true });
    expect(asked.map(({ authorization }) => authorization)).toEqual(["Bearer t", null]);
  });

  test("a circle ends", async () => {
    const { download } = network({ "https://a.fbcdn.net/a": to("/a") });
    expect(await download({ url: "https://a.fbcdn.net/a" })).toMatchObject({ why: "later" });
  });
});

test.each([
  [404, "expired"],
  [403, "expired"],
  [410, "expired"],
  [429, "later"],
  [500, "later"],
])("HTTP %i is %s", async (status, why) => {
  const { download } = network({ "https://a.fbcdn.net/a": () => new Response("", { status }) });
  expect(await download({ url: "https://a.fbcdn.net/a" })).toMatchObject({ ok: false, why });
});

test("a network that fails is worth another try", async () => {
  expect(await network({}).download({ url: "https://a.fbcdn.net/a" })).toMatchObject({ ok: false, why: "later" });
});
