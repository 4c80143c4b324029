import { afterAll, afterEach, beforeAll } from "vitest";
import { startFirestore, type TestFirestore } from "../../conversations/testing/firestore.ts";
import { type AppDeps, createApp } from "../app.ts";
import { type TestApp, testApp } from "./app.ts";
import { startGoogle, type TestGoogle } from "./google.ts";
import { listen, type TestServer } from "./server.ts";

/** The HTTP side for the tests of one file: Firestore and Google once for all of them, a listening app for each. */
export interface HttpStage {
  /** Of the app that was opened last. */
  readonly url: string;
  readonly google: TestGoogle;
  /**
   * Opens an app on a Firestore without documents. It is closed after the test.
   * @param change what is other than usual about it. Default nothing
   */
  open(change?: (app: TestApp) => Partial<AppDeps>): Promise<TestApp>;
}

/** To be called once, at the top of a test file. */
export function httpStage(): HttpStage {
  let store: TestFirestore;
  let google: TestGoogle;
  let server: TestServer | undefined;
  beforeAll(async () => {
    [store, google] = await Promise.all([startFirestore(), startGoogle()]);
  });
  afterEach(async () => {
    await server?.[Symbol.asyncDispose]();
    server = undefined;
  });
  afterAll(async () => {
    await google[Symbol.asyncDispose]();
    await store.stop();
  });
  return {
    get url() {
      if (server === undefined) throw new Error("No app is open: open() comes first.");
      return server.url;
    },
    get google() {
      return google;
    },
    async open(change = () => ({})) {
      const app = testApp(store.fresh(), google.certsUrl);
      server = await listen(createApp({ ...app.deps, ...change(app) }));
      return app;
    },
  };
}
