import { Component, type ReactNode } from "react";
import { Problem } from "./problem.tsx";

/** Catches what a component throws: a sentence instead of a blank page. */
export class Boundary extends Component<{ readonly children: ReactNode }, { readonly failed?: Error }> {
  override state: { readonly failed?: Error } = {};

  static getDerivedStateFromError(failed: Error) {
    return { failed };
  }

  override render(): ReactNode {
    const { failed } = this.state;
    if (failed === undefined) return this.props.children;
    // After a deployment the files of the old page are gone: the new page has the new ones.
    const missing = /dynamically imported module|Importing a module script/i.test(failed.message);
    return <Problem kind={missing ? "load" : "page"} detail={failed.message} />;
  }
}
