import { call } from "./api.ts";
import { h, icon } from "./dom.ts";
import { CHANNELS, type MetaChannelName, type Store } from "./store.ts";
import { CHANNEL_NAMES, t } from "./words.ts";

const FIRST_ID: Readonly<Record<MetaChannelName, bigint>> = {
  whatsapp: 5511900000001n,
  facebook: 2400000000000001n,
  instagram: 17800000000000001n,
};

/** The form that makes someone new to play. */
export function createCustomerDialog(
  store: Store,
  told: { readonly made: (key: string) => void; readonly covers: (on: boolean) => void },
) {
  const name = h("input", { name: "name", required: true, maxlength: 200, autocomplete: "off" });
  const id = h("input", { name: "id", required: true, inputmode: "numeric", autocomplete: "off", maxlength: 150 });
  const idLabel = h("span");
  const problem = h("p", { class: "problem", role: "alert", hidden: true });
  const radios = CHANNELS.map((channel) =>
    h("input", {
      type: "radio",
      name: "channel",
      value: channel,
      checked: channel === "whatsapp",
      onchange: () => suggest(),
    }),
  );
  const channel = () => CHANNELS.find((_, index) => radios[index]?.checked) ?? "whatsapp";
  const suggest = () => {
    idLabel.textContent = channel() === "whatsapp" ? t("number") : t("userId");
    id.value = nextId(store, channel());
    name.value = `Cliente de exemplo ${id.value.slice(-1)}`;
  };
  const form = h(
    "form",
    { method: "dialog" },
    h("h2", {}, t("newCustomer")),
    h(
      "fieldset",
      {},
      h("legend", {}, t("channel")),
      ...CHANNELS.map((each, index) =>
        h(
          "label",
          { class: "choice" },
          radios[index],
          h("span", { class: `mark ${each}` }, icon(each)),
          CHANNEL_NAMES[each],
        ),
      ),
    ),
    h("label", {}, h("span", {}, t("name")), name),
    h("label", {}, idLabel, id),
    problem,
    h(
      "div",
      { class: "actions" },
      h("button", { type: "button", class: "button", onclick: () => element.close() }, t("cancel")),
      h("button", { type: "submit", class: "button primary" }, t("create")),
    ),
  );
  const element = h("dialog", { "aria-label": t("newCustomer") }, form);
  element.addEventListener("close", () => told.covers(false));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const customer = channel() === "whatsapp" ? id.value.replace(/\D/g, "") || id.value : id.value.trim();
    try {
      await call("POST", "customers", { channel: channel(), id: customer, name: name.value.trim() });
      // In one turn of the page: nothing can be typed to whoever was there before.
      element.close();
      told.made(`${channel()}:${customer}`);
    } catch (error) {
      problem.textContent = error instanceof Error ? error.message : String(error);
      problem.hidden = false;
    }
  });
  return {
    element,
    open() {
      problem.hidden = true;
      suggest();
      told.covers(true);
      element.showModal();
      name.select();
    },
  };
}

function nextId(store: Store, channel: MetaChannelName): string {
  let id = FIRST_ID[channel];
  while (store.conversations.has(`${channel}:${id}`)) id += 1n;
  return String(id);
}
