/** Everything that the chat says, in one language. */
export interface Words {
  readonly title: string;
  readonly bot: string;
  readonly team: string;
  readonly you: string;
  readonly botSubtitle: string;
  readonly teamSubtitle: string;
  readonly waitingSubtitle: string;
  readonly disclosure: string;
  readonly askPerson: string;
  /** What is sent for the visitor, in their language: a keyword that works without the model. */
  readonly askPersonText: string;
  readonly personCalled: string;
  readonly greeting: string;
  readonly messages: string;
  readonly news: string;
  readonly write: string;
  readonly send: string;
  readonly fileWithoutName: string;
  readonly attach: string;
  /** Before the file's name. */
  readonly uploading: string;
  /** After the file's name. */
  readonly uploadProblems: Readonly<Record<"type" | "size" | "failed", string>>;
  readonly dismiss: string;
  readonly close: string;
  readonly older: string;
  readonly loading: string;
  readonly opening: string;
  readonly typing: string;
  readonly newBelow: string;
  readonly sending: string;
  readonly waiting: string;
  readonly sent: string;
  readonly seen: string;
  readonly failed: string;
  readonly tooLong: string;
  readonly retry: string;
  readonly discard: string;
  readonly offline: string;
  readonly refused: string;
  readonly deleted: string;
  readonly closed: string;
  readonly formTitle: string;
  readonly formStart: string;
  readonly formOptional: string;
  readonly formMissing: string;
  readonly formEmail: string;
  readonly fields: Readonly<Record<"name" | "email" | "phone", string>>;
  readonly today: string;
  readonly yesterday: string;
  readonly newTab: string;
}
