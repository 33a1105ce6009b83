import { type CDPSession, expect, type Page } from "@playwright/test";

/** What a screen reader is told of one element. */
export interface Said {
  role: string;
  name: string;
  description: string;
  isFocused: boolean;
  isChecked: boolean;
  element: number;
}

/** Reads a page as a screen reader does: by the browser's own accessibility tree, and by nothing else. */
export class Reader {
  private constructor(private readonly client: CDPSession) {}

  static async of(page: Page): Promise<Reader> {
    const client = await page.context().newCDPSession(page);
    await client.send("Accessibility.enable");
    return new Reader(client);
  }

  /** All that is said of the main part of the page, in the order in which it is read. */
  async read(): Promise<Said[]> {
    const { nodes } = await this.client.send("Accessibility.getFullAXTree");
    const known = new Map(nodes.map((node) => [node.nodeId, node]));
    const said: Said[] = [];
    const follow = (id: string): void => {
      const node = known.get(id);
      if (!node) return;
      const text = (value: { value?: unknown } | undefined) => String(value?.value ?? "").replace(/\s+/g, " ").trim();
      const has = (name: string) => node.properties?.some((one) => one.name === name && String(one.value.value) === "true") ?? false;
      if (!node.ignored) said.push({ role: text(node.role), name: text(node.name), description: text(node.description), isFocused: has("focused"), isChecked: has("checked"), element: node.backendDOMNodeId ?? 0 });
      for (const child of node.childIds ?? []) follow(child);
    };
    const main = nodes.find((node) => node.role?.value === "main");
    expect(main, "the page has a main part").toBeDefined();
    follow(main!.nodeId);
    return said;
  }

  /** Does what an element of this role and name does when a screen reader activates it. There must be exactly one. */
  async activate(role: string, name: string): Promise<void> {
    const found = (await this.read()).filter((one) => one.role === role && one.name === name);
    expect(found.length, `one ${role} named “${name}”`).toBe(1);
    const { object } = await this.client.send("DOM.resolveNode", { backendNodeId: found[0]!.element });
    await this.client.send("Runtime.callFunctionOn", { objectId: object.objectId!, functionDeclaration: "function () { this.click(); }", userGesture: true });
  }
}
