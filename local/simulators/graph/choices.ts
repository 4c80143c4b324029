import * as z from "zod";

/** What the customer can tap under a message. */
export interface Choice {
  readonly id: string;
  readonly title: string;
}

const choice = z.object({ id: z.string(), title: z.string() });
const interactive = z.object({
  action: z.object({
    buttons: z.array(z.object({ reply: choice })).catch([]),
    sections: z.array(z.object({ rows: z.array(choice).catch([]) })).catch([]),
  }),
});
const button = z.object({ title: z.string(), payload: z.string() });
const pageMessage = z.object({
  quick_replies: z.array(button).catch([]),
  attachment: z
    .object({ payload: z.object({ buttons: z.array(button).catch([]) }) })
    .optional()
    .catch(undefined),
});

/** Reply buttons and list rows of a WhatsApp interactive message. */
export function whatsappChoices(content: unknown): readonly Choice[] {
  const parsed = interactive.safeParse(content);
  if (!parsed.success) return [];
  const { buttons, sections } = parsed.data.action;
  return [...buttons.map((each) => each.reply), ...sections.flatMap((section) => section.rows)];
}

/** Quick replies and template buttons of Messenger and Instagram; their payload is what comes back. */
export function pageChoices(message: unknown): readonly Choice[] {
  const parsed = pageMessage.safeParse(message);
  if (!parsed.success) return [];
  const { quick_replies, attachment } = parsed.data;
  return [...quick_replies, ...(attachment?.payload.buttons ?? [])].map(({ title, payload }) => ({
    id: payload,
    title,
  }));
}
