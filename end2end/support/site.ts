import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { binary } from "./prepare.ts";

/** What a site holds when it starts: the example landlord, or nothing at all. */
export type Data = "example" | "empty";

/** A running Doorstep with its own data folder and its own mail server. */
export class Site {
  readonly letters: ParsedMail[] = [];
  private child!: ChildProcess;
  private mail!: SMTPServer;
  private log = "";

  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  static async start(data: Data = "example"): Promise<Site> {
    const shared = process.env.JOURNEYS_FOLDER!;
    const folder = mkdtempSync(join(shared, "site-"));
    if (data === "example") cpSync(join(shared, "example"), join(folder, "data"), { recursive: true });
    else mkdirSync(join(folder, "data"));
    const port = await freePort();
    const site = new Site(`http://127.0.0.1:${port}`, folder, port);
    await site.startMail(shared);
    await site.startServer(shared);
    return site;
  }

  async stop(): Promise<void> {
    const gone = new Promise((done) => this.child.once("exit", done));
    this.child.kill("SIGTERM");
    await gone;
    await new Promise<void>((done) => this.mail.close(() => done()));
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The newest letter to an address, waited for. */
  async lastMail(to: string, subject?: RegExp): Promise<ParsedMail> {
    for (let tries = 0; tries < 150; tries += 1) {
      const found = this.letters.findLast((letter) => addressees(letter).includes(to) && (!subject || subject.test(letter.subject ?? "")));
      if (found) return found;
      await new Promise((done) => setTimeout(done, 100));
    }
    const had = this.letters.map((letter) => `${addressees(letter).join()}: ${letter.subject}`).join("\n");
    throw new Error(`no letter to ${to}${subject ? ` about ${subject}` : ""}; there were:\n${had}\n${this.log}`);
  }

  /** The link to this site in the newest letter to an address, as a path. */
  async linkIn(to: string, subject?: RegExp): Promise<string> {
    const text = (await this.lastMail(to, subject)).text ?? "";
    const link = text.match(/https?:\/\/\S+/g)?.find((found) => found.startsWith(this.url));
    if (!link) throw new Error(`no link in the letter to ${to}:\n${text}`);
    return link.slice(this.url.length);
  }

  /** One of the example people, as the server prints them when it starts on loopback. */
  person(role: string): { email: string; password: string } {
    const email = this.log.match(new RegExp(`${role}@\\S+`))?.[0];
    const password = this.log.match(/with the password (\S+)/)?.[1];
    if (!email || !password) throw new Error(`no sign-in for ${role} in:\n${this.log}`);
    return { email, password };
  }

  /** The one-time address to set the portal up at, as the log prints it while nobody has an account. */
  get setUpPath(): string {
    const path = this.log.match(/\/set-up\?token=\w+/)?.[0];
    if (!path) throw new Error(`no address to set the portal up at in:\n${this.log}`);
    return path;
  }

  /** What the server has logged, for a failure's report. */
  get said(): string {
    return this.log;
  }

  private async startMail(shared: string): Promise<void> {
    this.mail = new SMTPServer({
      secure: true,
      key: readFileSync(join(shared, "mail.key")),
      cert: readFileSync(join(shared, "mail.pem")),
      authOptional: true,
      onData: (stream, _session, done) => {
        simpleParser(stream).then((letter) => {
          this.letters.push(letter);
          done();
        }, done);
      },
    });
    this.mail.on("error", () => undefined);
    await new Promise<void>((ready) => this.mail.listen(0, "127.0.0.1", ready));
  }

  private async startServer(shared: string): Promise<void> {
    const address = (this.mail.server as unknown as Server).address();
    if (!address || typeof address === "string") throw new Error("the mail server has no port");
    const data = join(this.folder, "data");
    this.child = spawn(binary(), ["serve"], {
      env: {
        ...process.env,
        DOORSTEP_DATA: data,
        DOORSTEP_DATABASE_URL: `sqlite:${join(data, "doorstep.db")}`,
        DOORSTEP_LISTEN: `127.0.0.1:${this.port}`,
        DOORSTEP_BASE_URL: this.url,
        DOORSTEP_SMTP_URL: `smtps://localhost:${address.port}`,
        DOORSTEP_SMTP_CA_FILE: join(shared, "ca.pem"),
        DOORSTEP_POSTS_PER_MINUTE: "0",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.child.stdout!, this.child.stderr!]) stream.on("data", (bytes) => (this.log += bytes));
    for (let tries = 0; tries < 300; tries += 1) {
      if (this.child.exitCode !== null) throw new Error(`the server stopped:\n${this.log}`);
      const ready = await fetch(`${this.url}/readyz`).then((answer) => answer.ok, () => false);
      if (ready) return;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`the server was not ready:\n${this.log}`);
  }
}

function addressees(letter: ParsedMail): string[] {
  const to = Array.isArray(letter.to) ? letter.to : letter.to ? [letter.to] : [];
  return to.flatMap((list) => list.value.map((one) => one.address ?? ""));
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.on("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address && typeof address !== "string" ? done(address.port) : failed(new Error("no port"))));
    });
  });
}
