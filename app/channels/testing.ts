/** A Graph that answers as it is told and remembers what it was asked; for tests. */
export interface FakeGraph {
  readonly fetch: typeof fetch;
  readonly calls: { readonly url: string; readonly authorization: string | null; readonly body: unknown }[];
  /** The texts that it was asked to send, whichever channel's form they have. */
  texts(): string[];
}

interface SentBody {
  readonly text?: { readonly body: string };
  readonly message?: { readonly text: string };
}

/** What Graph answers, call by call; the last one goes on. A thrown error is a fault of the network. */
export function fakeGraph(...answers: readonly (() => Response)[]): FakeGraph {
  const calls: FakeGraph["calls"][number][] = [];
  return {
    calls,
    texts: () =>
      calls.flatMap(({ body }) => {
        const { text, message } = body as SentBody;
        return text?.body ?? message?.text ?? [];
      }),
    fetch: async (input, init) => {
      const answer = answers[Math.min(calls.length, answers.length - 1)];
      const headers = new Headers(init?.headers);
      calls.push({
        url: String(input),
        authorization: headers.get("authorization"),
        body: init?.body === undefined ? undefined : (JSON.parse(String(init.body)) as unknown),
      });
      if (!answer) throw new TypeError("a fake Graph needs an answer");
      return answer();
    },
  };
}

export function accepted(body: object): () => Response {
  return () => Response.json(body);
}

/** An error as Graph writes it. */
export function refused(
  status: number,
  code: number,
  own: {
    readonly subcode?: number;
    readonly message?: string;
    readonly details?: string;
    readonly headers?: HeadersInit;
  } = {},
): () => Response {
  const error = {
    message: own.message ?? "example",
    type: "OAuthException",
    code,
    ...(own.subcode !== undefined && { error_subcode: own.subcode }),
    ...(own.details !== undefined && { error_data: { details: own.details } }),
    fbtrace_id: "example",
  };
  return () => Response.json({ error }, { status, ...(own.headers && { headers: own.headers }) });
}

/** A fault as fetch reports it: the system's own error is the cause. */
export function networkFault(code: string): () => Response {
  return () => {
    throw new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
  };
}
