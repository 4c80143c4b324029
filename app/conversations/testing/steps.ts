import type { Channel } from "../../channels/channel.ts";
import type { ReplyDeps } from "../ports.ts";

/** Called before and after each step of the worker; what it throws, the worker gets. */
export type AroundStep = (step: string, when: "before" | "after") => Promise<void>;

/** The same world, with something happening around each step that leaves the process. */
export function aroundSteps(deps: ReplyDeps, around: AroundStep): ReplyDeps {
  const { store, outbox, channels } = deps;
  const step =
    <A extends readonly unknown[], R>(name: string, work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await around(name, "before");
      const result = await work(...args);
      await around(name, "after");
      return result;
    };
  const channel = (inner: Channel): Channel => ({ ...inner, send: step("send", inner.send) });
  return {
    ...deps,
    store: {
      claim: step("claim", store.claim),
      history: step("history", store.history),
      person: step("person", store.person),
      learned: step("learned", store.learned),
      commit: step("commit", store.commit),
      skip: step("skip", store.skip),
      renew: step("renew", store.renew),
      release: step("release", store.release),
    },
    outbox: { begin: step("begin", outbox.begin), record: step("record", outbox.record) },
    assistant: { answer: step("answer", deps.assistant.answer) },
    replies: { publish: step("publish", deps.replies.publish) },
    channels: {
      whatsapp: channel(channels.whatsapp),
      instagram: channel(channels.instagram),
      facebook: channel(channels.facebook),
    },
  };
}
