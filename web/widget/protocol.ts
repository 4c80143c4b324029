/**
 * What the website's page and the chat's frame say to each other. Both sides name the other's origin when they post and
 * check it when they listen; a website may run a loader that is older than the chat by a day, so fields are only added.
 */

export const LOCALES = ["pt", "en", "es"] as const;
export type Locale = (typeof LOCALES)[number];
export type Theme = "auto" | "light" | "dark";

/** What a website may set for the chat itself. */
export interface ChatOptions {
  readonly locale: Locale;
  readonly theme: Theme;
  /** A CSS colour for the header, the visitor's bubbles and the launcher. */
  readonly accent: string;
  /** @default "Servio.AI" */
  readonly title?: string;
  /** First words of the chat, before anybody has written. */
  readonly greeting?: string;
  /** Asked before the first message: `name`, `email`, `phone`, with `*` where an answer is required. */
  readonly form?: string;
}

export type ToChat =
  | { readonly servio: "options"; readonly options: ChatOptions }
  /** The identity counts the first time, when the session is opened. */
  | { readonly servio: "shown"; readonly identity?: string }
  | { readonly servio: "hidden" }
  /** Another user has signed in to the website, or nobody is any more. */
  | { readonly servio: "identity"; readonly identity?: string };

export type FromChat =
  | { readonly servio: "ready" }
  | { readonly servio: "close" }
  | { readonly servio: "unread"; readonly count: number };
