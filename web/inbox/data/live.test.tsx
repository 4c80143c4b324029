// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, test } from "vitest";
import { useLive } from "./live.ts";

afterEach(cleanup);

/** A stream that the test feeds by hand. */
function setUp() {
  const client = new QueryClient();
  const open: { next: (value: string) => void; fail: (reason: Error) => void }[] = [];
  let stopped = 0;
  const subscribe = (next: (value: string) => void, fail: (reason: Error) => void) => {
    open.push({ next, fail });
    return () => void stopped++;
  };
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const look = (key = "a") => renderHook(() => useLive<string>(["stream", key], subscribe), { wrapper });
  const feed = (run: () => void) =>
    act(async () => {
      run();
      await Promise.resolve();
    });
  return { client, open, look, feed, stopped: () => stopped };
}

test("everyone who asks for the same key shares one stream and its newest value", async () => {
  const { open, look, feed } = setUp();
  const one = look();
  const two = look();
  expect(open).toHaveLength(1);
  await feed(() => open[0]?.next("first"));
  await feed(() => open[0]?.next("second"));
  expect(one.result.current.value).toBe("second");
  expect(two.result.current.value).toBe("second");
});

test("a stream that ends keeps its last value, says why, and can be started again", async () => {
  const { open, look, feed } = setUp();
  const { result } = look();
  await feed(() => open[0]?.next("first"));
  await feed(() => open[0]?.fail(new Error("denied")));
  await waitFor(() => expect(result.current.error?.message).toBe("denied"));
  expect(result.current.value).toBe("first");
  await feed(() => result.current.retry());
  await waitFor(() => expect(open).toHaveLength(2));
  await feed(() => open[1]?.next("again"));
  await waitFor(() => expect(result.current.value).toBe("again"));
  expect(result.current.error).toBeUndefined();
});

test("one that fails before its first value says why", async () => {
  const { open, look, feed } = setUp();
  const { result } = look();
  await feed(() => open[0]?.fail(new Error("denied")));
  await waitFor(() => expect(result.current.error?.message).toBe("denied"));
});

test("a stream stays open for a return, and stops when the cache forgets it", async () => {
  const { client, open, look, feed, stopped } = setUp();
  const { unmount } = look();
  await feed(() => open[0]?.next("first"));
  unmount();
  expect(stopped()).toBe(0);
  expect(look().result.current.value).toBe("first");
  expect(open).toHaveLength(1);
  cleanup();
  client.clear();
  expect(stopped()).toBe(1);
});
