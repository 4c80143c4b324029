import { ACCOUNT, CUSTOMER, expecting, millis, NOW, type Shape } from "./shape.ts";

/** How Messenger wraps what it tells. */

export const fb = expecting("facebook");
export const PAGE = { id: ACCOUNT.facebook };
export const PERSON = { id: CUSTOMER.facebook };

export function shape(name: string, from: Omit<Shape, "name" | "channel">): Shape {
  return { name: `messenger: ${name}`, channel: "facebook", ...from };
}

export function body(list: readonly unknown[], key = "messaging"): unknown {
  return { object: "page", entry: [{ id: ACCOUNT.facebook, time: NOW, [key]: list }] };
}

export function element(n: number, own: object): object {
  return { sender: PERSON, recipient: PAGE, timestamp: millis(n), ...own };
}

export const text = (n: number, own: object) => element(n, { message: { mid: `m_${n}`, ...own } });
export const echo = (n: number, own: object) =>
  element(n, { sender: PAGE, recipient: PERSON, message: { mid: `m_${n}`, is_echo: true, ...own } });

export function said(name: string, n: number, own: object, expected: Parameters<typeof fb.said>[1]): Shape {
  return shape(name, { body: body([text(n, own)]), events: [fb.said(n, expected)] });
}

export const picture = { type: "image", payload: { url: "https://cdn.example/1.jpg" } };
export const pictureInfo = { type: "image", url: "https://cdn.example/1.jpg" } as const;
