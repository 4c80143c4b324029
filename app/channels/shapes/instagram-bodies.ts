import { ACCOUNT, CUSTOMER, expecting, millis, NOW, type Shape } from "./shape.ts";

/** How Instagram wraps what it tells. */

export const ig = expecting("instagram");
export const BUSINESS = { id: ACCOUNT.instagram };
export const PERSON = { id: CUSTOMER.instagram };

export function shape(name: string, from: Omit<Shape, "name" | "channel">): Shape {
  return { name: `instagram: ${name}`, channel: "instagram", ...from };
}

export function body(list: readonly unknown[], key = "messaging", object = "instagram"): unknown {
  return { object, entry: [{ id: ACCOUNT.instagram, time: NOW, [key]: list }] };
}

export function element(n: number, own: object): object {
  return { sender: PERSON, recipient: BUSINESS, timestamp: millis(n), ...own };
}

export const message = (n: number, own: object) => element(n, { message: { mid: `m_${n}`, ...own } });
export const echo = (n: number, own: object) =>
  element(n, { sender: BUSINESS, recipient: PERSON, message: { mid: `m_${n}`, is_echo: true, ...own } });

export function said(name: string, n: number, own: object, expected: Parameters<typeof ig.said>[1]): Shape {
  return shape(name, { body: body([message(n, own)]), events: [ig.said(n, expected)] });
}

export function attached(name: string, n: number, attachment: object, expected: Parameters<typeof ig.said>[1]): Shape {
  return said(name, n, { attachments: [attachment] }, expected);
}

export const URL = "https://cdn.example/ig";
export const share = { type: "share", url: URL } as const;
