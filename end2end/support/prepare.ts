import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Once for all journeys: the example landlord, made by the program itself and then copied for each
 * journey, and a certificate authority of our own for the mail server on loopback.
 */
export default function prepare(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "doorstep-journeys-"));
  process.env.JOURNEYS_FOLDER = folder;
  certificates(folder);
  const data = join(folder, "example");
  mkdirSync(data);
  execFileSync(binary(), ["example"], {
    env: { ...process.env, DOORSTEP_DATA: data, DOORSTEP_DATABASE_URL: `sqlite:${join(data, "doorstep.db")}` },
    stdio: ["ignore", "ignore", "inherit"],
  });
  return () => rmSync(folder, { recursive: true, force: true });
}

export function binary(): string {
  return process.env.DOORSTEP_BIN ?? new URL("../../target/debug/doorstep", import.meta.url).pathname;
}

function certificates(folder: string): void {
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "3650"];
  writeFileSync(join(folder, "leaf.cnf"), "subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n");
  openssl("req", "-x509", ...key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Journeys test authority");
  openssl("req", "-new", ...key.slice(0, -2), "-keyout", "mail.key", "-out", "mail.csr", "-subj", "/CN=localhost");
  openssl("x509", "-req", "-in", "mail.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "3650", "-extfile", "leaf.cnf", "-out", "mail.pem");
}
