/** What the widget's script tag may be given in the page's address: `/site?theme=dark&form=name*,email`. */
export const WIDGET_OPTIONS = ["locale", "theme", "position", "offset", "accent", "title", "greeting", "form"] as const;

export interface SitePage {
  /** `http://127.0.0.1:4400/widget.js` */
  readonly widgetUrl: string;
  readonly options: Readonly<Partial<Record<(typeof WIDGET_OPTIONS)[number] | "identity", string>>>;
  /** Who has signed in to the website. */
  readonly user?: string;
  /** The page's own address, with its options. */
  readonly address: string;
}

const SERVICES = [
  ["Pintura", "Salas, quartos e fachadas, com tinta incluída."],
  ["Elétrica", "Tomadas, chuveiros e quadros, no mesmo dia."],
  ["Limpeza", "Casa inteira ou só depois da obra."],
] as const;

/** A website like a customer's, which knows nothing of the chat but its script tag. */
export function sitePage({ widgetUrl, options, user, address }: SitePage): string {
  const data = Object.entries(options).map(([name, value]) => ` data-${name}="${escaped(value)}"`);
  const signedIn = user === undefined ? "" : `<span>${escaped(user)}</span>`;
  const other = new URLSearchParams(address.split("?")[1] ?? "");
  if (user === undefined) other.set("user", "1");
  else other.delete("user");
  const query = other.size > 0 ? `?${other}` : "";
  return `<!doctype html>
<html lang="pt-BR">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Site de exemplo</title>
    <link rel="icon" href="/phone/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/site/site.css">
  </head>
  <body>
    <header>
      <strong>Site de exemplo</strong>
      <nav aria-label="Conta">${signedIn}<a href="/site${escaped(query)}">${user === undefined ? "Entrar como cliente" : "Sair"}</a></nav>
    </header>
    <main>
      <h1>Serviços para a sua casa</h1>
      <p>Um site como o de um cliente: não sabe nada do chat além de uma linha de HTML. Abra o chat no canto da tela.</p>
      <ul>${SERVICES.map(([name, text]) => `<li><h2>${name}</h2><p>${text}</p></li>`).join("")}</ul>
      <pre tabindex="0" aria-label="A linha de HTML">${escaped(`<script async src="${widgetUrl}"${data.join("")}></script>`)}</pre>
    </main>
    <script async src="${escaped(widgetUrl)}"${data.join("")}></script>
  </body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
