import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { ChatOptions } from "../../protocol.ts";
import type { Chat, ChatState } from "../chat.ts";
import { readFields } from "../form.ts";
import { Composer } from "./composer.tsx";
import { LocaleContext, useWords } from "./context.ts";
import { Icon } from "./icons.tsx";
import { Log } from "./log.tsx";
import { StartForm } from "./start-form.tsx";

interface AppProps {
  readonly chat: Chat;
  readonly options: ChatOptions;
  /** Rises each time the chat is shown. */
  readonly shown: number;
  readonly onClose: () => void;
}

export function App(props: AppProps) {
  return (
    <LocaleContext value={props.options.locale}>
      <Panel {...props} />
    </LocaleContext>
  );
}

function Panel({ chat, options, shown, onClose }: AppProps) {
  const { words } = useWords();
  const state = useSyncExternalStore(chat.subscribe, chat.state);
  const box = useRef<HTMLTextAreaElement>(null);
  const [filled, setFilled] = useState(false);
  const fields = useMemo(() => readFields(options.form, state.identified), [options.form, state.identified]);
  const asks = state.phase === "ready" && state.messages.length === 0 && fields.length > 0 && !filled;

  useEffect(() => {
    // The form looks after its own first field.
    if (shown > 0 && !asks) box.current?.focus();
  }, [shown, asks]);
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key === "Escape") onClose();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [onClose]);

  return (
    <main className="panel">
      <Header title={options.title ?? words.title} state={state} onClose={onClose} />
      {!state.online && state.phase !== "refused" && (
        <p className="bar" role="status">
          {words.offline}
        </p>
      )}
      <Body
        {...{ chat, options, state, asks, fields }}
        onFilled={() => setFilled(true)}
        onAskPerson={() => {
          chat.send(words.askPersonText);
          // The button goes with the bot; the focus stays where one writes.
          box.current?.focus();
        }}
      />
      {!asks && state.phase !== "refused" && (
        <Composer
          box={box}
          onSend={chat.send}
          onFile={(file) => void chat.sendFile(file)}
          takesFiles={state.phase === "ready" && state.online}
          upload={state.upload}
          onDismiss={chat.dismissUpload}
        />
      )}
    </main>
  );
}

function Header({ title, state, onClose }: { title: string; state: ChatState; onClose: () => void }) {
  const { words } = useWords();
  const { handler, waiting } = state.server;
  const subtitle = handler === "bot" ? words.botSubtitle : waiting ? words.waitingSubtitle : words.teamSubtitle;
  return (
    <header>
      <span className="mark">
        <Icon name={handler} />
      </span>
      <div>
        <h1>{title}</h1>
        <p aria-live="polite">{subtitle}</p>
      </div>
      <button type="button" className="close" aria-label={words.close} onClick={onClose}>
        <Icon name="close" />
      </button>
    </header>
  );
}

interface BodyProps extends Pick<AppProps, "chat" | "options"> {
  readonly state: ChatState;
  readonly asks: boolean;
  readonly fields: ReturnType<typeof readFields>;
  readonly onFilled: () => void;
  readonly onAskPerson: () => void;
}

function Body({ chat, options, state, asks, fields, onFilled, onAskPerson }: BodyProps) {
  const { words } = useWords();
  if (state.phase === "refused") {
    return (
      <p className="centre" role="alert">
        {words.refused}
      </p>
    );
  }
  if (state.phase === "opening" && state.messages.length === 0) {
    return <p className="centre late">{words.opening}</p>;
  }
  if (asks) {
    const done: Parameters<typeof StartForm>[0]["onDone"] = (answers) => {
      chat.answer(answers);
      onFilled();
    };
    return <StartForm fields={fields} onDone={done} />;
  }
  const { handler, waiting, closed } = state.server;
  return (
    <>
      <Log chat={chat} state={state}>
        <div className="intro">
          <p className="greeting">{options.greeting ?? words.greeting}</p>
          <p>{words.disclosure}</p>
        </div>
      </Log>
      {closed && <p className="hint">{words.closed}</p>}
      {waiting && <p className="hint">{words.personCalled}</p>}
      {handler === "bot" && !closed && (
        <p className="hint">
          <button type="button" className="link" onClick={onAskPerson}>
            {words.askPerson}
          </button>
        </p>
      )}
    </>
  );
}
