import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll } from "vitest";

export interface Received {
  from: string;
  to: string[];
  raw: string;
  messageId: string;
  subject: string;
}

export interface MailServer {
  url: string;
  received: Received[];
  /** Addresses it refuses for good. */
  refuses: Set<string>;
  /** While set, every mail is put off with this answer. */
  busy: boolean;
}

const header = (raw: string, name: string): string => new RegExp(`^${name}: (.*(?:\r?\n[ \t].*)*)`, "im").exec(raw)?.[1] ?? "";

const answer = (code: number, message: string) => Object.assign(new Error(message), { responseCode: code });

/** A real mail server on loopback that keeps what it is given. */
export async function startMailServer(): Promise<MailServer> {
  const state: MailServer = { url: "", received: [], refuses: new Set(), busy: false };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onRcptTo: ({ address }, _session, done) => done(state.refuses.has(address) ? answer(550, "no such mailbox") : null),
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        if (state.busy) return done(answer(451, "try later"));
        const raw = Buffer.concat(parts).toString();
        const { mailFrom, rcptTo } = session.envelope;
        state.received.push({
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          raw,
          messageId: header(raw, "message-id"),
          subject: header(raw, "subject"),
        });
        return done();
      });
    },
  });
  server.on("error", () => {});
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", () => ready()));
  afterAll(() => new Promise<void>((closed) => server.close(() => closed())));
  state.url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  return state;
}
